import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  daysInWords,
  daysOfHalfDays,
  everySchoolDay,
  everySchoolHalfDay,
  halfDayPatternOf,
  isNamedBy,
  patternOf,
  readDays,
  slotsOf,
} from './pattern.ts'
import { plainDate } from './time.ts'

test('days go into a pattern and come back', () => {
  const someDays = fc.uniqueArray(fc.integer({ min: 0, max: 13 }), { minLength: 1 })
  fc.assert(
    fc.property(someDays, (days) => {
      expect(slotsOf(patternOf(days))).toEqual([...days].sort((a, b) => a - b))
    }),
  )
})

test.each([
  ['2022-02-14', everySchoolDay, true],
  ['2022-02-19', everySchoolDay, false],
  ['2020-08-31', patternOf([0]), true],
  ['2020-09-07', patternOf([0]), false],
  ['2020-08-30', patternOf([13]), true],
  ['2019-02-04', patternOf([0]), true],
])('%s against %s: %s', (day, pattern, named) => {
  expect(isNamedBy(pattern, plainDate(day))).toBe(named)
})

test.each([
  ['Mon-Fri', everySchoolDay],
  ['Monday to Friday', everySchoolDay],
  ['mon, tue, wed, thu & fri', everySchoolDay],
  ['Mon Wed Fri', patternOf([0, 2, 4, 7, 9, 11])],
  ['Tues', patternOf([1, 8])],
  ['Fri-Mon', patternOf([4, 5, 6, 0, 11, 12, 13, 7])],
])('read "%s"', (text, pattern) => {
  expect(readDays(text)).toBe(pattern)
})

test.each(['', 'Mo', 'Moonday', 'Mon-', 'Mon-Tue-Wed', 'daily'])('"%s" names no days', (text) => {
  expect(readDays(text)).toBeUndefined()
})

test.each([
  [everySchoolDay, 'Monday to Friday'],
  [patternOf([0, 2, 4, 7, 9, 11]), 'Monday, Wednesday and Friday'],
  [patternOf([0, 7]), 'Monday'],
  [patternOf([0, 1, 2]), 'week A: Monday to Wednesday'],
  [patternOf([0, 8]), 'week A: Monday; week B: Tuesday'],
  [patternOf(Array.from({ length: 14 }, (_, i) => i)), 'every day'],
])('%s is said "%s"', (pattern, words) => {
  expect(daysInWords(pattern)).toBe(words)
})

test('what is said of whole weeks is read back', () => {
  const someWeekdays = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1 })
  fc.assert(
    fc.property(someWeekdays, (days) => {
      const pattern = patternOf(days.flatMap((day) => [day, day + 7]))
      expect(readDays(daysInWords(pattern))).toBe(pattern)
    }),
  )
})

test('somebody who attends a morning travels that day', () => {
  expect(daysOfHalfDays(everySchoolHalfDay)).toBe(everySchoolDay)
  expect(daysOfHalfDays(halfDayPatternOf([0, 5]))).toBe(patternOf([0, 2]))
})

test('a pattern of no days, or of a day past the fortnight, is refused', () => {
  expect(() => patternOf([])).toThrow(/none/)
  expect(() => patternOf([14])).toThrow(/14.*0 to 13/)
  expect(() => slotsOf('{[0,5)' as never)).toThrow(/Not a pattern/)
})
