/** Places pupils for whom there is no room by moving one other pupil each. */
import { isPickup, type Plan, type Problem, requestOf } from '../problem.ts'
import { brokenAlone } from './alone.ts'
import { bondsOf, vehiclesOf } from './bonds.ts'
import { cheapestOf, insert } from './insert.ts'
import { RunMeter } from './run-meter.ts'
import { Slots } from './slots.ts'
import { carryOut, withoutRequest, withRequest } from './way.ts'

/** How many pupils are tried for moving, those whose place fits the newcomer most cheaply first. */
const MOST_TRIED = 40

/** Each request is placed where one other pupil leaves, if that pupil finds another place; who was moved is told. */
export function makeRoom(
  problem: Problem,
  plan: Plan,
  waiting: readonly number[],
): { plan: Plan; moved: number[] } {
  const moved: number[] = []
  let now = plan
  for (const request of waiting) {
    for (const exchange of exchangesFor(problem, now, request)) {
      const away = cheapestOf(insert(problem, exchange.plan, exchange.leaver))
      if (!away) continue
      now = carryOut(exchange.plan, away)
      if (away.vehicle !== exchange.vehicle) moved.push(exchange.leaver)
      break
    }
  }
  return { plan: now, moved }
}

type Exchange = { plan: Plan; leaver: number; vehicle: number; added: number }

/** The plans in which the request is on a vehicle that one pupil has left, the cheapest first. */
function exchangesFor(problem: Problem, plan: Plan, request: number): Exchange[] {
  const slots = new Slots(new RunMeter(problem), request)
  return leaversFor(problem, plan, request)
    .flatMap(({ leaver, vehicle }): Exchange[] => {
      const without = withoutRequest(plan.vehicles[vehicle], leaver)
      slots.on(without)
      const slot = slots.cheapest
      if (!slot) return []
      const becomes = withRequest(problem, without, { request, slot })
      return [{ plan: carryOut(plan, { vehicle, becomes }), leaver, vehicle, added: slot.added }]
    })
    .sort((a, b) => a.added - b.added)
    .filter(({ plan: { vehicles }, vehicle }) => brokenAlone(problem, vehicles[vehicle]).length === 0)
    .slice(0, MOST_TRIED)
}

/** Everybody on a vehicle where the request might be once they are not. */
function leaversFor(problem: Problem, plan: Plan, request: number) {
  const carrier = vehiclesOf(problem, plan)
  const { session } = problem.requests[request]
  return plan.vehicles.flatMap((planned, vehicle) =>
    (planned.runs[session] ?? [])
      .filter(isPickup)
      .map(requestOf)
      .filter((leaver) => !problem.requests[leaver].present?.frozen)
      .filter((leaver) => bondsOf(problem, carrier.with(leaver, -1), request)(planned, vehicle).allowed)
      .map((leaver) => ({ leaver, vehicle })),
  )
}
