/** What an import asks a person: where a pupil it no longer holds has gone, and who the child of a held row is. */
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import type { Overtaken } from '#knowledge/store'
import type { Source } from './mapping.ts'

type Asked = { importId: number; asOf: PlainDate }

/** In the extract before, on the register still, and not in this one. */
export type MissingPupil = Asked & { asks: 'missing'; pupil: PupilId }

/** A row that may be about a child the register knows. */
export type HeldRow = Asked & {
  asks: 'held'
  sheet: number
  line: number
  from: string
  kind: string
  headings: readonly string[]
  /** Which of their columns was which of ours. */
  mapped: Readonly<Record<string, Source>>
  cells: readonly string[]
  says: string
}
export type Question = MissingPupil | HeldRow

export type Answer =
  | { answer: 'still-here' }
  | { answer: 'left'; lastDay: PlainDate }
  | { answer: 'same-child'; as: PupilId }
  | { answer: 'two-children' }
  | { answer: 'left-out' }

/** The name of a question in an address: `12-pupil-7`, `12-row-0-3`. */
export const questionKey = (question: Question): string =>
  question.asks === 'missing'
    ? `${question.importId}-pupil-${question.pupil}`
    : `${question.importId}-row-${question.sheet}-${question.line}`

/** What an answer did, in the words of the register. */
export type Effect =
  | { did: 'nothing' }
  | { did: 'new-pupil'; name: string; from: PlainDate }
  | { did: 'changed'; heading: string; was: unknown; is: unknown; from: PlainDate; until: PlainDate | null }
  | { did: 'left-empty'; heading: string; text: string }
  | { did: 'seat-given-up'; code: string; direction: 1 | 2 }
  | { did: 'off-the-register'; from: PlainDate }
  | { did: 'moved'; facts: number }

export type AnswerRefused =
  | { because: 'answered-already' }
  | { because: 'not-on-the-register'; on: PlainDate }
  | ({ because: 'changed-meanwhile' } & Overtaken)
  | { because: 'row-not-taken'; says: string }
  | { because: 'named-in-a-pairing' }
