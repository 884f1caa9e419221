/**
 * A search in stints of so many rounds, between which it may take over a better plan found elsewhere: what each of
 * several threads does. The same seed, stints and plans taken over give the same plan.
 */
import { standDown } from './adopt.ts'
import { averageCost, temperature } from './cooling.ts'
import { Model } from './model.ts'
import type { Plan, Problem } from './problem.ts'
import { Search } from './search.ts'
import { soundPart } from './sound.ts'

export class Stints {
  private readonly search: Search
  private readonly average: number

  /** Makes a first plan, which for a county takes some seconds. */
  constructor(problem: Problem, seed: number) {
    this.search = new Search(new Model(problem), seed)
    this.search.adopt(soundPart(problem))
    this.search.construct(() => false)
    this.search.keepBest()
    this.average = averageCost(this.search)
  }

  /** The cost of the best plan so far, the price of those it leaves out with it. */
  get cost(): number {
    return this.search.best
  }

  plan(): Plan {
    return this.search.bestPlan()
  }

  /** Searches on for so many rounds, cooled (from 0 to 1) as told at the first and the last of them. */
  work(rounds: number, cooled: { from: number; to: number }): void {
    for (let round = 0; round < rounds; round++) {
      const now = cooled.from + ((cooled.to - cooled.from) * round) / rounds
      if (this.search.improve(temperature(this.average, now))) this.search.keepBest()
    }
  }

  /** Goes on from this plan. Only for a plan that a search of the same problem has made. */
  takeOver(plan: Plan): void {
    standDown(this.search.draft)
    this.search.adopt(plan)
    this.search.keepBest()
  }
}
