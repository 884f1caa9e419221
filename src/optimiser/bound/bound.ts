/** How far down a plan's cost could go, as far as is known yet: the better of a quick bound and a close one. */
import type { Plan, Problem } from '../problem.ts'
import { columnBound } from './columns.ts'
import type { SolveProgramme } from './programme.ts'
import { RelaxedBound } from './relaxation.ts'

/** For so many requests a plan can be proved the best in seconds. */
const MOST_REQUESTS = 24

export type Prover = {
  /** Solves linear programmes; without it there is only the quick bound. */
  readonly solveProgramme?: SolveProgramme | undefined
  readonly shouldStop: () => boolean
}

export class Bound {
  private readonly problem: Problem
  private readonly prover: Prover
  private readonly quick: RelaxedBound
  private close = 0
  private isTried = false

  constructor(problem: Problem, prover: Prover) {
    this.problem = problem
    this.prover = prover
    this.quick = new RelaxedBound(problem)
  }

  /** What no plan can cost less than, those left unplaced included. */
  get value(): number {
    return Math.max(this.quick.value, this.close)
  }

  /** Takes so many steps of some microseconds each; whether there are more to take. */
  work(steps: number): boolean {
    this.quick.work(steps)
    return !this.quick.isDone
  }

  /**
   * For a few requests, works out once what the best of all plans costs, if this one is near it; it takes seconds, and
   * ends when told to stop. Asked again, with more requests, or without a solver, it does nothing.
   */
  prove(plan: Plan, cost: number): void {
    const { solveProgramme, shouldStop } = this.prover
    const isSmall = this.problem.requests.length <= MOST_REQUESTS
    if (!solveProgramme || !isSmall || this.isTried || cost <= this.value) return
    this.isTried = true
    const close = columnBound(this.problem, { solveProgramme, shouldStop, known: { plan, cost } })
    this.close = Math.max(this.close, close ?? 0)
  }
}
