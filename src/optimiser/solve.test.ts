import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from './check.ts'
import { NO_LIMIT, NOWHERE, type Problem } from './problem.ts'
import { type Progress, solve } from './solve.ts'
import { aCall, aCounty, aFleet, anyRichProblem, aProblem, aRequest, aVehicleType } from './testing.ts'

const after = (rounds: number) => {
  let left = rounds
  return () => left-- <= 0
}
const solved = (problem: Problem, rounds = 60) => solve(problem, { seed: 1, shouldStop: after(rounds) })

test('two pupils on one way share a vehicle', () => {
  const { plan, cost, unplaced } = solved(aProblem([0, 10, 20, 50], [aRequest(1, 3), aRequest(2, 3)]))

  expect(unplaced).toEqual([])
  expect(plan.vehicles.map(({ runs }) => runs)).toHaveLength(1)
  expect(cost).toBe(1000 + 100)
})

test('a pupil who travels alone has a vehicle, or a round, of their own', () => {
  const alone = aRequest(1, 3, { atMostOthers: 0 })
  const { plan, unplaced } = solved(aProblem([0, 10, 20, 50], [alone, aRequest(2, 3)]))

  expect(unplaced).toEqual([])
  expect(check(aProblem([0, 10, 20, 50], [alone, aRequest(2, 3)]), plan).words).toEqual([])
})

test('a seat left on Wednesday is somebody else’s on Thursday', () => {
  const early = aRequest(1, 3, { days: 0b00111, dropoff: aCall(3, { open: 100, close: 140 }) })
  const late = aRequest(1, 3, { days: 0b11000, dropoff: aCall(3, { open: 100, close: 140 }) })
  const taxi = aVehicleType({ layouts: [[1]] })
  const { plan, unplaced } = solved(
    aProblem([0, 10, 20, 50], [early, late], { types: [taxi], days: 5, fleets: [aFleet({ count: 1 })] }),
  )

  expect(unplaced).toEqual([])
  expect(plan.vehicles).toHaveLength(1)
})

test('a frozen run stays as it is, and its pupils on it', () => {
  const [first, second] = [
    aRequest(2, 3, { present: { vehicle: 0, movedPrice: 0, frozen: true } }),
    aRequest(1, 3, { present: { vehicle: 0, movedPrice: 0, frozen: true } }),
  ]
  const inForce = { fleet: 0, was: NOWHERE, runs: [[0, 2, 1, 3]], frozen: true }
  const { plan } = solved(aProblem([0, 10, 20, 50], [first, second, aRequest(1, 3)], { present: [inForce] }))

  expect(plan.vehicles.find(({ was }) => was === 0)?.runs).toEqual([[0, 2, 1, 3]])
})

test('nobody is moved from the vehicle they know for less than moving them is worth', () => {
  const stays = { vehicle: 0, movedPrice: 100_000, frozen: false }
  const inForce = { fleet: 0, was: NOWHERE, runs: [[0, 1]], frozen: false }
  const { plan } = solved(
    aProblem([0, 10, 20, 50], [aRequest(1, 3, { present: stays }), aRequest(2, 3)], { present: [inForce] }),
  )

  expect(plan.vehicles.find(({ was }) => was === 0)?.runs[0]).toContain(0)
})

test('a pupil who cannot be carried is left unplaced, and the others are not', () => {
  const wheelchair = aRequest(1, 3, { room: [5] })
  expect(solved(aProblem([0, 10, 20, 50], [wheelchair, aRequest(2, 3)])).unplaced).toEqual([
    { request: 0, reasons: [{ reason: 'no-vehicle-has-the-room', room: [5], assistants: 0 }] },
  ])
})

test('nobody at all is an empty plan', () => {
  expect(solved(aProblem([0], [])).plan).toEqual({ vehicles: [] })
})

test('no vehicles at all leaves everybody unplaced', () => {
  const { unplaced } = solved(aProblem([0, 10], [aRequest(0, 1)], { fleets: [] }))
  expect(unplaced.map(({ request }) => request)).toEqual([0])
})

test('the same seed gives the same plan', () => {
  fc.assert(
    fc.property(anyRichProblem(), (problem) => {
      expect(solved(problem).plan).toEqual(solved(problem).plan)
    }),
    { numRuns: 50 },
  )
})

test('no plan that leaves breaks a rule, whatever the problem', () => {
  fc.assert(
    fc.property(anyRichProblem(), (problem) => {
      const { plan, cost, bound, unplaced } = solved(problem)
      const verdict = check(problem, plan)
      expect(verdict.words).toEqual([])
      expect(cost).toBe(verdict.cost)
      expect(unplaced.map(({ request }) => request)).toEqual(verdict.unplaced)
      expect(bound).toBeLessThanOrEqual(verdict.cost + verdict.unplacedPrice)
    }),
    { numRuns: 300 },
  )
})

test('limits of NO_LIMIT are no limits', () => {
  const anytime = { open: -NO_LIMIT, close: NO_LIMIT - 1 }
  const free = aRequest(1, 3, { pickup: aCall(1, anytime), dropoff: aCall(3, anytime) })
  expect(solved(aProblem([0, 10, 20, 50], [free])).unplaced).toEqual([])
})

test('whoever watches is told how far from the best it may be', () => {
  const told: Progress[] = []
  solve(aCounty(60), { seed: 1, shouldStop: after(500), onBetter: (progress) => told.push(progress) })

  expect(told.length).toBeGreaterThan(0)
  for (const { cost, bound, gap } of told) {
    expect(bound).toBeGreaterThan(0)
    expect(gap).toBeCloseTo((cost - bound) / cost)
  }
})

const processorTime = () => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

test.each([0, 100, 1500])(
  'told to stop after %i ms of work, a county of two thousand pupils has its plan and its reasons within 50',
  { retry: 2 },
  (milliseconds) => {
    const problem = aCounty(2000)
    const stopAt = processorTime() + milliseconds
    let toldAt = 0
    const shouldStop = () => {
      const now = processorTime()
      if (now >= stopAt) toldAt ||= now
      return now >= stopAt
    }
    const { plan, unplaced } = solve(problem, { seed: 1, shouldStop })

    expect(processorTime() - toldAt).toBeLessThan(50)
    expect(unplaced.map(({ request }) => request)).toEqual(check(problem, plan).unplaced)
  },
)
