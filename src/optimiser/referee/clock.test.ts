import fc from 'fast-check'
import { expect, test } from 'vitest'
import { linearSolver } from '#adapters/highs/linear.ts'
import type { Programme } from '../bound/programme.ts'
import { isPickup, NO_LIMIT, NOWHERE, type Problem, requestOf } from '../problem.ts'
import { readClock } from './clock.ts'
import { timesOf } from './run-price.ts'
import { anyProblem, orders } from './testing.ts'

const solveProgramme = await linearSolver()
/** Amounts are never below nothing, and times are: all are told from here on. */
const EPOCH = -100_000

type Row = { amount: number; takes: readonly [column: number, by: number][] }

/** Every rule about the times of a run as a row over the starts of its calls, and last of all the ways from and to a base. */
function rowsOf(problem: Problem, fleet: Problem['fleets'][number], calls: readonly number[]): Row[] {
  const start = calls.length
  const end = start + 1
  const callOf = (call: number) => problem.requests[requestOf(call)][isPickup(call) ? 'pickup' : 'dropoff']
  const drive = (from: number, to: number) =>
    from === NOWHERE || to === NOWHERE ? 0 : problem.seconds[from * problem.places + to]
  const sooner = (from: number, to: number, by: number): Row => ({
    amount: -by,
    takes: [
      [from, 1],
      [to, -1],
    ],
  })
  const within = (column: number, open: number, close: number): Row[] => [
    { amount: close - EPOCH, takes: [[column, 1]] },
    { amount: EPOCH - open, takes: [[column, -1]] },
  ]
  const { longestShift } = problem.types[fleet.type]
  const [first, last] = [callOf(calls[0]), callOf(calls[calls.length - 1])]
  return [
    ...calls.flatMap((call, i) => within(i, callOf(call).open, callOf(call).close)),
    ...calls.slice(1).map((call, i) => {
      const before = callOf(calls[i])
      return sooner(i, i + 1, before.service + drive(before.place, callOf(call).place))
    }),
    ...calls.flatMap((call, i): Row[] => {
      const { longestRide, pickup } = problem.requests[requestOf(call)]
      if (isPickup(call) || longestRide >= NO_LIMIT) return []
      return [
        {
          amount: pickup.service + longestRide,
          takes: [
            [i, 1],
            [calls.indexOf(call - 1), -1],
          ],
        },
      ]
    }),
    ...within(start, fleet.open, fleet.close),
    ...within(end, fleet.open, fleet.close),
    sooner(start, 0, drive(fleet.startsAt, first.place)),
    sooner(calls.length - 1, end, last.service + drive(last.place, fleet.endsAt)),
    ...(longestShift < NO_LIMIT
      ? [
          {
            amount: longestShift,
            takes: [
              [end, 1],
              [start, -1],
            ],
          } satisfies Row,
        ]
      : []),
  ]
}

/** The least that all rides together can take, or undefined where no times keep every rule. */
function leastRides(
  problem: Problem,
  fleet: Problem['fleets'][number],
  calls: readonly number[],
): number | undefined {
  const rows = rowsOf(problem, fleet, calls)
  const columns = Array.from({ length: calls.length + 2 }, (_, column) => ({
    cost: column >= calls.length ? 0 : isPickup(calls[column]) ? -1 : 1,
    takes: rows.flatMap(({ takes }, row) =>
      takes.filter(([c]) => c === column).map(([, by]) => ({ row, by })),
    ),
  }))
  const programme: Programme = { rows: rows.map(({ amount }) => ({ sense: 'at-most', amount })), columns }
  try {
    const { amounts } = solveProgramme(programme)
    return columns.reduce((sum, { cost }, c) => sum + cost * amounts[c], 0)
  } catch (cause) {
    expect(String(cause)).toContain('nfeasible')
    return undefined
  }
}

test('a run has times if and only if a linear programme finds some, and it finds no longer rides than are said', () => {
  let kept = 0
  let late = 0
  fc.assert(
    fc.property(anyProblem({ mostRequests: 3 }), fc.nat(), (problem, which) => {
      const all = orders(problem.requests.map((_, r) => r))
      const calls = all[which % all.length]
      const clock = readClock(problem, problem.fleets[0], calls)
      const least = leastRides(problem, problem.fleets[0], calls)

      expect(least !== undefined).toBe(clock.kept)
      if (clock.kept) kept++
      else late++
      if (!clock.kept || least === undefined) return
      const said = problem.requests.map(
        ({ pickup }, r) => timesOf(problem, r, { calls, starts: clock.starts }).ride + pickup.service,
      )
      expect(least).toBeLessThanOrEqual(said.reduce((sum, ride) => sum + ride, 0) + 1e-6)
    }),
    { numRuns: 400 },
  )
  expect(Math.min(kept, late)).toBeGreaterThan(40)
}, 60_000)
