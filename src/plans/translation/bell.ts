/** When a school's bell rings for one of its pupils: to let them in, or out. */
import { type DayPattern, slotsOf } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import type { Person, SchoolDay } from '../scenario/person.ts'

/** The bell of a school on a day of the fortnight; nothing on a day it does not open. */
export function bellOf({ bells }: SchoolDay, direction: 1 | 2, day: number): WallTime | undefined {
  const hours = bells.find(({ days }) => slotsOf(days).includes(day))
  return hours && (direction === 1 ? hours.opens : hours.closes)
}

/** The bell that a pupil's journey runs to or from, on the first of these days that they attend. */
export function bellFor(
  { placements }: Person,
  { direction, days }: { direction: 1 | 2; days: DayPattern },
  schools: readonly SchoolDay[],
): WallTime | null {
  for (const day of slotsOf(days)) {
    const placed = placements.find(({ pattern }) => slotsOf(pattern).includes(2 * day + direction - 1))
    const school = schools.find((one) => one.school === placed?.school)
    const bell = school && bellOf(school, direction, day)
    if (bell) return bell
  }
  return null
}
