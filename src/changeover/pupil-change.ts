/** What can happen to a pupil that touches their travel, and what it closes: leaver, home move, school move, need. */
import type { PupilId, RunId, SchoolId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import type { Overtaken } from '#knowledge/store'
import type { MissingAnswer, TravelNeedForm } from '#pupils'
import type { Home, Placement } from '#pupils/write-store'

export type PupilChange = { pupil: PupilId } & (
  | { change: 'leave'; lastDay: PlainDate }
  | { change: 'move-home'; from: PlainDate; home: Home; seats: 'keep' | 'release' }
  | { change: 'move-school'; from: PlainDate; placement: Placement }
  | {
      change: 'change-need'
      from: PlainDate
      form: TravelNeedForm
      sentBy: string
      seats: 'keep' | 'release'
    }
)

/** A seat a pupil has on or after the day of a change, and what the run can hold. */
export type SeatAhead = {
  run: RunId
  code: string
  direction: 1 | 2
  school: SchoolId | null
  /** Everyone else who sits on it from that day on. */
  others: number
  layouts: readonly (readonly [seats: number, wheelchairs: number])[]
  assistantPosts: number
}

/** What a change did, told to whoever asks before it is done. */
export type Effects = {
  /** Seats given up. */
  released: readonly SeatAhead[]
  /** Seats kept, each with why it may no longer serve: somebody must look. */
  doubtful: readonly { seat: SeatAhead; why: string }[]
  /** Runs that nobody is left on: nothing may be paid for them. */
  emptied: readonly SeatAhead[]
}

export type PupilChangeRefused =
  | { because: 'not-on-the-register'; pupil: PupilId; on: PlainDate }
  | { because: 'already-there'; school: SchoolId }
  | { because: 'form-incomplete'; missing: readonly MissingAnswer[] }
  | ({ because: 'changed-meanwhile' } & Overtaken)

/** Sorts the seats ahead by what a change makes of them. */
export function effectsOn(seats: readonly SeatAhead[], change: PupilChange): Effects {
  const released = seats.filter((seat) => releases(change, seat))
  const kept = seats.filter((seat) => !released.includes(seat))
  const doubtful = kept.flatMap((seat) => {
    const why = doubtOf(change, seat)
    return why === undefined ? [] : [{ seat, why }]
  })
  return { released, doubtful, emptied: released.filter(({ others }) => others === 0) }
}

function releases(change: PupilChange, { school }: SeatAhead): boolean {
  switch (change.change) {
    case 'leave':
      return true
    case 'move-home':
    case 'change-need':
      return change.seats === 'release'
    case 'move-school':
      // A route that names no school may still serve the new one; it is kept, and doubted.
      return school !== null && school !== change.placement.school
  }
}

function doubtOf(change: PupilChange, seat: SeatAhead): string | undefined {
  if (change.change === 'move-home') return 'its stops and times were planned for the old address'
  if (change.change === 'move-school') return 'its route names no school'
  if (change.change === 'change-need') return whyUnfit(change.form, seat)
  return undefined
}

/** Why a run cannot carry somebody with this need; nothing when it can. */
export function whyUnfit(
  form: Pick<TravelNeedForm, 'mobility' | 'wheelchairTravel' | 'singleOccupancy' | 'assistant'>,
  { layouts, others, assistantPosts }: Pick<SeatAhead, 'layouts' | 'others' | 'assistantPosts'>,
): string | undefined {
  const rides = form.mobility === 'wheelchair' && form.wheelchairTravel !== 'transfer'
  if (rides && !layouts.some(([, wheelchairs]) => wheelchairs > 0)) return 'it has no place for a wheelchair'
  if (form.singleOccupancy && others > 0) return `the pupil must travel alone and ${others} others are aboard`
  if (form.assistant !== undefined && form.assistant !== 'none' && assistantPosts === 0) {
    return 'it has no passenger assistant'
  }
  return undefined
}
