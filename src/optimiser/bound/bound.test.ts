import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearSolver } from '#adapters/highs/linear.ts'
import { check } from '../check.ts'
import { NO_LIMIT, NOWHERE, type Problem } from '../problem.ts'
import { anyProblem, bestOfAll } from '../referee/testing.ts'
import { ROUNDS_BEFORE_PROOF, solve } from '../solve.ts'
import { aCall, aFleet, aProblem, aRequest, aVehicleType } from '../testing.ts'
import { columnBound } from './columns.ts'
import { RelaxedBound } from './relaxation.ts'

const solveProgramme = await linearSolver()
const asked = { solveProgramme, shouldStop: () => false }

function relaxedBound(problem: Problem): number {
  const bound = new RelaxedBound(problem)
  for (let before = 0; !bound.isDone; before = bound.value) {
    bound.work(1)
    // Whoever stops here has a bound already: never a better one than later.
    expect(bound.value).toBeGreaterThanOrEqual(before)
  }
  return bound.value
}

test('no bound is above the best of all plans, whatever the rules', () => {
  const gaps: number[] = []
  fc.assert(
    fc.property(anyProblem({ mostRequests: 3 }), (problem) => {
      const { objective, plan } = bestOfAll(problem)
      const quick = relaxedBound(problem)
      const slow = columnBound(problem, asked)
      gaps.push(objective - (slow ?? 0))

      expect(quick).toBeLessThanOrEqual(objective)
      expect(slow).toBeLessThanOrEqual(objective)
      // Whatever plan is known, the best or none at all.
      const { unplacedPrice } = check(problem, { vehicles: [] })
      for (const known of [
        { plan, cost: objective },
        { plan: { vehicles: [] }, cost: unplacedPrice },
      ]) {
        expect(columnBound(problem, { ...asked, known })).toBeLessThanOrEqual(objective)
      }
    }),
    { numRuns: 60 },
  )
  // A bound of nothing would hold as well.
  expect(gaps.filter((gap) => gap === 0).length).toBeGreaterThan(gaps.length / 2)
}, 60_000)

test('where nothing depends on the clock or on another day, the bound of a few pupils is their best plan', () => {
  const at = [0, 10, 20, 30, 40]
  const pupils = [1, 2, 3].map((home) => aRequest(home, 4, { longestRide: 40 }))
  const problem = aProblem(at, pupils, { types: [aVehicleType({ layouts: [[2]] })] })

  expect(columnBound(problem, asked)).toBe(bestOfAll(problem).objective)
})

test('where halves of runs would be cheaper than any plan, a known plan is still proved the best', () => {
  // Any two of three can share, all three cannot: half of each pair would do.
  const at = [0, 100, 100, 100, 200]
  const pupils = [1, 2, 3].map((home) => aRequest(home, 4, { pickup: aCall(home, { open: 0, close: 0 }) }))
  const types = [aVehicleType({ layouts: [[2]] })]
  const problem = aProblem(at, pupils, { types, fleets: [aFleet({ startsAt: NOWHERE, endsAt: NOWHERE })] })
  const { plan, objective } = bestOfAll(problem)

  expect(columnBound(problem, asked)).toBeLessThan(objective)
  expect(columnBound(problem, { ...asked, known: { plan, cost: objective } })).toBe(objective)
})

test('a search that can prove its plan the best ends there', () => {
  const pupils = Array.from({ length: 8 }, (_, i) => aRequest(i + 1, 9, { longestRide: 80 + i }))
  const problem = aProblem([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], pupils, {
    types: [aVehicleType({ layouts: [[3]] })],
  })
  const { cost, bound, rounds } = solve(problem, { seed: 1, shouldStop: () => false, solveProgramme })

  expect(bound).toBe(cost)
  expect(rounds).toBeLessThanOrEqual(ROUNDS_BEFORE_PROOF)
})

test('a pupil no vehicle can take is bounded by the price of leaving them', () => {
  const wheelchair = aRequest(1, 2, { room: [5], unplacedPrice: 777 })

  expect(relaxedBound(aProblem([0, 10, 20], [wheelchair]))).toBe(777)
  expect(columnBound(aProblem([0, 10, 20], [wheelchair]), asked)).toBe(777)
})

test('pupils who must all be aboard at one instant need as many vehicles as hold them', () => {
  const due = { open: 1000, close: 1005, service: 0 }
  const pupils = Array.from({ length: 8 }, () => aRequest(1, 2, { dropoff: { place: 2, ...due } }))
  const problem = aProblem([0, 10, 20], pupils, { fleets: [aFleet({ count: NO_LIMIT })] })

  expect(relaxedBound(problem)).toBeGreaterThanOrEqual(2000)
})
