import { expect, test } from 'vitest'
import { check } from './check.ts'
import { NO_LIMIT, NOWHERE, type Problem, UNREACHABLE } from './problem.ts'
import { solve } from './solve.ts'
import { aCall, aFleet, aProblem, aRequest, aVehicleType } from './testing.ts'

const ROUNDS = 150
const MIDNIGHT = 86_400

/** Thirty pupils of one school, or of as many as there are homes, each somewhere on one road. */
const homes = Array.from({ length: 30 }, (_, i) => 40 * ((i * 7) % 31))
const at = [0, ...homes, 1500]
const school = at.length - 1
const pupils = (...but: Parameters<typeof aRequest>[2][]) =>
  homes.map((_, i) => aRequest(i + 1, school, ...but))

/** Driving times and distances of chance between so many places: neither the same both ways nor shorter the direct way. */
function anyWay(places: number): Int32Array {
  return Int32Array.from({ length: places ** 2 }, (_, i) =>
    i % (places + 1) === 0 ? 0 : 1 + ((i * 7919) % 997),
  )
}

const hostile: [string, Problem, carried: number][] = [
  ['nobody at all', aProblem([0], []), 0],
  ['one pupil and no vehicles', aProblem([0, 10], [aRequest(0, 1)], { fleets: [] }), 0],
  ['one school for all', aProblem(at, pupils()), 30],
  ['everybody travels alone', aProblem(at, pupils({ atMostOthers: 0 })), 30],
  [
    'everybody lives at the school',
    aProblem(
      [0, 700],
      homes.map(() => aRequest(1, 1)),
    ),
    30,
  ],
  [
    'every home is cut off',
    aProblem(at, pupils(), { seconds: new Int32Array(at.length ** 2).fill(UNREACHABLE) }),
    0,
  ],
  [
    'windows reach over midnight',
    aProblem(
      at,
      pupils({ dropoff: aCall(school, { open: MIDNIGHT - 600, close: MIDNIGHT + 600, service: 60 }) }),
    ),
    30,
  ],
  [
    'times before the day begins',
    aProblem(at, pupils({ dropoff: aCall(school, { open: -900, close: -300 }), longestRide: 1500 })),
    30,
  ],
  [
    'ways neither the same both ways nor shorter the direct way',
    aProblem(at, pupils({ longestRide: 2500 }), { seconds: anyWay(at.length), metres: anyWay(at.length) }),
    30,
  ],
  [
    'limits of a hundred thousand seconds',
    aProblem(at, pupils({ longestRide: 100_000, dropoff: aCall(school, { open: 0, close: 100_000 }) }), {
      types: [aVehicleType({ longestShift: 100_000 })],
    }),
    30,
  ],
  [
    'no limits at all, anywhere',
    aProblem(at, pupils({ dropoff: aCall(school, { open: -NO_LIMIT, close: NO_LIMIT - 1 }) }), {
      types: [aVehicleType({ layouts: [[NO_LIMIT]] })],
      fleets: [aFleet({ startsAt: NOWHERE, endsAt: NOWHERE, open: -NO_LIMIT, close: NO_LIMIT })],
    }),
    30,
  ],
  ['nobody may meet anybody', aProblem(at, pupils(), { classesApart: [[0, 0]] }), 30],
  ['a ride that no road allows', aProblem(at, pupils({ longestRide: 1 })), 0],
  [
    'rides and windows that cannot both be',
    aProblem(
      at,
      pupils({
        pickup: aCall(1, { close: -1_000_000 }),
        longestRide: 5000,
        dropoff: aCall(school, { open: 0 }),
      }),
    ),
    0,
  ],
  [
    'one vehicle of one seat',
    aProblem(at, pupils({ dropoff: aCall(school, { open: 0, close: 10 }) }), {
      types: [aVehicleType({ layouts: [[1]] })],
      fleets: [aFleet({ count: 1 })],
    }),
    1,
  ],
]

test.each(hostile)('%s: there is a plan, or a reason for everybody left out', (_what, problem, carried) => {
  const before = process.threadCpuUsage()
  let rounds = ROUNDS
  const { plan, unplaced } = solve(problem, { seed: 1, shouldStop: () => rounds-- <= 0 })
  const { user, system } = process.threadCpuUsage(before)

  const verdict = check(problem, plan)
  expect(verdict.words).toEqual([])
  expect(unplaced.map(({ request }) => request)).toEqual(verdict.unplaced)
  for (const { reasons } of unplaced) expect(reasons).not.toEqual([])
  expect(problem.requests.length - unplaced.length).toBe(carried)
  expect((user + system) / 1e6).toBeLessThan(5)
})
