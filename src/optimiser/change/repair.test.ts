import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../check.ts'
import { NO_LIMIT, NOWHERE, type Plan, type Problem } from '../problem.ts'
import { solve } from '../solve.ts'
import { aCall, aFleet, anyRichProblem, aProblem, aRequest, aVehicleType } from '../testing.ts'
import { repair } from './repair.ts'

const at = [0, 10, 20, 30, 50]
const runs = (...each: number[][]): Plan => ({
  vehicles: each.map((run) => ({ fleet: 0, was: NOWHERE, runs: [run] })),
})
const riders = ({ vehicles }: Plan, vehicle: number) =>
  new Set(vehicles[vehicle]?.runs.flat().map((c) => c >> 1))

/** A problem and a clean plan of at least one vehicle. */
const anyPlanned = () =>
  fc
    .tuple(anyRichProblem(), fc.nat())
    .map(([problem, seed]) => {
      let rounds = 5
      return { problem, ...solve(problem, { seed, shouldStop: () => rounds-- <= 0 }) }
    })
    .filter(({ plan }) => plan.vehicles.length > 0)

/** The problem with one vehicle of this fleet fewer. */
function oneFewer(problem: Problem, fleet: number): Problem {
  const fleets = problem.fleets.map((each, f) =>
    f === fleet && each.count < NO_LIMIT ? { ...each, count: each.count - 1 } : each,
  )
  return { ...problem, fleets }
}

test('whatever vehicle is lost, the repaired plan is clean and costs what was foretold', () => {
  let replaced = 0
  fc.assert(
    fc.property(anyPlanned(), fc.nat(), ({ problem, plan }, which) => {
      const lost = which % plan.vehicles.length
      const repaired = repair(problem, plan, lost)

      const verdict = check(oneFewer(problem, plan.vehicles[lost]?.fleet ?? 0), repaired.plan)
      expect(verdict.words).toEqual([])
      expect(verdict.cost - check(problem, plan).cost).toBe(repaired.added)
      expect(repaired.unplaced.map(({ request }) => request)).toEqual(verdict.unplaced)
      replaced += repaired.unplaced.length === 0 ? 1 : 0
    }),
    { numRuns: 150 },
  )
  expect(replaced).toBeGreaterThan(10)
})

test('nobody leaves a vehicle that was not lost, but those who are told', () => {
  fc.assert(
    fc.property(anyPlanned(), fc.nat(), ({ problem, plan }, which) => {
      const lost = which % plan.vehicles.length
      const { plan: after, moved } = repair(problem, plan, lost)
      const others = plan.vehicles.flatMap((_, v) => (v === lost ? [] : [riders(plan, v)]))
      const stayed = others.map((before, v) => before.difference(riders(after, v)))
      expect(stayed.flatMap((left) => [...left]).sort()).toEqual([...moved].sort())
    }),
    { numRuns: 150 },
  )
})

test('with room on the way, the pupils of a lost taxi ride with others', () => {
  const problem = aProblem(at, [aRequest(1, 4), aRequest(2, 4), aRequest(3, 4)])
  const { plan, moved, added } = repair(problem, runs([0, 1], [2, 4, 3, 5]), 1)

  expect(moved).toEqual([])
  expect(plan.vehicles).toHaveLength(1)
  expect(added).toBe(-1100)
})

test('a run that fits nowhere is driven by another vehicle as it is', () => {
  const alone = { atMostOthers: 0, dropoff: aCall(4, { open: 100, close: 100 }) }
  const problem = aProblem(at, [aRequest(1, 4, alone), aRequest(2, 4, alone)])
  const { plan, moved, added, unplaced } = repair(problem, runs([0, 1], [2, 3]), 0)

  expect({ vehicles: plan.vehicles.length, moved, added, unplaced }).toEqual({
    vehicles: 2,
    moved: [],
    added: 0,
    unplaced: [],
  })
})

test('one pupil is moved where that alone gives a wheelchair its place', () => {
  // The wheelchair fits the minibus only; the pupil in it fits the taxi too.
  const due = { dropoff: aCall(4, { open: 100, close: 100 }) }
  const [wheelchair, walker] = [aRequest(1, 4, { room: [3] }, due), aRequest(2, 4, due)]
  const types = [aVehicleType({ layouts: [[3]] }), aVehicleType({ layouts: [[1]] })]
  const fleets = [aFleet({ count: 2 }), aFleet({ type: 1, count: 1 })]
  const { plan, moved, unplaced } = repair(
    aProblem(at, [wheelchair, walker], { types, fleets }),
    runs([0, 1], [2, 3]),
    0,
  )

  expect(moved).toEqual([1])
  expect(unplaced).toEqual([])
  expect(plan.vehicles.map(({ fleet }) => fleet)).toEqual([0, 1])
})

test('a pupil nobody else can take is left with the reason', () => {
  const fleets = [aFleet({ count: 1 })]
  const { unplaced } = repair(aProblem(at, [aRequest(1, 4)], { fleets }), runs([0, 1]), 0)

  expect(unplaced).toEqual([{ request: 0, reasons: [{ reason: 'every-vehicle-is-in-use', fleets: [0] }] }])
})

test('a lost vehicle of today stays out of use', () => {
  const present = [{ fleet: 0, was: NOWHERE, runs: [[0, 1]], frozen: false }]
  const known = aRequest(1, 4, { present: { vehicle: 0, movedPrice: 5, frozen: false } })
  const plan = { vehicles: [{ fleet: 0, was: 0, runs: [[0, 1]] }] }
  const repaired = repair(aProblem(at, [known], { present }), plan, 0)

  expect(repaired.plan.vehicles).toEqual([{ fleet: 0, was: NOWHERE, runs: [[0, 1]] }])
  expect(repaired.added).toBe(5)
})

test('a vehicle the plan does not have cannot be lost', () => {
  expect(() => repair(aProblem(at, [aRequest(1, 4)]), runs([0, 1]), 1)).toThrow('There is no vehicle 1')
})
