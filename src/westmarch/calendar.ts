/** School years of Westmarch, worked out as English county calendars are: six half-terms around the feasts. */
import { addDays, eachDay, type PlainDate, plainDate, weekdayOf } from '#ground/time.ts'

export type Term = { name: string; firstDay: PlainDate; lastDay: PlainDate }
export type SchoolYear = {
  /** The year in which it begins. */
  year: number
  firstDay: PlainDate
  lastDay: PlainDate
  terms: readonly Term[]
  bankHolidays: readonly { name: string; day: PlainDate }[]
}

const date = (year: number, month: number, day: number): PlainDate =>
  plainDate(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

/** The first such weekday (Monday is 1) on or after a day. */
const onOrAfter = (day: PlainDate, weekday: number): PlainDate =>
  addDays(day, (weekday - weekdayOf(day) + 7) % 7)
const onOrBefore = (day: PlainDate, weekday: number): PlainDate =>
  addDays(day, -((weekdayOf(day) - weekday + 7) % 7))

const MONDAY = 1
const FRIDAY = 5

/** Easter Sunday of the Gregorian calendar: Meeus, Jones and Butcher's method. */
export function easterOf(year: number): PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  return date(year, month, (h + l - 7 * m + 33 * month + 19) % 32)
}

/** The Monday of the February half-term: the third of the month, as most counties have it. */
export const februaryHalfTerm = (year: number): PlainDate => addDays(onOrAfter(date(year, 2, 1), MONDAY), 14)

/** The school year that begins in September of `year`. */
export function schoolYear(year: number): SchoolYear {
  const october = onOrBefore(date(year, 10, 28), MONDAY)
  const christmas = onOrBefore(date(year, 12, 21), FRIDAY)
  const february = februaryHalfTerm(year + 1)
  const easter = easterOf(year + 1)
  // Two weeks: from the Monday before Good Friday.
  const easterBreak = addDays(easter, -13)
  const may = onOrBefore(date(year + 1, 5, 31), MONDAY)
  const firstDay = onOrAfter(
    date(year, 9, 2),
    weekdayOf(date(year, 9, 2)) > FRIDAY ? MONDAY : weekdayOf(date(year, 9, 2)),
  )
  const lastDay = onOrBefore(date(year + 1, 7, 23), FRIDAY)
  const terms: Term[] = [
    { name: 'Autumn, first half', firstDay, lastDay: addDays(october, -3) },
    { name: 'Autumn, second half', firstDay: addDays(october, 7), lastDay: christmas },
    {
      name: 'Spring, first half',
      firstDay: onOrAfter(date(year + 1, 1, 4), MONDAY),
      lastDay: addDays(february, -3),
    },
    { name: 'Spring, second half', firstDay: addDays(february, 7), lastDay: addDays(easterBreak, -3) },
    { name: 'Summer, first half', firstDay: addDays(easterBreak, 14), lastDay: addDays(may, -3) },
    { name: 'Summer, second half', firstDay: addDays(may, 7), lastDay },
  ]
  return { year, firstDay, lastDay, terms, bankHolidays: bankHolidays(year, easter) }
}

/** Bank holidays of England from September of a year to the August after; a Christmas at the weekend is given back. */
function bankHolidays(year: number, easter: PlainDate) {
  return [
    {
      name: 'Christmas Day',
      day: onOrAfter(
        date(year, 12, 25),
        weekdayOf(date(year, 12, 25)) > FRIDAY ? MONDAY : weekdayOf(date(year, 12, 25)),
      ),
    },
    {
      name: 'New Year’s Day',
      day: onOrAfter(
        date(year + 1, 1, 1),
        weekdayOf(date(year + 1, 1, 1)) > FRIDAY ? MONDAY : weekdayOf(date(year + 1, 1, 1)),
      ),
    },
    { name: 'Good Friday', day: addDays(easter, -2) },
    { name: 'Easter Monday', day: addDays(easter, 1) },
    { name: 'Early May bank holiday', day: onOrAfter(date(year + 1, 5, 1), MONDAY) },
    { name: 'Spring bank holiday', day: onOrBefore(date(year + 1, 5, 31), MONDAY) },
    { name: 'Summer bank holiday', day: onOrBefore(date(year + 1, 8, 31), MONDAY) },
  ]
}

/** The days of a year on which its schools are open, leaving aside their own training days. */
export function schoolDays({ terms, bankHolidays: holidays }: SchoolYear): PlainDate[] {
  const shut = new Set(holidays.map(({ day }) => day))
  return terms
    .flatMap(({ firstDay, lastDay }) => eachDay(firstDay, lastDay))
    .filter((day) => weekdayOf(day) <= FRIDAY && !shut.has(day))
}

/** The year, by its September, that a day belongs to. */
export const schoolYearOf = (day: PlainDate): number =>
  Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < 9 ? 1 : 0)
