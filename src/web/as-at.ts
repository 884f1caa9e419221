/**
 * The day and the moment a page is asked about. Both stand in the URL (`?on=2022-02-14&known-at=2022-02-14T07:00`),
 * so that what an officer saw can be sent to an auditor and seen again.
 */
import { dayInWords, dayOf, type Instant, momentInWords, readInstant, readPlainDate } from '#ground/time.ts'
import { type FieldError, fieldError } from './forms.ts'
import type { Fields, Moment } from './page.ts'

/** Reads the two clocks out of a URL. What cannot be read is kept as typed, with what is wrong; the present stands in. */
export function readMoment(query: Fields, now: Instant): Moment {
  const typed = { on: query['on']?.trim() ?? '', knownAt: query['known-at']?.trim() ?? '' }
  const on = readPlainDate(typed.on)
  const knownAt = readInstant(typed.knownAt)
  const errors: FieldError[] = []
  if (typed.on !== '' && on === undefined) {
    errors.push(fieldError('on', `"${typed.on}" is not a day. Enter one like 2022-02-14`))
  }
  if (typed.knownAt !== '' && knownAt === undefined) {
    errors.push(fieldError('known-at', `"${typed.knownAt}" is not a moment. Enter one like 2022-02-14T07:00`))
  }
  return {
    on: on ?? dayOf(now),
    knownAt: knownAt ?? now,
    chosen: on !== undefined || knownAt !== undefined,
    typed,
    errors,
  }
}

/** What the switch shows: the sentence, the fields, and what the rest of the URL must keep. */
export function asAtView(asAt: Moment, { path, query }: { path: string; query: Fields }) {
  const kept = Object.entries(query).filter(([name]) => !['on', 'known-at', 'page'].includes(name))
  return {
    sentence: inWords(asAt),
    chosen: asAt.chosen,
    open: asAt.errors.length > 0,
    on: asAt.typed.on || asAt.on,
    knownAt: asAt.typed.knownAt,
    kept: kept.map(([name, value]) => ({ name, value })),
    path,
    backToToday: kept.length > 0 ? `${path}?${new URLSearchParams(kept)}` : path,
    errors: asAt.errors,
  }
}

const inWords = ({ on, knownAt, typed }: Moment) =>
  typed.knownAt === ''
    ? `${dayInWords(on)}, as known now`
    : `${dayInWords(on)}, as known on ${momentInWords(knownAt)}`
