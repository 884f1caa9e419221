/** Who may be aboard with one request: asked of everybody on a run, so the pairs are looked up once. */
import type { Problem } from '../problem.ts'

export class Newcomer {
  readonly request: number
  private readonly problem: Problem
  private readonly apart: ReadonlySet<number>
  private readonly classes: ReadonlySet<number>

  constructor(problem: Problem, request: number) {
    const own = problem.requests[request].class
    this.problem = problem
    this.request = request
    this.apart = new Set(partners(problem.apart, request))
    this.classes = new Set(partners(problem.classesApart, own))
  }

  /** Whether the request may be with exactly these. */
  mayJoin(aboard: readonly number[]): boolean {
    const { requests } = this.problem
    const { people, atMostOthers } = requests[this.request]
    let others = 0
    for (const other of aboard) others += requests[other].people
    if (others > atMostOthers) return false
    for (const other of aboard) {
      const them = requests[other]
      if (others - them.people + people > them.atMostOthers || !this.mayMeet(other)) return false
    }
    return true
  }

  private mayMeet(other: number): boolean {
    const { requests } = this.problem
    const [us, them] = [requests[this.request], requests[other]]
    if (us.school !== them.school && (us.onlyOwnSchool || them.onlyOwnSchool)) return false
    return !this.apart.has(other) && !this.classes.has(them.class)
  }
}

function partners(pairs: readonly (readonly [number, number])[], one: number): number[] {
  return pairs.flatMap(([a, b]) => [...(a === one ? [b] : []), ...(b === one ? [a] : [])])
}
