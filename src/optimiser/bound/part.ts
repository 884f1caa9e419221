/**
 * One session of one day of a problem, which can be bounded by itself. A vehicle's and an assistant's day is shared
 * out evenly over the sessions, whatever it is paid for; what ties sessions and days together is left out. Both can
 * only make a plan cheaper, so the bounds of all parts add up to a bound.
 */
import type { Problem } from '../problem.ts'

export type Part = {
  readonly problem: Problem
  readonly session: number
  /** Who travels, as positions in `Problem.requests`. */
  readonly requests: readonly number[]
  /** How many days are like this one. */
  readonly days: number
  /** How much of a day's price each session pays at least. */
  readonly ofDay: number
}

/** The sessions of each day on which anybody travels; days with the same pupils are one part. */
export function partsOf(problem: Problem): Part[] {
  const parts = new Map<string, Part>()
  for (let day = 0; day < problem.days; day++) {
    for (let session = 0; session < problem.sessions; session++) {
      const requests = problem.requests
        .map((_, r) => r)
        .filter((r) => problem.requests[r].session === session && (problem.requests[r].days >> day) & 1)
      if (requests.length === 0) continue
      const key = `${session}: ${requests.join()}`
      const days = (parts.get(key)?.days ?? 0) + 1
      parts.set(key, { problem, session, requests, days, ofDay: 1 / problem.sessions })
    }
  }
  return [...parts.values()]
}
