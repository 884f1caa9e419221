import fc from 'fast-check'
import { expect, test } from 'vitest'
import { check } from '../check.ts'
import { NOWHERE, type Plan, type Problem } from '../problem.ts'
import { solve } from '../solve.ts'
import { aCall, anyRichProblem, aProblem, aRequest, aVehicleType } from '../testing.ts'
import { type Binding, explain } from './explain.ts'

const at = [0, 10, 20, 30, 50]
const oneRun = (...run: number[]): Plan => ({ vehicles: [{ fleet: 0, was: NOWHERE, runs: [run] }] })
const first = { vehicle: 0, session: 0 }

/** The problem with the rule made tighter by so much. */
function tighter(
  problem: Problem,
  plan: Plan,
  { rule, requests: [who], kind }: Binding,
  by: number,
): Problem {
  const requests = problem.requests.map((request, r) => {
    if (r !== who) return request
    if (rule === 'longest-ride') return { ...request, longestRide: request.longestRide - by }
    if (rule === 'at-most-others') return { ...request, atMostOthers: request.atMostOthers - by }
    return request
  })
  const type = problem.fleets[plan.vehicles[0]?.fleet ?? 0]?.type
  const types = problem.types.map((each, t) => {
    if (t !== type) return each
    if (rule === 'longest-shift') return { ...each, longestShift: each.longestShift - by }
    if (rule !== 'room') return each
    return {
      ...each,
      layouts: each.layouts.map((layout) => layout.map((room, k) => (k === kind ? room - by : room))),
    }
  })
  return { ...problem, requests, types }
}

test('what there is to spare can be given up, and of seats and company not one more', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(anyRichProblem({ days: 1, sessions: 1 }), (problem) => {
      let rounds = 5
      const { plan } = solve(problem, { seed: 1, shouldStop: () => rounds-- <= 0 })
      const one = { vehicles: plan.vehicles.slice(0, 1) }
      fc.pre(one.vehicles.length === 1 && problem.together.length === 0)
      for (const binding of explain(problem, one, first)) {
        const { rule, slack } = binding
        seen.add(rule)
        expect(slack).toBeGreaterThanOrEqual(0)
        expect(check(tighter(problem, one, binding, slack), one).words).toEqual([])
        if (rule === 'room' || rule === 'at-most-others') {
          expect(check(tighter(problem, one, binding, slack + 1), one).words).not.toEqual([])
        }
      }
    }),
    { numRuns: 300 },
  )
  expect([...seen]).toEqual(
    expect.arrayContaining(['longest-ride', 'longest-shift', 'room', 'at-most-others']),
  )
})

test('what has least to spare comes first: a ride at its limit, then the last seat, then the other ride', () => {
  const [far, near] = [aRequest(1, 4, { longestRide: 40 }), aRequest(2, 4, { longestRide: 60 })]
  const problem = aProblem(at, [far, near], { types: [aVehicleType({ layouts: [[3]] })] })
  const told = explain(problem, oneRun(0, 2, 1, 3), first)

  expect(told.filter(({ rule }) => rule === 'longest-ride' || rule === 'room')).toEqual([
    { rule: 'longest-ride', days: 1, slack: 0, limit: 40, requests: [0] },
    { rule: 'room', kind: 0, days: 1, slack: 1, limit: 3, requests: [] },
    { rule: 'longest-ride', days: 1, slack: 30, limit: 60, requests: [1] },
  ])
})

test('two who must not meet, and one who bears nobody, are named', () => {
  const problem = aProblem(at, [aRequest(1, 2, { atMostOthers: 0 }), aRequest(2, 4)], { apart: [[0, 1]] })
  const named = explain(problem, oneRun(0, 1, 2, 3), first)

  expect(named).toContainEqual({ rule: 'kept-apart', days: 1, slack: 0, limit: 0, requests: [0, 1] })
  expect(named).toContainEqual({ rule: 'at-most-others', days: 1, slack: 0, limit: 0, requests: [0] })
})

test('a bell that is just met is told apart from the window’s other end', () => {
  const due = aRequest(1, 4, { dropoff: aCall(4, { open: 90, close: 100 }) })
  const told = explain(aProblem(at, [due]), oneRun(0, 1), first)

  expect(told).toContainEqual({ rule: 'dropoff-opens', days: 1, slack: 0, limit: 10, requests: [0] })
  expect(told).toContainEqual({ rule: 'dropoff-closes', days: 1, slack: 10, limit: 10, requests: [0] })
})

test('a run the plan does not have cannot be explained', () => {
  expect(() => explain(aProblem(at, []), { vehicles: [] }, first)).toThrow(
    'There is no session 0 of vehicle 0',
  )
})
