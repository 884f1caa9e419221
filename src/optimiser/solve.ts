/**
 * Seeks a plan until told to stop. Every plan that leaves is refereed by `check`, which shares no code with the search:
 * a vehicle it finds fault with does not leave, and its requests are left unplaced.
 */
import { check } from './check.ts'
import { Model } from './model.ts'
import type { Plan, PlannedVehicle, Problem } from './problem.ts'
import { Search } from './search.ts'

export type SolveOptions = {
  /** The same seed gives the same plan after the same number of rounds. */
  seed: number
  /** Asked after every round. */
  shouldStop: () => boolean
  /** Told each time a better plan is found, at most once in every hundred rounds. */
  onBetter?: (progress: Progress) => void
  /** How much of the time there is has been spent, from 0 to 1: the search settles down towards the end. */
  spent?: () => number
}

export type Progress = { rounds: number; cost: number; plan: () => Plan }

export type Solution = {
  plan: Plan
  /** Requests the plan leaves out. */
  unplaced: readonly number[]
  /** What the plan costs, in the problem's unit of price, those left out not counted. */
  cost: number
  /** By improvement: after how many rounds, and the cost then (with the price of those left out). */
  trace: readonly { rounds: number; cost: number }[]
  rounds: number
}

/** Temperatures at the start and at the end, as shares of what a request costs on average. */
const HOT = 0.4
const COLD = 0.01
/** Without knowing how much time there is, the search cools this many rounds long, then twice as long, and so on. */
const FIRST_COOLING = 4000
const ROUNDS_BETWEEN_REPORTS = 100

/** Gives the best plan found. Never throws for a problem that cannot be solved: who cannot be carried is unplaced. */
export function solve(problem: Problem, options: SolveOptions): Solution {
  const search = new Search(new Model(problem), options.seed)
  search.adopt(soundPart(problem))
  search.construct(options.shouldStop)
  return improve(problem, search, options)
}

function improve(problem: Problem, search: Search, options: SolveOptions): Solution {
  const { shouldStop, onBetter, spent } = options
  const trace = [{ rounds: 0, cost: search.best }]
  const average = (search.best - unplacedPrice(search)) / Math.max(1, search.placed())
  let told = search.best
  search.keepBest()
  while (!shouldStop() && problem.requests.length > 0) {
    const cooled = spent ? spent() : cooledAfter(search.rounds)
    if (search.improve(average * HOT * (COLD / HOT) ** cooled)) search.keepBest()
    if (search.rounds % ROUNDS_BETWEEN_REPORTS === 0 && search.best < told) {
      told = search.best
      trace.push({ rounds: search.rounds, cost: told })
      onBetter?.({ rounds: search.rounds, cost: told, plan: () => refereed(problem, search.bestPlan()).plan })
    }
  }
  return { ...refereed(problem, search.bestPlan()), trace, rounds: search.rounds }
}

function unplacedPrice({ draft }: Search): number {
  return draft.model.unplacedPrice.reduce((sum, price, r) => sum + (draft.tourOf[r] < 0 ? price : 0), 0)
}

function cooledAfter(rounds: number): number {
  let from = 0
  let length = FIRST_COOLING
  while (rounds >= from + length) {
    from += length
    length *= 2
  }
  return (rounds - from) / length
}

/** The vehicles of the plan in force that keep every rule: a place to start from. */
function soundPart(problem: Problem): Plan {
  const vehicles = problem.present.map(({ fleet, runs }, was): PlannedVehicle => ({ fleet, runs, was }))
  return { vehicles: sound(problem, vehicles) }
}

/** The plan without the vehicles that break a rule, what it costs and whom it leaves out. */
function refereed(problem: Problem, plan: Plan): Pick<Solution, 'plan' | 'cost' | 'unplaced'> {
  const { broken } = check(problem, plan)
  const kept = broken.every(({ rule }) => rule === 'frozen-vehicle-changed')
    ? plan
    : { vehicles: sound(problem, plan.vehicles) }
  const { cost, unplaced } = check(problem, kept)
  return { plan: kept, cost, unplaced }
}

function sound(problem: Problem, vehicles: readonly PlannedVehicle[]): PlannedVehicle[] {
  const alone = vehicles.filter((vehicle) => keeps(problem, [vehicle]))
  if (keeps(problem, alone)) return alone
  const kept: PlannedVehicle[] = []
  for (const vehicle of alone) if (keeps(problem, [...kept, vehicle])) kept.push(vehicle)
  return kept
}

/** Whether these vehicles keep every rule, as far as they go: a frozen one that is not among them was not changed. */
function keeps(problem: Problem, vehicles: readonly PlannedVehicle[]): boolean {
  return check(problem, { vehicles }).broken.every(({ rule }) => rule === 'frozen-vehicle-changed')
}
