import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../check.ts'
import { NO_LIMIT, NOWHERE, type Plan, type PlannedVehicle, type Problem } from '../problem.ts'
import { readClock } from '../referee/clock.ts'
import { timesOf } from '../referee/run-price.ts'
import { solve } from '../solve.ts'
import { aCall, aFleet, anyRichProblem, aProblem, aRequest, aVehicleType } from '../testing.ts'
import { effectOf } from './effect.ts'
import { insert } from './insert.ts'
import { remove } from './remove.ts'
import { RunMeter } from './run-meter.ts'
import { carryOut, type Way, withRequest } from './way.ts'

const at = [0, 10, 20, 30, 50]
const oneVehicle = (...run: number[]): Plan => ({ vehicles: [{ fleet: 0, was: NOWHERE, runs: [run] }] })
const objective = (problem: Problem, plan: Plan) => {
  const { cost, broken } = check(problem, plan)
  return broken.length === 0 ? cost : undefined
}

/** A problem, a clean plan that leaves one request out, and that request. */
const anyGap = () =>
  fc
    .tuple(anyRichProblem(), fc.nat(), fc.nat({ max: 6 }))
    .map(([problem, seed, which]) => {
      let rounds = 5
      const { plan } = solve(problem, { seed, shouldStop: () => rounds-- <= 0 })
      const request = which % problem.requests.length
      const carried = plan.vehicles.some(({ runs }) => runs.flat().includes(2 * request))
      return { problem, plan: carried ? remove(problem, plan, request).plan : plan, request }
    })
    .filter(({ problem, plan }) => check(problem, plan).broken.length === 0)

/** Every order of calls in which these vehicles could carry one request more. */
function placesOn(
  problem: Problem,
  vehicles: readonly (readonly [number, PlannedVehicle])[],
  request: number,
) {
  return vehicles.flatMap(([vehicle, from]) => {
    const { length } = from.runs[problem.requests[request]?.session ?? 0] ?? []
    return Array.from({ length: length + 1 }, (_, i) => i).flatMap((boardsAfter) =>
      Array.from({ length: length + 1 - boardsAfter }, (_, more) => {
        const slot = { boardsAfter, alightsAfter: boardsAfter + more, added: 0, disturbance: 0 }
        return { vehicle, from, becomes: withRequest(problem, from, { request, slot }) }
      }),
    )
  })
}

/** The least that any place on a vehicle of the plan, or else on a new one, adds; every place refereed. */
function leastAdded(problem: Problem, plan: Plan, request: number, where: 'plan' | 'new') {
  const before = check(problem, plan).cost
  const fresh = problem.fleets.map((_, fleet) => ({ fleet, was: NOWHERE, runs: [[], []] }))
  const vehicles =
    where === 'plan'
      ? [...plan.vehicles.entries()]
      : fresh.map((vehicle) => [plan.vehicles.length, vehicle] as const)
  const costs = placesOn(problem, vehicles, request).flatMap((place) => {
    return objective(problem, carryOut(plan, place)) ?? []
  })
  return costs.length === 0 ? undefined : Math.min(...costs) - before
}

/** The least that any clean place on a vehicle of the plan moves the times of others. */
function leastDisturbance(problem: Problem, plan: Plan, request: number) {
  const meter = new RunMeter(problem)
  const moved = placesOn(problem, [...plan.vehicles.entries()], request).flatMap(
    ({ vehicle, from, becomes }) => {
      if (objective(problem, carryOut(plan, { vehicle, becomes })) === undefined) return []
      return effectOf(meter, from, becomes)?.disturbance ?? []
    },
  )
  return moved.length === 0 ? undefined : Math.min(...moved)
}

/** The way's changes as the referee would have them. */
function refereedTimes(problem: Problem, way: Way, day: number) {
  const { fleet, runs } = way.becomes
  return runs.flatMap((run) => {
    const calls = run.filter((call) => ((problem.requests[call >> 1]?.days ?? 0) >> day) & 1)
    const on = problem.fleets[fleet]
    if (calls.length === 0 || !on) return []
    const clock = readClock(problem, on, calls)
    if (!clock.kept) throw new Error('the run is not clean')
    return calls
      .filter((call) => call % 2 === 0)
      .map((call) => {
        const { ride, alights } = timesOf(problem, call / 2, { calls, starts: clock.starts })
        return { request: call / 2, pickup: clock.starts[calls.indexOf(call)], dropoff: alights, ride }
      })
  })
}

test('the cheapest and the gentlest way on the plan, and the cheapest new vehicle, are those of trying everything', () => {
  let ways = 0
  fc.assert(
    fc.property(anyGap(), ({ problem, plan, request }) => {
      const { cheapest, leastDisturbing, newVehicle } = insert(problem, plan, request)

      expect(leastDisturbing[0]?.disturbance).toBe(leastDisturbance(problem, plan, request))
      expect(cheapest[0]?.added).toBe(leastAdded(problem, plan, request, 'plan'))
      expect(newVehicle?.added).toBe(leastAdded(problem, plan, request, 'new'))
      ways += cheapest.length
    }),
    { numRuns: 400 },
  )
  expect(ways).toBeGreaterThan(100)
})

