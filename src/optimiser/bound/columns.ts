/**
 * A bound by column generation (Desrosiers, Dumas & Soumis 1986): the best mixture of runs that carries everybody once.
 * Prices on requests come from the mixture; runs worth less than nothing under them join it, until there are none. At
 * any prices whatever, all prices together with the least that each vehicle's run is worth are a bound (Lagrange),
 * so what the solver of linear programmes gets wrong can make the bound weaker but never false.
 */
import { isPickup, type Plan, type Problem, requestOf } from '../problem.ts'
import { begin, extend, finish, type Label } from './label.ts'
import { type Part, partsOf } from './part.ts'
import { type Priced, priceRuns } from './pricing.ts'
import type { Column, SolveProgramme } from './programme.ts'
import { RouteGraph } from './route-graph.ts'

/** Requests are bits of a number. */
const MOST_REQUESTS = 30
const MOST_LABELS = 400_000
/** Runs that join at once, for each kind of vehicle. */
const MOST_NEW = 60

export type Asked = {
  readonly solveProgramme: SolveProgramme
  readonly shouldStop: () => boolean
  /** A good plan to begin from. It makes the way shorter, not the bound other. */
  readonly plan?: Plan
}

/**
 * What no plan can cost less than, those left unplaced included; undefined where the problem is too large or the time
 * too short to say.
 */
export function columnBound(problem: Problem, asked: Asked): number | undefined {
  let sum = 0
  for (const part of partsOf(problem)) {
    const bound = part.requests.length > MOST_REQUESTS ? undefined : boundOf(part, asked)
    if (bound === undefined) return undefined
    sum += part.days * bound
  }
  // A plan costs a whole number.
  return Math.ceil(sum - 0.01)
}

type Run = Priced & { readonly fleet: number; readonly cost: number }

function boundOf(part: Part, { solveProgramme, shouldStop, plan }: Asked): number | undefined {
  const graph = new RouteGraph(part)
  const runs = plan ? runsOf(graph, plan) : []
  const known = new Set(runs.map(keyOf))
  let best: number | undefined
  let exact = false
  while (!shouldStop()) {
    const { prices, fleetPrices } = pricesOf(graph, runs, solveProgramme)
    const priced = priceFleets(graph, prices, { shouldStop, mostLabels: MOST_LABELS, exact })
    if (!priced) return best
    if (exact) best = Math.max(best ?? 0, lagrangean(graph, priced, { prices, fleetPrices }))
    const fresh = priced.flatMap(({ runs: found }, fleet) =>
      found
        .filter(({ reduced }) => reduced - fleetPrices[fleet] < -1e-3)
        .map((run) => ({ ...run, fleet, cost: run.reduced + sumOf(prices, run.carries) }))
        .filter((run) => !known.has(keyOf(run)))
        .slice(0, MOST_NEW),
    )
    if (fresh.length === 0 && exact) return best
    exact = fresh.length === 0
    for (const run of fresh) known.add(keyOf(run))
    runs.push(...fresh)
  }
  return best
}

function keyOf({ fleet, carries, cost }: Run): string {
  return `${fleet}/${carries}/${Math.round(cost)}`
}

/** A row for each request, who is carried once or left behind, and one for each fleet. */
function pricesOf(graph: RouteGraph, runs: readonly Run[], solveProgramme: SolveProgramme) {
  const { size, requests } = graph
  const fleets = graph.fleets()
  const left = requests.map(
    ({ unplacedPrice }, row): Column => ({ cost: unplacedPrice, takes: [{ row, by: 1 }] }),
  )
  const driven = runs.map(
    ({ carries, fleet, cost }): Column => ({
      cost,
      takes: [...bitsOf(carries, size), size + fleet].map((row) => ({ row, by: 1 })),
    }),
  )
  const { prices } = solveProgramme({
    rows: [
      ...requests.map(() => ({ sense: 'exactly' as const, amount: 1 })),
      ...fleets.map(({ count }) => ({ sense: 'at-most' as const, amount: count })),
    ],
    columns: [...left, ...driven],
  })
  return {
    prices: Float64Array.from(requests, ({ unplacedPrice }, i) => Math.min(prices[i], unplacedPrice)),
    fleetPrices: fleets.map((_, f) => Math.min(0, prices[size + f])),
  }
}

function priceFleets(graph: RouteGraph, prices: Float64Array, how: Parameters<typeof priceRuns>[2]) {
  const all = []
  for (const { fleet, type } of graph.fleets()) {
    const priced = priceRuns(graph, { fleet, type, prices }, how)
    if (!priced) return undefined
    all.push(priced)
  }
  return all
}

function lagrangean(
  graph: RouteGraph,
  priced: readonly { least: number }[],
  { prices, fleetPrices }: { prices: Float64Array; fleetPrices: readonly number[] },
): number {
  const vehicles = graph.fleets().reduce((sum, { count }, f) => {
    return sum + count * (fleetPrices[f] + Math.min(0, priced[f].least - fleetPrices[f]))
  }, 0)
  return prices.reduce((sum, price) => sum + price, 0) + vehicles
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
  const made = graph.fleets()[fleet]
  const pricing = { graph, fleet: made.fleet, type: made.type, prices: new Float64Array(graph.size) }
  const [first, ...rest] = calls
  const last = rest.reduce(
    (label: Label | undefined, call) => label && extend(pricing, label, call),
    begin(pricing, first),
  )
  const cost = last && finish(pricing, last)
  return last && cost !== undefined ? { carries: last.done, cost, reduced: 0 } : undefined
}

function bitsOf(bits: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => i).filter((i) => (bits >> i) & 1)
}

function sumOf(prices: Float64Array, bits: number): number {
  return prices.reduce((sum, price, i) => ((bits >> i) & 1 ? sum + price : sum), 0)
}
