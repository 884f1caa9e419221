/** What a change to a pupil does to their seats, in sentences; and why it is refused. */
import { dayInWords } from '#ground/time.ts'
import type { Overtaken } from '#knowledge/store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { overtakenInWords } from '#web/meanwhile.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import type { Effects, PupilChangeRefused, SeatAhead } from './pupil-change.ts'

const seatInWords = ({ code, direction }: SeatAhead): string =>
  `${code} (${directionInWords(direction).toLowerCase()})`

/** One line for each thing a change does. */
export function effectsInWords({ released, doubtful, emptied }: Effects): string[] {
  return [
    ...released.map((seat) => `The seat on ${seatInWords(seat)} is given up.`),
    ...doubtful.map(({ seat, why }) => `The seat on ${seatInWords(seat)} is kept, but ${why}.`),
    ...emptied.map(
      (seat) => `Nobody is left on ${seatInWords(seat)}: a ghost route, for which nothing is to be paid.`,
    ),
    ...(released.length + doubtful.length === 0 ? ['No seat is touched.'] : []),
  ]
}

/** Why a form is not recorded over what others recorded of the pupil while it lay open. */
export const changedMeanwhile = (overtaken: Overtaken, field: string): FieldError[] => [
  fieldError(
    field,
    `${overtakenInWords('this pupil’s record', overtaken)} Look at it, then send this again if it still holds`,
  ),
]

/** Why a change is refused, beside the field that would have to be different. */
export function refusalInWords(refusal: PupilChangeRefused, field: string): FieldError[] {
  switch (refusal.because) {
    case 'not-on-the-register':
      return [
        fieldError(
          field,
          `On ${dayInWords(refusal.on)} this pupil is not on the register. Choose a day on which they are`,
        ),
      ]
    case 'already-there':
      return [fieldError('school', 'The pupil already attends this school. Choose another')]
    case 'form-incomplete':
      return refusal.missing.map(({ question, because }) => fieldError(question, `Answer this: ${because}`))
    case 'changed-meanwhile':
      return changedMeanwhile(refusal, field)
  }
}