test('every way told is clean, and costs what was foretold', () => {
  fc.assert(
    fc.property(anyGap(), ({ problem, plan, request }) => {
      const { cheapest, leastDisturbing, newVehicle, reasons } = insert(problem, plan, request)
      const before = check(problem, plan).cost

      const ways = [...cheapest, ...leastDisturbing, ...(newVehicle ? [newVehicle] : [])]
      for (const way of ways) {
        const { cost, words } = check(problem, carryOut(plan, way))
        expect(words).toEqual([])
        expect(cost - before).toBe(way.added)
      }
      expect(reasons.length > 0).toBe(ways.length === 0)
    }),
    { numRuns: 400 },
  )
})

test('everybody aboard is told the times the referee finds', () => {
  fc.assert(
    fc.property(anyGap(), ({ problem, plan, request }) => {
      for (const way of insert(problem, plan, request).cheapest) {
        for (let day = 0; day < problem.days; day++) {
          const times = refereedTimes(problem, way, day)
          const told = [
            ...way.companions.map(({ request: who, days, after }) => ({ who, days, times: after })),
            ...way.journeys.map(({ days, times: own }) => ({ who: request, days, times: own })),
          ].filter(({ days }) => (days >> day) & 1)
          for (const { who, times: said } of told) expect(times).toContainEqual({ request: who, ...said })
        }
      }
    }),
    { numRuns: 200 },
  )
})

test('a pupil put on a plan and taken off again leaves it costing what it did', () => {
  fc.assert(
    fc.property(anyGap(), ({ problem, plan, request }) => {
      for (const way of insert(problem, plan, request).cheapest) {
        const back = remove(problem, carryOut(plan, way), request)
        expect(back.effect?.added).toBe(-way.added)
        expect(check(problem, back.plan).cost).toBe(check(problem, plan).cost)
      }
    }),
    { numRuns: 200 },
  )
})

test('of two ways the cheaper may make somebody wait, the gentler touches nobody', () => {
  // Kit boards at 10 for the school at 50. Amara lives at 20, on the way; a second vehicle passes nobody's home.
  const kit = aRequest(1, 4)
  const amara = aRequest(2, 4, { pickup: aCall(2, { service: 5 }) })
  const noor = aRequest(3, 4, { atMostOthers: 0 })
  const vehicles = [
    { fleet: 0, was: NOWHERE, runs: [[0, 1]] },
    { fleet: 0, was: NOWHERE, runs: [[4, 5]] },
  ]
  const { cheapest, leastDisturbing } = insert(aProblem(at, [kit, amara, noor]), { vehicles }, 1)

  expect(cheapest[0]).toMatchObject({ vehicle: 0, added: 0 })
  expect(cheapest[0]?.companions).toMatchObject([{ request: 0, before: { ride: 40 }, after: { ride: 45 } }])
  expect(leastDisturbing[0]).toMatchObject({ disturbance: 0 })
})

test('a run that is full has no place, and the reason is that every vehicle is in use', () => {
  const taxi = { types: [aVehicleType({ layouts: [[1]] })], fleets: [aFleet({ count: 1 })] }
  const due = { dropoff: aCall(4, { open: 100, close: 110 }), longestRide: 60 }
  const problem = aProblem(at, [aRequest(1, 4, due), aRequest(2, 4, due)], taxi)

  expect(insert(problem, oneVehicle(0, 1), 1)).toMatchObject({
    cheapest: [],
    newVehicle: undefined,
    reasons: [{ reason: 'every-vehicle-is-in-use' }],
  })
})

test('a brother goes where his sister is, whatever it costs', () => {
  const together = [{ requests: [0, 2], price: NO_LIMIT }]
  const problem = aProblem(at, [aRequest(4, 1), aRequest(2, 3), aRequest(1, 4)], { together })
  const vehicles = [
    [0, 1],
    [2, 3],
  ].map((run) => ({ fleet: 0, was: NOWHERE, runs: [run] }))
  const { cheapest, newVehicle } = insert(problem, { vehicles }, 2)

  expect(cheapest.map(({ vehicle }) => vehicle)).toEqual([0])
  expect(newVehicle).toBeUndefined()
})

test('a pupil the plan carries is not put on it twice, and one it does not carry is not taken off', () => {
  const problem = aProblem(at, [aRequest(1, 4), aRequest(2, 4)])
  expect(() => insert(problem, oneVehicle(0, 1), 0)).toThrow('Request 0 is on vehicle 0 of the plan')
  expect(() => remove(problem, oneVehicle(0, 1), 1)).toThrow('Request 1 is on no vehicle')
})
