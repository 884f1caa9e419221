/** Asks the referee about one vehicle by itself, in a problem no larger than its own pupils. */
import { check } from '../check.ts'
import { isPickup, NOWHERE, type PlannedVehicle, type Problem, requestOf } from '../problem.ts'
import type { Breach } from '../referee/breach.ts'

/** The rules the vehicle breaks, whatever others do; what ties it to them and to today's plan is asked elsewhere. */
export function brokenAlone(problem: Problem, { fleet, runs }: PlannedVehicle): Breach[] {
  const own = [...new Set(runs.flat().map(requestOf))]
  const numbered = new Map(own.map((request, i) => [request, i]))
  const renumbered = (request: number) => numbered.get(request) ?? NOWHERE
  const apart = problem.apart
    .filter(([a, b]) => numbered.has(a) && numbered.has(b))
    .map(([a, b]) => [renumbered(a), renumbered(b)] as const)
  const requests = own.map((r) => {
    const { present: _, ...request } = problem.requests[r]
    return request
  })
  const calls = runs.map((run) =>
    run.map((call) => 2 * renumbered(requestOf(call)) + (isPickup(call) ? 0 : 1)),
  )
  const { broken } = check(
    { ...problem, requests, apart, together: [], present: [] },
    { vehicles: [{ fleet, was: NOWHERE, runs: calls }] },
  )
  return broken.map(({ vehicle: _, requests: who, ...breach }) => ({
    ...breach,
    ...(who && { requests: who.map((i) => own[i]) }),
  }))
}
