/** Why a plan has no place for a pupil, in words, and what could be done about it. */
import type { Reason, Unplaced } from '#optimiser'
import { UNITS_IN_A_PENNY } from './problem-of.ts'
import type { RideAsked } from './question.ts'
import type { Asked } from './runs-of.ts'

export type UnplacedRide = { ride: RideAsked; reasons: readonly string[] }

/** Every ride that the plan leaves out, with why. */
export function unplacedInWords(asked: Asked, unplaced: readonly Unplaced[]): UnplacedRide[] {
  return unplaced.flatMap(({ request, reasons }) => {
    const ride = asked.question.rides[request]
    return ride ? [{ ride, reasons: reasons.map((reason) => reasonInWords(reason, ride)) }] : []
  })
}

const minutes = (seconds: number) => `${Math.ceil(seconds / 60)} minutes`

/** One reason why a ride has no place, and what to do. */
export function reasonInWords(reason: Reason, { bell, limitFrom }: RideAsked): string {
  switch (reason.reason) {
    case 'there-is-no-way':
      return 'No road leads from the home to the school. Put right where the home or the school gate stands.'
    case 'no-vehicle-has-the-room':
      return `No vehicle on offer has ${reason.room[0]} seats and ${reason.room[1]} wheelchair places with ${reason.assistants} assistants. Offer one in the policy “plan-vehicles”.`
    case 'the-direct-ride-is-too-long':
      return `The drive alone takes ${minutes(reason.found)}, and ${minutes(reason.allowed)} are allowed ${fromWhere[limitFrom]}. Approve a longer ride, or arrange it by hand.`
    case 'the-windows-cannot-be-met':
      return `No vehicle can be there in time for the bell at ${bell}.`
    case 'no-vehicle-can-come-in-time':
      return 'No vehicle on offer can make the drive within the longest run allowed.'
    case 'must-share-with-somebody-unplaced':
      return 'Must share with somebody who has no place either.'
    case 'frozen-to-a-vehicle-that-cannot':
      return 'Is to stay on a vehicle that cannot carry them any more.'
    case 'kept-apart-from-everybody':
      return 'Is kept apart from somebody on every vehicle there is.'
    case 'every-vehicle-is-in-use':
      return 'Every vehicle that could is in use. Offer more of them in the policy “plan-vehicles”.'
    case 'costs-more-than-leaving':
      return `Carrying them would cost £${Math.round(reason.cost / UNITS_IN_A_PENNY / 100)} a day, more than any pupil may.`
    case 'no-place-was-found':
      return 'No place was found in the time there was. Search for longer.'
  }
}

/** Whence a limit of a ride comes. */
export const fromWhere: Record<RideAsked['limitFrom'], string> = {
  'need-form': 'by the need form',
  exception: 'by an approved exception',
  policy: 'by the council’s policy',
}
