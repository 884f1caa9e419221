/**
 * Seeks a plan until told to stop. Every plan that leaves is refereed by `check`, which shares no code with the search:
 * a vehicle it finds fault with does not leave, and its requests are left unplaced.
 */
import { averageCost, cooledAfter, temperature } from './cooling.ts'
import { Model } from './model.ts'
import type { Plan, Problem } from './problem.ts'
import { Search } from './search.ts'
import { type Answer, refereed, soundPart } from './sound.ts'

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

export type Solution = Answer & {
  /** By improvement: after how many rounds, and the cost then (with the price of those left out). */
  trace: readonly { rounds: number; cost: number }[]
  rounds: number
}

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
  const average = averageCost(search)
  let told = search.best
  search.keepBest()
  while (!shouldStop() && problem.requests.length > 0) {
    const cooled = spent ? spent() : cooledAfter(search.rounds)
    if (search.improve(temperature(average, cooled))) search.keepBest()
    if (search.rounds % ROUNDS_BETWEEN_REPORTS === 0 && search.best < told) {
      told = search.best
      trace.push({ rounds: search.rounds, cost: told })
      onBetter?.({ rounds: search.rounds, cost: told, plan: () => refereed(problem, search.bestPlan()).plan })
    }
  }
  return { ...refereed(problem, search.bestPlan()), trace, rounds: search.rounds }
}
