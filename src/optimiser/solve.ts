/**
 * Seeks a plan until told to stop. Every plan that leaves is refereed by `check`, which shares no code with the search:
 * a vehicle it finds fault with does not leave, and its requests are left unplaced. With the plan goes how far from the
 * best it may be, and why each of those left out is.
 */
import { Bound } from './bound/bound.ts'
import type { SolveProgramme } from './bound/programme.ts'
import { averageCost, cooledAfter, temperature } from './cooling.ts'
import { Model } from './model.ts'
import type { Plan, Problem } from './problem.ts'
import { Search, type SearchPart } from './search.ts'
import { refereed, soundPart } from './sound.ts'
import { type Unplaced, whyLeftOut } from './unplaced.ts'

export type SolveOptions = {
  /** The same seed gives the same plan after the same number of rounds. */
  seed: number
  /** Asked before and after every step of a few milliseconds. */
  shouldStop: () => boolean
  /** Told each time a better plan is found, at most once in every hundred rounds. */
  onBetter?: (progress: Progress) => void
  /** How much of the time there is has been spent, from 0 to 1: the search settles down towards the end. */
  spent?: () => number
  /** Solves linear programmes. With it a plan of a few requests is proved the best, and then the search ends. */
  solveProgramme?: SolveProgramme
  /** Parts of the search to leave out, to see what they are worth. */
  without?: readonly SearchPart[]
}

export type Progress = {
  rounds: number
  /** Of the best plan so far, the price of those it leaves out with it. */
  cost: number
  /** What no plan can cost less than, as far as is known yet. */
  bound: number
  /** How much of the cost a better plan could save at the most, from 0 to 1. */
  gap: number
  plan: () => Plan
}

export type Solution = {
  plan: Plan
  /** What the plan costs, in the problem's unit of price, those left out not counted. */
  cost: number
  /** What no plan can cost less than, the price of those it leaves out with it. */
  bound: number
  /** Everybody the plan leaves out, each with why. */
  unplaced: readonly Unplaced[]
  /** By improvement: after how many rounds, and the cost then (with the price of those left out). */
  trace: readonly { rounds: number; cost: number }[]
  rounds: number
}

const ROUNDS_BETWEEN_REPORTS = 100
/** Steps of the bound taken in each round: a small part of a round's time. */
const BOUND_STEPS_A_ROUND = 20
/** After so many rounds a small problem's plan is likely the best, and worth the seconds that proving it takes. */
export const ROUNDS_BEFORE_PROOF = 2000

/**
 * Gives the best plan found; sooner than told to stop, if it is shown to be the best there is. Never throws for a
 * problem that cannot be solved: who cannot be carried is unplaced.
 */
export function solve(problem: Problem, options: SolveOptions): Solution {
  const bound = new Bound(problem, options)
  let isStopped = options.shouldStop()
  const present = soundPart(problem)
  if (isStopped) return solutionOf(problem, present, { bound, trace: [], rounds: 0, isStopped })
  const search = new Search(new Model(problem), options.seed, options.without)
  search.adopt(present)
  search.construct(() => {
    isStopped = options.shouldStop()
    return isStopped
  })
  search.keepBest()
  const trace = improve(search, bound, options)
  return solutionOf(problem, search.bestPlan(), { bound, trace, rounds: search.rounds, isStopped })
}

function improve(search: Search, bound: Bound, options: SolveOptions): Solution['trace'] {
  const { shouldStop, onBetter, spent } = options
  const { problem } = search.draft.model
  const trace = [{ rounds: 0, cost: search.best }]
  const average = averageCost(search)
  let told = search.best
  while (!shouldStop() && search.best > bound.value) {
    const cooled = spent ? spent() : cooledAfter(search.rounds)
    if (search.improve(temperature(average, cooled))) search.keepBest()
    bound.work(BOUND_STEPS_A_ROUND)
    if (search.rounds === ROUNDS_BEFORE_PROOF) bound.prove(search.bestPlan(), search.best)
    if (search.rounds % ROUNDS_BETWEEN_REPORTS === 0 && search.best < told) {
      told = search.best
      trace.push({ rounds: search.rounds, cost: told })
      onBetter?.({
        ...standing(told, bound.value),
        rounds: search.rounds,
        plan: () => refereed(problem, search.bestPlan()).plan,
      })
    }
  }
  return trace
}

/** A cost beside its bound. */
export function standing(cost: number, bound: number): Pick<Progress, 'cost' | 'bound' | 'gap'> {
  return { cost, bound, gap: cost > 0 ? (cost - bound) / cost : 0 }
}

type Found = Pick<Solution, 'trace' | 'rounds'> & {
  bound: { readonly value: number }
  /** Whether the search was stopped before it had sought a place for everybody. */
  isStopped: boolean
}

/** A plan as it may leave: refereed, with its bound, and with why each of those it leaves out is. */
export function solutionOf(problem: Problem, found: Plan, how: Found): Solution {
  const { plan, cost, unplaced } = refereed(problem, found)
  const why = how.isStopped ? notSought : whyLeftOut(problem, plan, unplaced)
  const left = unplaced.map((request) => ({ request, reasons: why(request) }))
  return { plan, cost, bound: how.bound.value, unplaced: left, trace: how.trace, rounds: how.rounds }
}

const notSought = (): Unplaced['reasons'] => [{ reason: 'no-place-was-found' }]
