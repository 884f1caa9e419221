/** Somebody else's change while a form lay open: told before the form may take its place. */
import { dayInWords, momentInWords, type PlainDate } from '#ground/time.ts'
import { latestRevision, type Overtaken } from '#knowledge/store'
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

/** A form before somebody's eyes: what they saw of the register, and what there is of it now. */
export type Opened = {
  /** The last revision when the form was opened; the latest, where it says none or is only now opened. */
  seen: number
  /** The last revision now. What is read through `visit` is read as known by then, or later. */
  latest: number
  visit: Visit
}

/**
 * Opens a form, or takes one that is sent. Asked before anything that is shown is read, so that nothing recorded in
 * between goes unnoticed; and its moment is the latest revision's own where the clock of another machine, which
 * recorded it, is ahead of this one.
 */
export async function openedOn(visit: Visit): Promise<Opened> {
  const { revision: latest, knownAt: now } = await latestRevision(visit.sql, visit.now)
  return { seen: Number(visit.form['seen']) || latest, latest, visit: { ...visit, now } }
}

/**
 * The revision that a form shown again has before its reader's eyes: once told of somebody else's change it is the
 * latest, so that what is sent again is recorded; otherwise the one it was opened on.
 */
export const seenAgain = ({ seen, latest }: Opened, refusal: { because: string }): number =>
  refusal.because === 'changed-meanwhile' ? latest : seen

export type Stands = { name: string; label: string; text: string }

/** The answers that stand now where other ones were typed, in words, in the order in which they are asked. */
export function standsOtherwise(questions: readonly Question[], typed: Fields, standing: Fields): Stands[] {
  return questions.flatMap((question) => {
    const stands = standing[question.name]
    if (stands === undefined || sameLines(stands, typed[question.name] ?? '')) return []
    const { name, label } = question
    return [{ name, label, text: inWords(question, stands) }]
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
