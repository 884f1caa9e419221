import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, plainDate } from '#ground/time.ts'
import { type CohortPlan, flagOf, type Progress, plannedOn, project } from './projection.ts'

const december = plainDate('2021-12-06')
const plan: CohortPlan = {
  beginsOn: plainDate('2022-02-14'),
  points: [
    { on: december, percent: 0 },
    { on: plainDate('2021-12-20'), percent: 40 },
    { on: plainDate('2022-02-07'), percent: 100 },
  ],
}
const mornings = (...percents: number[]): Progress[] =>
  percents.map((percent, i) => ({ on: addDays(december, i), percent }))

test('scenario 4: eight weeks to go, the plan says 40%, 22% are confirmed: red that day, with where it would end', () => {
  const progress = mornings(18, 19, 18.5, 20, 20.5, 21, 20.8, 21.5, 21.7, 22)
  const projection = project(progress, 40)

  expect(plannedOn(plan, plainDate('2021-12-20'))).toBe(40)
  expect(projection).toMatchObject({ rate: 0.4, expected: 39.8, from: 10 })
  expect(projection?.low).toBeLessThan(39.8)
  expect(projection?.high).toBeGreaterThan(39.8)
  expect(flagOf(22, { planned: 40, projection, goal: 100, tolerance: 0 })).toBe('red')
})

test('on the plan today and too slow to reach its end is red too', () => {
  const projection = project(mornings(38, 38.5, 39, 39.5, 40), 40)
  expect(flagOf(40, { planned: 40, projection, goal: 100, tolerance: 0 })).toBe('red')
  expect(flagOf(40, { planned: 40, projection: undefined, goal: 100, tolerance: 0 })).toBe('on-plan')
})

test('within what the council tolerates it is not red; without a plan it is nothing', () => {
  expect(flagOf(37, { planned: 40, projection: undefined, goal: 100, tolerance: 5 })).toBe('on-plan')
  expect(flagOf(37, { planned: undefined, projection: undefined, goal: undefined, tolerance: 5 })).toBe(
    'no-plan',
  )
})

test('the plan runs straight between its points, and level outside them', () => {
  expect(plannedOn(plan, plainDate('2021-12-13'))).toBe(20)
  expect(plannedOn(plan, plainDate('2021-11-01'))).toBe(0)
  expect(plannedOn(plan, plainDate('2022-03-01'))).toBe(100)
  expect(plannedOn({ ...plan, points: [] }, december)).toBeUndefined()
})

test('two mornings have no spread, so nothing is projected from them', () => {
  expect(project(mornings(10, 20), 5)).toBeUndefined()
})

// Checked by hand against the formula of the source: steps 1, 3, 2, 2 have mean 2 and deviation √(2/3).
test('the standard error is that of the random walk with drift', () => {
  const projection = project(mornings(10, 11, 14, 16, 18), 6)
  const error = Math.sqrt(2 / 3) * Math.sqrt(6 * (1 + 6 / 4))
  expect(projection?.expected).toBe(30)
  expect(projection?.low).toBeCloseTo(30 - 1.96 * error, 1)
  expect(projection?.high).toBeCloseTo(30 + 1.96 * error, 1)
})

test('a projection lies between its bounds, they between nought and a hundred, and further off is never surer', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 12 }),
      fc.integer({ min: 1, max: 60 }),
      (percents, ahead) => {
        const near = project(mornings(...percents), ahead)
        if (!near) return false
        const { low, expected, high } = near
        return 0 <= low && low <= expected && expected <= high && high <= 100
      },
    ),
  )
})
