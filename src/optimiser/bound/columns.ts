/**
 * A bound by column generation (Desrosiers, Dumas & Soumis 1986): the best mixture of runs that carries everybody once.
 * Prices on requests come from the mixture; runs worth less than nothing under them join it, until there are none. At
 * any prices whatever, all prices together with the least that each vehicle's run is worth are a bound (Lagrange),
 * so what the solver of linear programmes gets wrong can make the bound weaker but never false.
 *
 * A plan cheaper than the one known uses no run that is worth more than the bound is below it. Where all other runs
 * can be listed, the best choice among them is the best of all plans (Baldacci, Christofides & Mingozzi 2008).
 */
import { isPickup, type Plan, type Problem, requestOf } from '../problem.ts'
import { Beginnings } from './beginnings.ts'
import { type Part, partsOf } from './part.ts'
import { type How, type Priced, priceRuns } from './pricing.ts'
import type { Column, SolveProgramme } from './programme.ts'
import { RouteGraph } from './route-graph.ts'

/** Requests are bits of a number. */
const MOST_REQUESTS = 30
const MOST_LABELS = 1_000_000
/** Runs that join at once, for each kind of vehicle. */
const MOST_NEW = 100
/** Most runs that one is chosen from to prove a plan the best. */
const MOST_LISTED = 20_000
/** Runs worth less than this are worth nothing: doubles disagree in the last places. */
const NOTHING = 1e-4

export type Asked = {
  readonly solveProgramme: SolveProgramme
  readonly shouldStop: () => boolean
  /** A good plan: with it the bound may be shown to be what the best costs. */
  readonly known?: { readonly plan: Plan; readonly cost: number }
}

/**
 * What no plan can cost less than, those left unplaced included; undefined where the problem is too large or the time
 * too short to say. It is the cost of the known plan where no plan is cheaper.
 */
export function columnBound(problem: Problem, asked: Asked): number | undefined {
  const parts = partsOf(problem)
  if (parts.some(({ requests }) => requests.length > MOST_REQUESTS)) return undefined
  const bounds: Bounded[] = []
  for (const part of parts) {
    const bounded = boundOf(part, asked)
    if (!bounded) return undefined
    bounds.push(bounded)
  }
  const sum = sumOf(bounds.map(({ part, bound }) => part.days * bound))
  if (!asked.known || asked.known.cost - sum < 1 - ROUNDING) return Math.ceil(sum - ROUNDING)
  const gap = asked.known.cost - sum
  const best = bounds.map((bounded) => bestWithin(bounded, gap / bounded.part.days, asked))
  // A plan costs a whole number.
  return Math.min(asked.known.cost, Math.ceil(sumOf(best.map((cost, i) => parts[i].days * cost)) - ROUNDING))
}

/** What may be lost to doubles before a cost is rounded up. */
const ROUNDING = 0.01

type Run = Priced & { readonly fleet: number; readonly cost: number }
type Prices = { readonly prices: Float64Array; readonly fleetPrices: readonly number[] }
type Bounded = Prices & { readonly part: Part; readonly graph: RouteGraph; readonly bound: number }

function boundOf(part: Part, { solveProgramme, shouldStop, known }: Asked): Bounded | undefined {
  const graph = new RouteGraph(part)
  const runs = known ? runsOf(graph, known.plan) : []
  const seen = new Set(runs.map(keyOf))
  let best: Bounded | undefined
  let thoroughness: How['thoroughness'] = 'quick'
  while (!shouldStop()) {
    const priced = pricesOf(graph, runs, solveProgramme)
    const found = runsBelow(graph, priced, { thoroughness, above: -NOTHING, shouldStop })
    if (!found) return best
    if (thoroughness === 'cheapest') best = better(best, { ...priced, part, graph, found })
    const fresh = newOnes(found, seen)
    if (fresh.length === 0 && thoroughness === 'cheapest') return best
    thoroughness = fresh.length === 0 ? 'cheapest' : 'quick'
    runs.push(...fresh)
  }
  return best
}

/** Of each fleet the cheapest runs not seen before; now they are. */
function newOnes(found: readonly (readonly Run[])[], seen: Set<string>): Run[] {
  const fresh = found.flatMap((runs) => runs.filter((run) => !seen.has(keyOf(run))).slice(0, MOST_NEW))
  for (const run of fresh) seen.add(keyOf(run))
  return fresh
}

/** The bound under these prices, if it is above the best so far. */
function better(best: Bounded | undefined, now: Omit<Bounded, 'bound'> & { found: Run[][] }): Bounded {
  const bound = lagrangean(now.graph, now.found, now)
  return best && best.bound >= bound ? best : { ...now, bound }
}

