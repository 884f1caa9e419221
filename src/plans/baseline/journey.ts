/**
 * One pupil's planned journey in one direction. What is frozen before planning and what a plan proposes are told in
 * these same words, so that one can be held against the other.
 */

import type { Metres } from '#ground/distance.ts'
import type { Seconds } from '#ground/duration.ts'
import type { CrewId, PupilId } from '#ground/ids.ts'
import type { DayPattern } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'

export type CrewMember = { id: CrewId; name: string }

export type Ride = {
  /** The run's name within its plan. */
  run: string
  /** Which vehicle of the plan drives the run, where that is known: two runs may share one. */
  vehicle: string | null
  vehicleType: string | null
  /** Who is aboard to drive and assist; empty where nobody is named yet. */
  crew: readonly CrewMember[]
  companions: readonly PupilId[]
  /** At the door in the morning, at school in the afternoon. */
  startsAt: WallTime
  endsAt: WallTime
  ridden: Seconds
  length: Metres | null
  /** The drive from door to school, or back, with nobody else to call for. */
  direct: Seconds | null
  /** When school opens in the morning or closes in the afternoon. */
  bell: WallTime | null
  /** Whether the times are a straight line's estimate and no road's. */
  estimated: boolean
}

/** Why somebody who should travel has no ride to speak of. */
export type NoRide = 'nothing-arranged' | 'no-seat' | 'stop-not-planned' | 'no-place-found'

export type Journey = { pupil: PupilId; direction: 1 | 2; days: DayPattern } & (
  | { ride: Ride }
  | { ride: null; because: NoRide }
)
