/**
 * Days, moments and wall times. A day is text (`2026-09-01`): it compares and sorts as text, and has no zone to
 * lose. Wall times are Europe/London. This file is the program's only clock; everyone else is told the time.
 */
declare const brand: unique symbol
/** A day on the calendar, `2026-09-01`. Sorts and compares as text. */
export type PlainDate = string & { readonly [brand]: 'PlainDate' }
/** A moment, `2026-09-01T07:45:00Z`. */
export type Instant = string & { readonly [brand]: 'Instant' }
/** A wall time at a school or stop, `07:45`. */
export type WallTime = string & { readonly [brand]: 'WallTime' }
/** Monday is 1 and Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** What was true on a day, as far as we knew at a moment. */
export type AsAt = { on: PlainDate; knownAt: Instant }

const LONDON = 'Europe/London'

/** A day that exists, or a RangeError that names it. */
export function plainDate(text: string): PlainDate {
  const day = readPlainDate(text)
  if (day === undefined) throw new RangeError(`Not a day on the calendar: "${text}". Expected YYYY-MM-DD.`)
  return day
}

/** A day that exists, or nothing: 31 April and 29 February 2027 are nothing. */
export function readPlainDate(text: string): PlainDate | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as PlainDate
  } catch {
    return undefined
  }
}

/**
 * A moment from `2022-02-14T07:00:00Z`, or from a London wall time without a zone, `2022-02-14T07:00`.
 * In the hour that happens twice in October the earlier is meant; nothing for text that is no moment.
 */
export function readInstant(text: string): Instant | undefined {
  try {
    if (/(Z|[+-]\d{2}:?\d{2})$/.test(text)) return Temporal.Instant.from(text).toString() as Instant
    const wall = Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    return wall.toZonedDateTime(LONDON, { disambiguation: 'earlier' }).toInstant().toString() as Instant
  } catch {
    return undefined
  }
}

/** As readInstant, or a RangeError that names the text. */
export function instant(text: string): Instant {
  const moment = readInstant(text)
  if (moment === undefined) throw new RangeError(`Not a moment: "${text}". Expected 2022-02-14T07:00.`)
  return moment
}

/** The program's clock. Shells call it and pass the answer down. */
export const now = (): Instant => Temporal.Now.instant().toString() as Instant

/** The day it is in London at a moment. */
export const dayOf = (moment: Instant): PlainDate =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(LONDON).toPlainDate().toString() as PlainDate

/** The London wall time of a moment, `07:00`. */
export const wallTimeOf = (moment: Instant): WallTime =>
  Temporal.Instant.from(moment)
    .toZonedDateTimeISO(LONDON)
    .toPlainTime()
    .toString({ smallestUnit: 'minute' }) as WallTime

/** The moment at which a wall clock in London shows `time` on `day`. */
export const momentAt = (day: PlainDate, time: WallTime): Instant => instant(`${day}T${time}`)

export const addDays = (day: PlainDate, days: number): PlainDate =>
  Temporal.PlainDate.from(day).add({ days }).toString() as PlainDate

/** The same day of the month some months on, or the month's last day where it has no such day. */
export const addMonths = (day: PlainDate, months: number): PlainDate =>
  Temporal.PlainDate.from(day).add({ months }).toString() as PlainDate

export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days

export const weekdayOf = (day: PlainDate): Weekday => Temporal.PlainDate.from(day).dayOfWeek as Weekday

/** Every day from the first to the last, both included. */
export function eachDay(first: PlainDate, last: PlainDate): PlainDate[] {
  const days: PlainDate[] = []
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day)
  return days
}

/** Whole years lived on a day. Someone born on 29 February has a birthday on 1 March in other years. */
export function ageOn(born: PlainDate, on: PlainDate): number {
  const birthdayHasPassed = on.slice(5) >= born.slice(5)
  return Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (birthdayHasPassed ? 0 : 1)
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `14 February 2026`, as the GOV.UK style writes a day. A page says hundreds of days: a locale is not asked for each. */
export const dayInWords = (day: PlainDate): string =>
  `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(0, 4))}`

/** `7:45am`, as the GOV.UK style writes a time. */
export function timeInWords(time: WallTime): string {
  const hour = Number(time.slice(0, 2))
  return `${hour % 12 === 0 ? 12 : hour % 12}:${time.slice(3, 5)}${hour < 12 ? 'am' : 'pm'}`
}

/** `14 February 2026 at 7:45am`. */
export const momentInWords = (moment: Instant): string =>
  `${dayInWords(dayOf(moment))} at ${timeInWords(wallTimeOf(moment))}`

/** So many hours later, or earlier. */
export const addHours = (moment: Instant, hours: number): Instant =>
  Temporal.Instant.from(moment).add({ hours }).toString() as Instant

/** The earlier of two moments. Moments are not compared as text: one may be written with fractions of a second. */
export const earlierOf = (a: Instant, b: Instant): Instant => (Temporal.Instant.compare(a, b) <= 0 ? a : b)