/** What the best plan costs, if it is no more than `gap` above the bound; the bound where that cannot be said. */
function bestWithin({ graph, bound, ...priced }: Bounded, gap: number, asked: Asked): number {
  const { solveProgramme, shouldStop } = asked
  const listed = runsBelow(graph, priced, { thoroughness: 'each', above: gap + 1, shouldStop })?.flat()
  if (!listed || listed.length > MOST_LISTED || shouldStop()) return bound
  const programme = programmeOf(graph, listed)
  const { amounts } = solveProgramme({ ...programme, whole: true })
  const cost = sumOf(programme.columns.map((column, c) => column.cost * Math.round(amounts[c])))
  return Math.max(bound, Math.min(cost, bound + gap))
}

function keyOf({ fleet, carries, cost }: Run): string {
  return `${fleet}/${carries}/${Math.round(cost)}`
}

/** The prices of requests and of vehicles in the best mixture of these runs. */
function pricesOf(graph: RouteGraph, runs: readonly Run[], solveProgramme: SolveProgramme): Prices {
  const { size, requests } = graph
  const { prices } = solveProgramme(programmeOf(graph, runs))
  return {
    prices: Float64Array.from(requests, ({ unplacedPrice }, i) => Math.min(prices[i], unplacedPrice)),
    fleetPrices: graph.fleets().map((_, f) => Math.min(0, prices[size + f])),
  }
}

/** A row for each request, who is carried once or left behind, and one for each fleet. */
function programmeOf(graph: RouteGraph, runs: readonly Run[]) {
  const { size, requests } = graph
  const left = requests.map(
    ({ unplacedPrice }, row): Column => ({ cost: unplacedPrice, takes: [{ row, by: 1 }] }),
  )
  const driven = runs.map(
    ({ carries, fleet, cost }): Column => ({
      cost,
      takes: [...bitsOf(carries, size), size + fleet].map((row) => ({ row, by: 1 })),
    }),
  )
  return {
    rows: [
      ...requests.map(() => ({ sense: 'exactly' as const, amount: 1 })),
      ...graph.fleets().map(({ count }) => ({ sense: 'at-most' as const, amount: count })),
    ],
    columns: [...left, ...driven],
  }
}

type Wanted = Pick<How, 'thoroughness' | 'shouldStop'> & {
  /** Runs worth less than the price of their vehicle and this are wanted. */
  readonly above: number
}

/** By fleet: the runs worth little enough; undefined where there are too many beginnings or too little time. */
function runsBelow(graph: RouteGraph, { prices, fleetPrices }: Prices, wanted: Wanted): Run[][] | undefined {
  const all: Run[][] = []
  for (const [fleet, vehicle] of graph.fleets().entries()) {
    const below = fleetPrices[fleet] + wanted.above
    const { thoroughness, shouldStop } = wanted
    const how = { thoroughness, shouldStop, below, mostLabels: MOST_LABELS }
    const priced = priceRuns({ graph, vehicle, prices }, how)
    if (!priced) return undefined
    all.push(
      priced.map((run) => ({
        ...run,
        fleet,
        cost: run.reduced + sumOf(bitsOf(run.carries, graph.size).map((i) => prices[i])),
      })),
    )
  }
  return all
}

/** Nothing found for a fleet is worth less than NOTHING below the price of its vehicle. */
function lagrangean(
  graph: RouteGraph,
  found: readonly (readonly Run[])[],
  { prices, fleetPrices }: Prices,
): number {
  const vehicles = graph.fleets().map(({ count }, f) => {
    return count * Math.min(fleetPrices[f] - NOTHING, found[f][0]?.reduced ?? 0)
  })
  return sumOf([...prices]) + sumOf(vehicles)
}

/** The runs of a plan, priced as this bound prices runs; what it cannot make sense of is passed over. */
function runsOf(graph: RouteGraph, { vehicles }: Plan): Run[] {
  const { part } = graph
  const numbered = new Map(part.requests.map((r, i) => [r, i]))
  return vehicles.flatMap(({ fleet, runs }) => {
    const calls = (runs[part.session] ?? []).flatMap((call) => {
      const i = numbered.get(requestOf(call))
      return i === undefined ? [] : [2 * i + (isPickup(call) ? 0 : 1)]
    })
    const run = calls.length > 0 ? follow(graph, fleet, calls) : undefined
    return run ? [{ ...run, fleet }] : []
  })
}

function follow(graph: RouteGraph, fleet: number, calls: readonly number[]) {
  const vehicle = graph.fleets()[fleet]
  const made = new Beginnings({ graph, vehicle, prices: new Float64Array(graph.size) })
  const [first, ...rest] = calls
  if (!made.begin(first)) return undefined
  let label = made.keep()
  for (const call of rest) {
    if (!made.extend(label, call)) return undefined
    label = made.keep()
  }
  const cost = made.finished(label)
  return Number.isFinite(cost) ? { carries: made.carried[label], cost, reduced: 0 } : undefined
}

function bitsOf(bits: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => i).filter((i) => (bits >> i) & 1)
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
