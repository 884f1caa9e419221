/**
 * Everything the travel of one pupil hangs on, as dated facts with the revisions in which they were believed.
 * Days of a pattern are numbered over a fortnight (0 to 13), half-days 0 to 27: db/migrations/0002.
 */
import type { PlainDate } from '#ground/time.ts'
import type { Direction, Rung } from './states.ts'

/** Days from the first to before `until`; without an end where there is none. */
export type Days = { from: PlainDate; until: PlainDate | null }
/** Revisions from the first to before `until`; still believed where there is none. */
export type Revisions = { from: number; until: number | null }
export type Dated = { valid: Days; known: Revisions }

export type ArrangementKind =
  | 'seat'
  | 'temporary-vehicle'
  | 'personal-travel-budget'
  | 'mileage'
  | 'travel-pass'
  | 'travel-training'
  | 'interim-parental'
  | 'offer-declined'

export type Post = 'driver' | 'passenger-assistant'
/** Which checks each post, and the vehicle, must have in date: a council's policy. */
export type RequiredChecks = Readonly<Record<string, readonly string[]>>

export type TravelHistory = {
  pupil: number
  registrations: readonly Dated[]
  placements: readonly (Dated & {
    school: number
    halfDays: readonly number[]
    boarding: 'day' | 'weekly' | 'termly'
  })[]
  eligibility: readonly (Dated & { state: 'eligible' | 'pending' | 'under-appeal' | 'refused' })[]
  absences: readonly Dated[]
  arrangements: readonly (Dated & {
    direction: Direction
    days: readonly number[]
    kind: ArrangementKind
    run: number | null
  })[]
  consents: readonly (Dated & { kind: string })[]
  terms: readonly (Dated & { school: number })[]
  bells: readonly (Dated & { school: number; days: readonly number[] })[]
  closures: readonly (Dated & { school: number; part: 'whole-day' | 'morning' | 'afternoon' })[]
  bankHolidays: readonly Dated[]
  routeOfRun: ReadonlyMap<number, number>
  runPlans: readonly (Dated & { run: number; days: readonly number[]; assistantPosts: number })[]
  routes: readonly (Dated & { route: number; contract: number })[]
  contracts: readonly (Dated & { contract: number; operator: number; status: string })[]
  operators: readonly (Dated & { operator: number; standing: string })[]
  roster: readonly (Dated & { run: number; crew: number; post: Post; days: readonly number[] })[]
  vehicles: readonly (Dated & { run: number; vehicle: number; days: readonly number[] })[]
  crewChecks: readonly (Dated & { crew: number; kind: string })[]
  vehicleChecks: readonly (Dated & { vehicle: number; kind: string })[]
  confirmations: readonly (Dated & { kind: Rung; contract: number; run: number; pupil: number })[]
  requiredChecks: readonly (Dated & { value: RequiredChecks })[]
}
