/**
 * The stops of a run with one pupil's more. Everybody keeps the time they were told, but for what the new stop moves it by:
 * how long a drive takes is the map's word, and when somebody is fetched is the council's.
 */
import type { PupilId } from '#ground/ids.ts'
import type { WallTime } from '#ground/time.ts'
import { dropoffOf, isPickup, pickupOf, requestOf } from '#optimiser'
import type { Stop } from '#routes/write-store'
import { secondsOf, wallTime } from '../translation/problem-of.ts'
import type { CallPlace, RideAsked } from '../translation/question.ts'
import type { PresentRun } from './present-plan.ts'

export type Joining = {
  home: CallPlace | undefined
  ride: number
  rides: readonly RideAsked[]
  /** The calls of the run with the pupil's. */
  calls: readonly number[]
  /** When each call starts by road, without the pupil and with them. */
  was: ReadonlyMap<number, number>
  is: ReadonlyMap<number, number>
}

/** The stops in order: the pupil's before the one that follows it in the morning, after the one ahead in the afternoon. */
export function stopsWith(
  { direction, stops }: Pick<PresentRun, 'direction' | 'stops'>,
  joining: Joining,
): Stop[] {
  const { home, ride, rides, calls, is } = joining
  const pupil = (rides[ride] as RideAsked).pupil
  const own = direction === 1 ? pickupOf(ride) : dropoffOf(ride)
  const beside = calls[calls.indexOf(own) + (direction === 1 ? 1 : -1)] ?? own
  const moved = stops.map((stop) => ({ ...stop, at: later(stop.at, shiftOf(stop, direction, joining)) }))
  const next = moved.findIndex((stop) => isAt(stop, beside, { direction, rides }))
  const neighbour = moved[next]
  if (!home || !neighbour) return [...stops]
  const between = (is.get(own) ?? 0) - (is.get(beside) ?? 0)
  const { label: place, place: point } = home
  const stop: Stop = { place, kind: 'home', pupil, at: later(neighbour.at, between), ...point }
  return moved.toSpliced(direction === 1 ? next : next + 1, 0, stop)
}

type Around = { direction: 1 | 2; rides: readonly RideAsked[] }

/** Whether a call is made at a stop: at the door of its pupil, or else at school. */
function isAt(stop: Stop, call: number, { direction, rides }: Around): boolean {
  const atDoor = isPickup(call) === (direction === 1)
  return atDoor ? stop.pupil === pupilOf(rides, call) : stop.kind === 'school'
}

function shiftOf(stop: Stop, direction: 1 | 2, { rides, was, is }: Joining): number {
  const call = [...was.keys()].find((one) => isAt(stop, one, { direction, rides }))
  return call === undefined ? 0 : (is.get(call) ?? 0) - (was.get(call) ?? 0)
}

const pupilOf = (rides: readonly RideAsked[], call: number): PupilId | undefined =>
  rides[requestOf(call)]?.pupil

/** To the nearest minute. */
const later = (at: WallTime, by: number): WallTime => wallTime(secondsOf(at) + Math.round(by / 60) * 60)
