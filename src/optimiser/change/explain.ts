/**
 * Which rules bind a run, and how tightly: how much of each there is to spare, in the times and the company the plan
 * has. Nothing to spare does not say that the rule is to blame, only that here it leaves no room.
 */
import { NO_LIMIT, NOWHERE, type Plan, type Problem, requestOf, WHOLE_ASSISTANT } from '../problem.ts'
import { momentsOf } from '../referee/aboard.ts'
import { allDays, assistantsOf, vehicleDays } from './day-runs.ts'
import { RunMeter } from './run-meter.ts'

export type Binding = {
  readonly rule: BindingRule
  /** Bit d for day d. */
  readonly days: number
  /** How much is left of `limit`: time, people, room, or parts of WHOLE_ASSISTANT. */
  readonly slack: number
  readonly limit: number
  /** Whom the rule is about; nobody where it is about the vehicle. */
  readonly requests: readonly number[]
  /** Which kind of room, for 'room'. */
  readonly kind?: number
}

export type BindingRule =
  | 'longest-ride'
  | 'pickup-opens'
  | 'pickup-closes'
  | 'dropoff-opens'
  | 'dropoff-closes'
  | 'longest-shift'
  | 'vehicle-starts'
  | 'vehicle-ends'
  | 'room'
  | 'assistants'
  | 'at-most-others'
  | 'kept-apart'

/** Everything that limits one run of a plan, what has least to spare first. Nothing where its times cannot be kept. */
export function explain(
  problem: Problem,
  plan: Plan,
  { vehicle, session }: { vehicle: number; session: number },
): Binding[] {
  const planned = plan.vehicles[vehicle]
  if (planned?.runs[session] === undefined) {
    throw new Error(
      `There is no session ${session} of vehicle ${vehicle}; the plan has ${plan.vehicles.length}.`,
    )
  }
  const meter = new RunMeter(problem)
  return vehicleDays(problem, [planned], allDays(problem))
    .flatMap(([{ days, runs }]) => {
      const calls = runs[session]
      if (calls.length === 0 || !meter.time(planned.fleet, calls)) return []
      const found = [
        ...ofTimes(meter, planned.fleet, calls),
        ...ofRoom(problem, planned.fleet, calls),
        ...ofCompany(problem, calls),
      ]
      return found.map((binding): Binding => ({ requests: [], ...binding, days }))
    })
    .sort((a, b) => a.slack / Math.max(1, a.limit) - b.slack / Math.max(1, b.limit))
}

type Found = Omit<Binding, 'days' | 'requests'> & { requests?: readonly number[] }

/** By the times the run is said to keep. */
function ofTimes(meter: RunMeter, fleet: number, calls: readonly number[]): Found[] {
  const { problem } = meter
  const { type, open, close, startsAt, endsAt } = problem.fleets[fleet]
  const { longestShift } = problem.types[type]
  const found: Found[] = []
  if (longestShift < NO_LIMIT) {
    found.push({ rule: 'longest-shift', slack: longestShift - meter.lasts(), limit: longestShift })
  }
  if (startsAt !== NOWHERE) found.push(window('vehicle-starts', meter.leaves() - open, { open, close }))
  if (endsAt !== NOWHERE) found.push(window('vehicle-ends', close - meter.back(), { open, close }))
  for (const [k, call] of calls.entries()) {
    const requests = [requestOf(call)]
    const { pickup, dropoff, longestRide } = problem.requests[requests[0]]
    const end = call % 2 === 0 ? 'pickup' : 'dropoff'
    const asked = end === 'pickup' ? pickup : dropoff
    const start = meter.startOf(k)
    found.push({ ...window(`${end}-opens`, start - asked.open, asked), requests })
    found.push({ ...window(`${end}-closes`, asked.close - start, asked), requests })
    if (end === 'pickup' && longestRide < NO_LIMIT) {
      found.push({
        rule: 'longest-ride',
        slack: longestRide - meter.rideFrom(k),
        limit: longestRide,
        requests,
      })
    }
  }
  return found
}

function window(rule: BindingRule, slack: number, { open, close }: { open: number; close: number }): Found {
  return { rule, slack, limit: close - open }
}

/** By the layout that leaves most of each kind, its shared assistants seated. */
function ofRoom(problem: Problem, fleet: number, calls: readonly number[]): Found[] {
  const { assistantRoom, requests, types, fleets } = problem
  const assistants = assistantsOf(problem, calls)
  const moments = momentsOf(calls)
  const most = assistantRoom.map((each, kind) => {
    const taken = moments.map((aboard) =>
      sum(aboard.map((r) => requests[r].room[kind] + requests[r].ownAssistants * each)),
    )
    return Math.max(...taken) + assistants * each
  })
  const layouts = types[fleets[fleet].type].layouts.filter((layout) =>
    layout.every((room, kind) => most[kind] <= room),
  )
  const room = most.map((taken, kind): Found => {
    const limit = Math.max(taken, ...layouts.map((layout) => layout[kind]))
    return { rule: 'room', kind, slack: limit - taken, limit }
  })
  const share = Math.max(...moments.map((aboard) => sum(aboard.map((r) => requests[r].assistantShare))))
  if (assistants === 0) return room
  const limit = assistants * WHOLE_ASSISTANT
  return [...room, { rule: 'assistants', slack: limit - share, limit }]
}

/** By who may be with whom: how many more others each would bear, and pairs on the run that never meet. */
function ofCompany(problem: Problem, calls: readonly number[]): Found[] {
  const { requests, apart } = problem
  const moments = momentsOf(calls)
  const on = [...new Set(calls.map(requestOf))]
  const others = on.flatMap((one): Found[] => {
    const limit = requests[one].atMostOthers
    if (limit >= NO_LIMIT) return []
    const most = Math.max(
      ...moments
        .filter((aboard) => aboard.includes(one))
        .map((aboard) => sum(aboard.map((r) => (r === one ? 0 : requests[r].people)))),
    )
    return [{ rule: 'at-most-others', slack: limit - most, limit, requests: [one] }]
  })
  const pairs = apart.filter((pair) => pair.every((r) => on.includes(r)))
  return [
    ...others,
    ...pairs.map((pair): Found => ({ rule: 'kept-apart', slack: 0, limit: 0, requests: pair })),
  ]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
