/** A question an import raised, its answers and what they do: in words for pages. */
import { dayInWords, readPlainDate } from '#ground/time.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { overtakenInWords } from '#web/meanwhile.ts'
import { paths } from '#web/paths.ts'
import { DECIDED } from './kind.ts'
import {
  type Answer,
  type AnswerRefused,
  type Effect,
  type HeldRow,
  type Question,
  questionKey,
} from './question.ts'
import type { PupilInShort } from './question-store.ts'

/** `Where is Amara Osei?`, or `Who is Amara Bright, on line 4 of pupils.csv?`. */
export function questionInWords(question: Question, pupil: PupilInShort | undefined): string {
  if (question.asks === 'missing') return `Where is ${pupil?.name ?? `pupil ${question.pupil}`}?`
  return `Who is ${nameOnRow(question)}?`
}

/** The name a held row gives, as its file writes it. */
export function nameOnRow(question: HeldRow): string {
  const name = [cellUnder(question, 'Given name'), cellUnder(question, 'Family name')]
    .filter(Boolean)
    .join(' ')
  return name === '' ? `the child on line ${question.line}` : name
}

function cellUnder({ mapped, headings, cells }: HeldRow, ours: string): string {
  const column = mapped[ours]?.column
  return column === undefined ? '' : (cells[headings.indexOf(column)] ?? '')
}

/** Born, number, school and postcode of a pupil, in one line. */
export const pupilInWords = ({ bornOn, upn, school, postcode }: PupilInShort): string =>
  [`born ${dayInWords(bornOn)}`, upn === null ? 'no UPN' : `UPN ${upn}`, school, postcode]
    .filter((part) => part !== null)
    .join(' · ')

/** Why a row is held, as a sentence. */
export const heldInWords = ({ says }: HeldRow): string =>
  `${says.slice(0, 1).toUpperCase()}${says.slice(1)}${/[.?!]$/.test(says) ? '' : '.'}`

/** The filled cells of a held row under their own headings. */
export const rowInWords = ({ headings, cells }: HeldRow) =>
  headings.flatMap((key, i) => (cells[i] && key !== DECIDED ? [{ key, text: cells[i] }] : []))

/** What somebody answers, as the heading of the second step and in the audit. */
export function answerInWords(question: Question, answer: Answer, nameOf: (pupil: number) => string): string {
  const who =
    question.asks === 'missing' ? nameOf(question.pupil) : `${nameOnRow(question)} (line ${question.line})`
  switch (answer.answer) {
    case 'still-here':
      return `${who} is still here`
    case 'left':
      return `${who} left on ${dayInWords(answer.lastDay)}`
    case 'same-child':
      return `${who} is the same child as ${nameOf(answer.as)}`
    case 'two-children':
      return `${who} is another child`
    case 'left-out':
      return `${who} is left out`
  }
}

/** One sentence for each thing an answer does. */
export function effectInWords(effect: Effect): string {
  switch (effect.did) {
    case 'nothing':
      return 'Nothing about the child changes. The question is closed, with your name and why.'
    case 'new-pupil':
      return `${effect.name} goes on the register as a new pupil from ${dayInWords(effect.from)}.`
    case 'changed':
      return `${effect.heading}: ${shown(effect.was)} becomes ${shown(effect.is)} from ${dayInWords(effect.from)}${effect.until === null ? '' : ` until ${dayInWords(effect.until)}`}.`
    case 'left-empty':
      return `${effect.heading} ${effect.text} belongs to another child and stays theirs: ask the school for this child’s own.`
    case 'seat-given-up':
      return `The seat on ${effect.code} (${effect.direction === 1 ? 'to school' : 'from school'}) is given up.`
    case 'off-the-register':
      return `From ${dayInWords(effect.from)} the child is no longer on the register.`
    case 'moved':
      return `${effect.facts} facts of the second record move to the first; the second is on the register no longer.`
  }
}

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const day = readPlainDate(text)
  return day === undefined ? `“${text}”` : dayInWords(day)
}

/** Why an answer is refused. */
export function whyNotInWords(refusal: AnswerRefused): FieldError[] {
  switch (refusal.because) {
    case 'answered-already':
      return [
        fieldError(
          'answer',
          'Somebody has answered this meanwhile, or a later extract did. Go back to the list',
        ),
      ]
    case 'not-on-the-register':
      return [
        fieldError(
          'last-day',
          `On ${dayInWords(refusal.on)} this pupil is not on the register. Choose a day on which they are`,
        ),
      ]
    case 'changed-meanwhile':
      return [
        fieldError(
          'answer',
          `${overtakenInWords('this pupil’s record', refusal)} Look at it, then send this again if it still holds`,
        ),
      ]
    case 'row-not-taken':
      return [fieldError('answer', `The row is still not taken: ${refusal.says}`)]
    case 'named-in-a-pairing':
      return [
        fieldError(
          'answer',
          'The second record is named in a pairing of pupils who must not, or had best, travel together. End the pairing first',
        ),
      ]
  }
}

/** A question as the list shows it. */
export const listed = (question: Question, pupil: PupilInShort | undefined) => ({
  title: questionInWords(question, pupil),
  href: paths.importQuestion(questionKey(question)),
  hint:
    question.asks === 'missing'
      ? pupil === undefined
        ? ''
        : pupilInWords(pupil)
      : `Line ${question.line} of ${question.from}: ${question.says}`,
  raised: `Import ${question.importId}, as of ${dayInWords(question.asOf)}`,
})
