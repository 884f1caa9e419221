/** Keeps a place that was chosen for a pupil: the run is planned with their stop, and they get the seat. */
import type { TransactionSql } from 'postgres'
import { toMiles } from '#ground/distance.ts'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { type PlanRefused, planRun } from '#routes/write-store'
import { giveSeat, type SeatRefused } from '#travel-arrangements/arrangement-store'
import type { RideAsked } from '../translation/question.ts'
import type { PlaceOnRoute } from './places.ts'

export type Chosen = { ride: Pick<RideAsked, 'days'>; place: PlaceOnRoute }

/** Writes each place from a day on, inside the open revision. What carries the pupil already is not ended. */
export async function keepPlaces(
  tx: TransactionSql,
  { pupil, from, chosen }: { pupil: PupilId; from: PlainDate; chosen: readonly Chosen[] },
): Promise<Result<null, PlanRefused | SeatRefused>> {
  for (const { ride, place } of chosen) {
    const { run, days, vehicleType, layouts, assistantPosts, milesLive, milesDead, until } = place.run
    const planned = await planRun(tx, {
      run,
      days,
      vehicleType,
      layouts,
      assistantPosts: assistantPosts + place.moreAssistants,
      stops: place.stops,
      ...(milesLive !== null && { milesLive: milesLive + toMiles(place.further) }),
      ...(milesDead !== null && { milesDead }),
      from,
      until,
    })
    if (!planned.ok) return planned
    const seated = await giveSeat(tx, { pupil, run, days: ride.days, from })
    if (!seated.ok) return seated
  }
  return ok(null)
}
