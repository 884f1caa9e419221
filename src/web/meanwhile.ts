/** Somebody else's change while a form lay open: told before the form may take its place. */
import { dayInWords, momentInWords, type PlainDate } from '#ground/time.ts'
import { type Overtaken, revisionKnownAt } from '#knowledge/store'
import type { Fields, Visit } from './page.ts'
import type { Question } from './question.ts'

/** `Asha Kaur changed this on 14 February 2022 at 9:00am (“new stop”), after you opened this page.` */
export const overtakenInWords = (what: string, { by, at, reason }: Overtaken): string =>
  `${by} changed ${what} on ${momentInWords(at)} (“${reason}”), after you opened this page.`

/** Why a form is not recorded that would take the place of what its sender never saw. */
export const sentAgain = (overtaken: Overtaken): string =>
  `${overtakenInWords('this', overtaken)} See what stands now, then send yours again if it still holds`

/** From when what a form shows is to hold, where that is yet to come. */
export const aheadInWords = (day: PlainDate): string =>
  `A change from ${dayInWords(day)} is recorded already: this begins with what stands from then on.`

/** What was to come and is replaced: a line for each day on which it was to begin. */
export const closedInWords = (days: readonly PlainDate[]): string[] =>
  days.map((day) => `It takes the place of what was recorded to begin on ${dayInWords(day)}.`)

/** The revision that a form being sent was opened on; the latest, where it says none or is only now opened. */
export const seenBy = async ({ form, sql, now }: Visit): Promise<number> =>
  Number(form['seen']) || (await revisionKnownAt(sql, now))

/**
 * The revision that a form shown again has before its reader's eyes: once told of somebody else's change it is the
 * latest, so that what is sent again is recorded; otherwise the one it was opened on.
 */
export const seenAgain = async (
  { sql, now }: Visit,
  { seen, refusal }: { seen: number; refusal: { because: string } },
): Promise<number> => (refusal.because === 'changed-meanwhile' ? await revisionKnownAt(sql, now) : seen)

export type Stands = { label: string; text: string }

/** The answers that stand now where other ones were typed, in words, in the order in which they are asked. */
export function standsOtherwise(questions: readonly Question[], typed: Fields, standing: Fields): Stands[] {
  return questions.flatMap((question) => {
    const stands = standing[question.name]
    if (stands === undefined || sameLines(stands, typed[question.name] ?? '')) return []
    return [{ label: question.label, text: inWords(question, stands) }]
  })
}

/** A browser sends the lines of a text with carriage returns. */
const sameLines = (one: string, other: string): boolean => linesOf(one) === linesOf(other)
const linesOf = (text: string): string => text.replaceAll('\r\n', '\n').trim()

function inWords(question: Question, stands: string): string {
  if (question.ask === 'yes') return stands === 'yes' ? 'Yes' : 'No'
  if (stands.trim() === '') return 'Nothing'
  if (!('options' in question)) return stands
  const chosen = stands.split(',')
  return question.options.flatMap(({ value, text }) => (chosen.includes(value) ? [text] : [])).join(', ')
}
