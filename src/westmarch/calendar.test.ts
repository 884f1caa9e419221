import { expect, test } from 'vitest'
import { plainDate, weekdayOf } from '#ground/time.ts'
import { easterOf, februaryHalfTerm, schoolDays, schoolYear, schoolYearOf } from './calendar.ts'

// From the tables in the Book of Common Prayer.
test.each([
  [2022, '2022-04-17'],
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2038, '2038-04-25'],
])('Easter of %i is %s', (year, day) => {
  expect(easterOf(year)).toBe(day)
})

test('every year from 2020 to 2040 has its 190 days or so, in six half-terms that begin and end in the week', () => {
  for (let year = 2020; year <= 2040; year++) {
    const { terms, firstDay, lastDay } = schoolYear(year)
    const days = schoolDays(schoolYear(year))
    expect(terms).toHaveLength(6)
    expect(days.length, String(year)).toBeGreaterThanOrEqual(183)
    expect(days.length, String(year)).toBeLessThanOrEqual(200)
    expect(days[0]).toBe(firstDay)
    expect(days.at(-1)).toBe(lastDay)
    for (const [i, { firstDay: first, lastDay: last }] of terms.entries()) {
      expect(first < last).toBe(true)
      expect(weekdayOf(first)).toBeLessThan(6)
      expect(weekdayOf(last)).toBeLessThan(6)
      const before = terms[i - 1]
      if (before) expect(before.lastDay < first).toBe(true)
    }
  }
})

test('the February half-term of 2022 began on the 21st, that of 2026 on the 16th', () => {
  expect(februaryHalfTerm(2022)).toBe('2022-02-21')
  expect(februaryHalfTerm(2026)).toBe('2026-02-16')
})

test('August belongs to the year before', () => {
  expect(schoolYearOf(plainDate('2026-08-31'))).toBe(2025)
  expect(schoolYearOf(plainDate('2026-09-01'))).toBe(2026)
})
