/** Whom a plan is made for, and the schools they go to: the facts of the registers, as a plan needs them. */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import type { DayPattern, HalfDayPattern } from '#ground/pattern.ts'
import type { PlainDate, WallTime } from '#ground/time.ts'
import type { Place } from '#roads'

export type Need = {
  mobility: 'seat' | 'wheelchair'
  wheelchairTravel: 'ride-on' | 'transfer' | null
  assistant: 'none' | 'shared' | 'own'
  alone: boolean
  aloneReason: string | null
  longestRideMinutes: number | null
  /** What the form asks and nobody answered. */
  missing: readonly string[]
}

export type Person = {
  pupil: PupilId
  name: string
  bornOn: PlainDate
  homes: readonly { pattern: HalfDayPattern; address: string; place: Place | null }[]
  placements: readonly { school: SchoolId; pattern: HalfDayPattern }[]
  /** Nothing where no form was ever taken. */
  need: Need | null
  /** Directions in which the family is paid, or the pupil travels by themselves: no vehicle is planned for them. */
  otherwise: readonly (1 | 2)[]
  carers: readonly number[]
  keptApartFrom: readonly PupilId[]
}

export type SchoolDay = {
  school: SchoolId
  name: string
  place: Place | null
  bells: readonly { days: DayPattern; opens: WallTime; closes: WallTime }[]
}
