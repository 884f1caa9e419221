/**
 * What the clock makes a run cost: wages by the hour, long rides, early arrivals, and who boards and alights before
 * whom. Priced by the times the run is said to keep (README, "The clock of a run"), for all its days together.
 */
import { assistantsFor, type Model } from './model.ts'
import type { Timetable } from './timetable.ts'

/** The price of a run just loaded and found possible by `earliest`; uses the timetable's `late`. */
export function clockPrice(model: Model, timetable: Timetable, fleet: number, peakShare: number): number {
  const { early, late, length } = timetable
  const end = length - 1
  timetable.latest(early[end])
  const { perSecond, perAssistantSecond } = model.fleets
  const wage = perSecond[fleet] + assistantsFor(peakShare) * perAssistantSecond[fleet]
  let price = wage * (late[end] - late[0])
  for (let k = 1; k < end; k++) {
    if (timetable.mate[k] > k) price += ridePrice(model, timetable, k)
  }
  return price
}

function ridePrice(model: Model, timetable: Timetable, k: number): number {
  const { late, mate, call } = timetable
  const r = call[k] >> 1
  const { ridePrice: steps, earlyPrice, boardedAfterPrice, alightedBeforePrice } = model.problem.requests[r]
  const ride = late[mate[k]] - late[k] - model.service[call[k]]
  let price = earlyPrice.perSecond * Math.max(0, earlyPrice.before - late[mate[k]])
  for (const { after, perSecond } of steps) price += perSecond * Math.max(0, ride - after)
  if (boardedAfterPrice > 0 || alightedBeforePrice > 0) {
    for (let i = k + 1; i < mate[k]; i++) price += mate[i] > i ? boardedAfterPrice : alightedBeforePrice
  }
  return price * model.days.travelled[r]
}
