/**
 * Is a school open on a day? Its own terms, less bank holidays and whole-day closures, on days it has bells. A school
 * whose calendar we do not hold for that academic year is taken as open, so that nobody is overlooked.
 */
import { daysBetween, type PlainDate, plainDate } from '#ground/time.ts'
import type { Dated, TravelHistory } from './history.ts'

/** What is asked: a day, on what was known at a revision. */
export type At = { on: PlainDate; revision: number }

/** Whether a fact is believed at the revision and true on the day. */
export const holds =
  ({ on, revision }: At) =>
  ({ valid, known }: Dated): boolean =>
    valid.from <= on &&
    (valid.until === null || on < valid.until) &&
    known.from <= revision &&
    (known.until === null || revision < known.until)

const WEEK_A = plainDate('2020-08-31')

/** The day's number in the fortnight: 0 is Monday of week A, that of 31 August 2020. */
export const fortnightDay = (day: PlainDate): number => ((daysBetween(WEEK_A, day) % 14) + 14) % 14

/** Whether a school teaches on the day asked about. */
export function schoolIsOpen(history: TravelHistory, school: number, at: At): boolean {
  const now = holds(at)
  const own = <F extends Dated & { school: number }>(facts: readonly F[]) =>
    facts.filter((fact) => fact.school === school)
  const inTerm = !calendarIsHeld(history, school, at) || own(history.terms).some(now)
  const bells = own(history.bells).filter(now)
  const slot = fortnightDay(at.on)
  const rings = bells.length === 0 ? slot % 7 < 5 : bells.some(({ days }) => days.includes(slot))
  const closed = own(history.closures).some((closure) => closure.part === 'whole-day' && now(closure))
  return inTerm && rings && !closed && !history.bankHolidays.some(now)
}

/** Whether we hold any term of the academic year, 1 September to 31 August, that the day lies in. */
function calendarIsHeld({ terms }: TravelHistory, school: number, { on, revision }: At): boolean {
  const startsIn = Number(on.slice(0, 4)) - (on.slice(5, 7) < '09' ? 1 : 0)
  const [first, next] = [`${startsIn}-09-01`, `${startsIn + 1}-09-01`]
  return terms.some(
    ({ school: whose, valid, known }) =>
      whose === school &&
      valid.from < next &&
      (valid.until === null || valid.until > first) &&
      known.from <= revision &&
      (known.until === null || revision < known.until),
  )
}
