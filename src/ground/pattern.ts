/**
 * Days of a fortnight, as every pattern is kept: 0 is Monday of week A (that of 31 August 2020), 13 Sunday of week B.
 * PostgreSQL holds a pattern as a multirange, `{[0,5),[7,12)}`; people say "Monday to Friday".
 */
import { daysBetween, type PlainDate, plainDate } from './time.ts'

declare const brand: unique symbol
/** A pattern as the database writes it, in whole days of a fortnight. */
export type DayPattern = string & { readonly [brand]: 'DayPattern' }
/** A pattern in half-days of a fortnight, 0 to 27: twice the day, plus one for the afternoon. */
export type HalfDayPattern = string & { readonly [brand]: 'HalfDayPattern' }

const WEEK = 7
const NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

export const everySchoolDay = '{[0,5),[7,12)}' as DayPattern
export const everyHalfDay = '{[0,28)}' as HalfDayPattern
export const everySchoolHalfDay = '{[0,10),[14,24)}' as HalfDayPattern

/** The pattern of some days of the fortnight, in any order. Throws RangeError for none, or for a day past 13. */
export function patternOf(days: readonly number[]): DayPattern {
  return multirange(days, 2 * WEEK) as DayPattern
}

/** The pattern of some half-days of the fortnight. Throws RangeError for none, or for one past 27. */
export function halfDayPatternOf(halfDays: readonly number[]): HalfDayPattern {
  return multirange(halfDays, 4 * WEEK) as HalfDayPattern
}

/** The numbers a pattern holds, in order. Throws RangeError for text that is no pattern. */
export function slotsOf(pattern: DayPattern | HalfDayPattern): number[] {
  const ranges = [...pattern.matchAll(/\[(\d+),(\d+)\)/g)]
  if (`{${ranges.map(([text]) => text).join(',')}}` !== pattern || ranges.length === 0) {
    throw new RangeError(`Not a pattern of days: "${pattern}". Expected one like {[0,5),[7,12)}.`)
  }
  return ranges.flatMap(([, from, until]) =>
    Array.from({ length: Number(until) - Number(from) }, (_, i) => Number(from) + i),
  )
}

/** The days on which any half of a half-day pattern lies: who attends a morning travels that day. */
export const daysOfHalfDays = (pattern: HalfDayPattern): DayPattern =>
  patternOf([...new Set(slotsOf(pattern).map((half) => Math.floor(half / 2)))])

const FIRST_DAY_OF_A_FORTNIGHT = plainDate('2020-08-31')

/** Whether a pattern names this day: the fortnights run from the same Monday as in the database. */
export function isNamedBy(pattern: DayPattern, day: PlainDate): boolean {
  const since = daysBetween(FIRST_DAY_OF_A_FORTNIGHT, day) % 14
  return slotsOf(pattern).includes((since + 14) % 14)
}

/** `Monday to Friday`, `Monday, Wednesday and Friday`, `week A: Monday; week B: Tuesday`. */
export function daysInWords(pattern: DayPattern): string {
  const slots = slotsOf(pattern)
  const weekA = slots.filter((day) => day < WEEK)
  const weekB = slots.filter((day) => day >= WEEK).map((day) => day - WEEK)
  if (weekA.join() === weekB.join()) return weekInWords(weekA)
  return [
    ...(weekA.length > 0 ? [`week A: ${weekInWords(weekA)}`] : []),
    ...(weekB.length > 0 ? [`week B: ${weekInWords(weekB)}`] : []),
  ].join('; ')
}

function weekInWords(days: readonly number[]): string {
  const [first = 0] = days
  const last = days.at(-1) ?? first
  const name = (day: number) => NAMES[day] ?? ''
  if (days.length === WEEK) return 'every day'
  if (days.length > 2 && last - first === days.length - 1) return `${name(first)} to ${name(last)}`
  const names = days.map(name)
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')
}

/**
 * Reads days as people type them: "Mon-Fri", "Monday to Friday", "Mon, Wed, Fri", "MWF" is not read.
 * Both weeks of the fortnight are meant. Nothing for text that names no day or a word that is none.
 */
export function readDays(text: string): DayPattern | undefined {
  const words = text
    .toLowerCase()
    .replace(/\band\b|&/g, ',')
    .replace(/\s*(\bto\b|[-–—])\s*/g, '-')
  const days = new Set<number>()
  for (const part of words
    .split(/[,;/]|\s+(?=[a-z])/)
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const range = daysIn(part)
    if (!range) return undefined
    for (const day of range) days.add(day)
  }
  return days.size === 0 ? undefined : patternOf([...days].flatMap((day) => [day, day + WEEK]))
}

function daysIn(part: string): number[] | undefined {
  const [from, to, ...more] = part.split(/\s*-\s*/).map(dayNamed)
  if (from === undefined || more.length > 0) return undefined
  if (!part.includes('-')) return [from]
  if (to === undefined) return undefined
  return Array.from({ length: ((to - from + WEEK) % WEEK) + 1 }, (_, i) => (from + i) % WEEK)
}

function dayNamed(name: string): number | undefined {
  if (name.length < 3) return undefined
  const found = NAMES.findIndex((day) => day.toLowerCase().startsWith(name.replace(/s$/, '')))
  return found < 0 ? undefined : found
}

function multirange(slots: readonly number[], size: number): string {
  const sorted = [...new Set(slots)].sort((a, b) => a - b)
  if (sorted.length === 0 || sorted.some((slot) => !Number.isInteger(slot) || slot < 0 || slot >= size)) {
    throw new RangeError(`Not days of a fortnight: ${slots.join(', ') || 'none'}. Expected 0 to ${size - 1}.`)
  }
  const ranges: [number, number][] = []
  for (const slot of sorted) {
    const last = ranges.at(-1)
    if (last && last[1] === slot) last[1] = slot + 1
    else ranges.push([slot, slot + 1])
  }
  return `{${ranges.map(([from, until]) => `[${from},${until})`).join(',')}}`
}
