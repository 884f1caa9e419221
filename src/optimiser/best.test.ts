import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import type { Problem, Request } from './problem.ts'
import { anyProblem, bestOfAll } from './referee/testing.ts'
import { solve } from './solve.ts'
import { aCounty, aFleet } from './testing.ts'

/** What the plan found in so many rounds costs, whoever it leaves out priced. */
function foundFor(problem: Problem, rounds: number, seed = 1): number {
  let left = rounds
  const { plan } = solve(problem, { seed, shouldStop: () => left-- <= 0 })
  const { cost, unplacedPrice, words } = check(problem, plan)
  expect(words).toEqual([])
  return cost + unplacedPrice
}

test('of up to three pupils on one day, the plan is the best of all plans', () => {
  const onOneDay = anyProblem({ mostRequests: 3 }).filter(({ days }) => days === 1)
  const problems = fc.sample(onOneDay, 150)
  const above = problems.map((problem) => foundFor(problem, 200) - bestOfAll(problem).objective)

  expect(Math.min(...above)).toBe(0)
  // A vehicle of other hours is not tried for a place on a run that has room: one problem in some hundreds needs it.
  expect(above.filter((more) => more > 0).length).toBeLessThanOrEqual(3)
}, 60_000)

const ROUNDS = 1500
/** A search is not exact: so many hundredths may be luck. */
const LUCK = 1.02
const few = aCounty(40)
const forAll = (but: Partial<Request>) => few.requests.map((request) => ({ ...request, ...but }))
const minibuses = few.fleets.map((fleet) => ({ ...fleet, count: 2 }))

test.each<[string, Problem, Problem]>([
  [
    'one vehicle more',
    { ...few, fleets: minibuses },
    { ...few, fleets: [...minibuses, aFleet({ type: 1, count: 1 })] },
  ],
  ['longer rides', { ...few, requests: forAll({ longestRide: 4000 }) }, few],
  ['more company', { ...few, requests: forAll({ atMostOthers: 1 }) }, few],
  ['a longer shift', { ...few, types: few.types.map((type) => ({ ...type, longestShift: 5000 })) }, few],
  ['one pupil fewer', few, { ...few, requests: few.requests.slice(1) }],
  ['nobody kept apart', { ...few, classesApart: [[0, 0]] }, few],
])('with %s, the plan costs no more', (_what, tight, loose) => {
  expect(foundFor(loose, ROUNDS)).toBeLessThanOrEqual(foundFor(tight, ROUNDS) * LUCK)
})
