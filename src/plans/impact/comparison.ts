/** The same pupil's journey before and after: what changes for them, as far as both are known. */
import type { Metres } from '#ground/distance.ts'
import type { Seconds } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { type DayPattern, slotsOf } from '#ground/pattern.ts'
import type { Journey, Ride } from '../baseline/journey.ts'

export type Change = {
  /** Longer on board; fewer than no seconds for a shorter ride. */
  longer: Seconds
  further: Metres | null
  /** Another vehicle type, or nothing where either is not known. */
  vehicle: boolean | null
  /** Somebody of today's crew is not aboard; nothing where today's crew is not known. */
  crew: boolean | null
  joinedBy: readonly PupilId[]
  leftBy: readonly PupilId[]
}

export type Comparison = {
  pupil: PupilId
  direction: 1 | 2
  days: DayPattern
  before: Ride | null
  after: Ride | null
  /** Nothing where there is no ride on one side: a ride that is not known is not a ride of nought minutes. */
  change: Change | null
}

/**
 * Every journey after beside the one before that shares most of its days; and every one before that has none after.
 * Pupils come in the order in which they are first named after, then before.
 */
export function compareJourneys(before: readonly Journey[], after: readonly Journey[]): Comparison[] {
  const earlier = byPupilAndDirection(before)
  const later = byPupilAndDirection(after)
  const matched = after.map((journey) =>
    compared(closest(journey, earlier.get(keyOf(journey)) ?? []), journey),
  )
  const ended = before.filter((journey) => !later.has(keyOf(journey)))
  return [...matched, ...ended.map((journey) => compared(journey, undefined))]
}

const keyOf = ({ pupil, direction }: Journey) => `${pupil} ${direction}`

function byPupilAndDirection(journeys: readonly Journey[]): Map<string, Journey[]> {
  const found = new Map<string, Journey[]>()
  for (const journey of journeys) {
    const same = found.get(keyOf(journey))
    if (same) same.push(journey)
    else found.set(keyOf(journey), [journey])
  }
  return found
}

function closest({ days }: Journey, candidates: readonly Journey[]): Journey | undefined {
  if (candidates.length < 2) return candidates[0]
  const wanted = new Set(slotsOf(days))
  const shared = (one: Journey) => slotsOf(one.days).filter((day) => wanted.has(day)).length
  return candidates.reduce((best, one) => (shared(one) > shared(best) ? one : best))
}

function compared(was: Journey | undefined, becomes: Journey | undefined): Comparison {
  const { pupil, direction, days } = (becomes ?? was) as Journey
  const before = was?.ride ?? null
  const after = becomes?.ride ?? null
  return { pupil, direction, days, before, after, change: before && after && changeOf(before, after) }
}

function changeOf(before: Ride, after: Ride): Change {
  const staysAboard = new Set(after.crew.map(({ id }) => id))
  const [then, now] = [new Set(before.companions), new Set(after.companions)]
  return {
    longer: (after.ridden - before.ridden) as Seconds,
    further:
      before.length === null || after.length === null ? null : ((after.length - before.length) as Metres),
    vehicle:
      before.vehicleType === null || after.vehicleType === null
        ? null
        : before.vehicleType !== after.vehicleType,
    crew: before.crew.length === 0 ? null : before.crew.some(({ id }) => !staysAboard.has(id)),
    joinedBy: after.companions.filter((pupil) => !then.has(pupil)),
    leftBy: before.companions.filter((pupil) => !now.has(pupil)),
  }
}
