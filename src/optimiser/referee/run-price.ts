/** What one run costs on one day, by part. */
import { type Fleet, isPickup, NOWHERE, type Problem, requestOf } from '../problem.ts'
import { assistantsOn } from './aboard.ts'
import type { Clock } from './clock.ts'

/** The parts of a plan's cost, in the problem's unit of price. */
export type Parts = {
  vehicles: number
  metres: number
  emptyMetres: number
  seconds: number
  assistants: number
  ownAssistants: number
  longRides: number
  earlyArrivals: number
  orderAboard: number
  movedPupils: number
  partedSets: number
}

/** Nothing of anything. */
export function noParts(): Parts {
  return {
    vehicles: 0,
    metres: 0,
    emptyMetres: 0,
    seconds: 0,
    assistants: 0,
    ownAssistants: 0,
    longRides: 0,
    earlyArrivals: 0,
    orderAboard: 0,
    movedPupils: 0,
    partedSets: 0,
  }
}

/** The run's way, time, and what its passengers mind. What depends on the whole day or plan is not here. */
export function priceRun(
  problem: Problem,
  fleet: Fleet,
  { calls, clock }: { calls: readonly number[]; clock: Clock },
) {
  const type = problem.types[fleet.type]
  const parts = noParts()
  const places = calls.map((call) => placeOf(problem, call))
  parts.metres = type.costPerMetre * length(problem, places)
  const out = fleet.startsAt === NOWHERE ? 0 : length(problem, [fleet.startsAt, places[0]])
  const home = fleet.endsAt === NOWHERE ? 0 : length(problem, [places[places.length - 1], fleet.endsAt])
  parts.emptyMetres = type.costPerEmptyMetre * (out + home)
  parts.orderAboard = orderPrice(problem, calls)
  parts.ownAssistants = carriedOn(calls).reduce((sum, r) => sum + problem.requests[r].ownAssistantsCost, 0)
  if (!clock.kept) return parts

  const lasts = clock.back - clock.leaves
  parts.seconds = type.costPerSecond * lasts
  parts.assistants = type.costPerAssistantSecond * lasts * assistantsOn(problem, calls)
  for (const request of carriedOn(calls)) {
    const { ride, alights } = timesOf(problem, request, { calls, starts: clock.starts })
    const { ridePrice, earlyPrice } = problem.requests[request]
    parts.longRides += ridePrice.reduce(
      (sum, step) => sum + step.perSecond * Math.max(0, ride - step.after),
      0,
    )
    parts.earlyArrivals += earlyPrice.perSecond * Math.max(0, earlyPrice.before - alights)
  }
  return parts
}

/** A request's ride and the start of its drop-off, by the times said of the run. */
export function timesOf(
  { requests }: Problem,
  request: number,
  { calls, starts }: { calls: readonly number[]; starts: readonly number[] },
): { ride: number; alights: number } {
  const at = (pickup: boolean) =>
    starts[calls.findIndex((call) => requestOf(call) === request && isPickup(call) === pickup)]
  return { ride: at(false) - at(true) - requests[request].pickup.service, alights: at(false) }
}

/** The requests a run carries, in the order in which they board. */
export function carriedOn(calls: readonly number[]): number[] {
  return calls.filter(isPickup).map(requestOf)
}

function orderPrice({ requests }: Problem, calls: readonly number[]): number {
  return carriedOn(calls).reduce((sum, request) => {
    const whileAboard = calls.slice(
      calls.findIndex((call) => requestOf(call) === request) + 1,
      calls.findLastIndex((call) => requestOf(call) === request),
    )
    const boarded = whileAboard.filter(isPickup).length
    const alighted = whileAboard.length - boarded
    const { boardedAfterPrice, alightedBeforePrice } = requests[request]
    return sum + boarded * boardedAfterPrice + alighted * alightedBeforePrice
  }, 0)
}

function length({ places, metres }: Problem, way: readonly number[]): number {
  return way.reduce((sum, place, i) => (i === 0 ? 0 : sum + metres[way[i - 1] * places + place]), 0)
}

function placeOf({ requests }: Problem, call: number): number {
  const { pickup, dropoff } = requests[requestOf(call)]
  return isPickup(call) ? pickup.place : dropoff.place
}
