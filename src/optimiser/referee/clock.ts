/**
 * The times of one run on one day. Everything that binds them is a difference of two times, so a least solution exists
 * or none does (Bellman-Ford). The times said are: the earliest end, and then every call as late as that end allows.
 */
import {
  type Call,
  type Fleet,
  isPickup,
  NO_LIMIT,
  NOWHERE,
  type Problem,
  requestOf,
  UNREACHABLE,
} from '../problem.ts'
import type { Rule } from './breach.ts'

/** `to` is at least `atLeast` after `from`. What somebody promised is named; what merely takes time is not. */
type Bond = {
  from: number
  to: number
  atLeast: number
  promise?: 'ride' | 'shift'
  request?: number | undefined
}
type Moment = { open: number; close: number }
type Run = {
  moments: Moment[]
  bonds: Bond[]
  calls: readonly number[]
  firstCall: number
  lastService: number
}

export type Clock =
  | { kept: true; starts: readonly number[]; leaves: number; back: number }
  | { kept: false; rule: Rule; request?: number | undefined }

/** When the run leaves, when each call starts, and when it is back; or which promise cannot be kept. */
export function readClock(problem: Problem, fleet: Fleet, calls: readonly number[]): Clock {
  const run = layOut(problem, fleet, calls)
  if (run.bonds.some(({ atLeast }) => atLeast >= UNREACHABLE)) return { kept: false, rule: 'no-way' }
  const earliest = leastTimes(run, run.bonds)
  if (!earliest) return whatCannotBeKept(run)

  const last = run.moments.length - 1
  const ended = run.moments.map((moment, i) => (i < last ? moment : { ...moment, close: earliest[last] }))
  const said = greatestTimes({ ...run, moments: ended })
  return {
    kept: true,
    starts: calls.map((_, i) => said[i + run.firstCall]),
    leaves: said[0],
    back: said[last] + run.lastService,
  }
}

function layOut(problem: Problem, fleet: Fleet, calls: readonly number[]): Run {
  const firstCall = fleet.startsAt === NOWHERE ? 0 : 1
  const moments: Moment[] = calls.map((call) => ({ ...callOf(problem, call) }))
  const bonds: Bond[] = calls.slice(1).map((call, i) => ({
    from: i + firstCall,
    to: i + 1 + firstCall,
    atLeast: serviceAndDrive(problem, callOf(problem, calls[i]), callOf(problem, call).place),
  }))
  const lastCall = callOf(problem, calls[calls.length - 1])
  const whole = { open: fleet.open, close: fleet.close }

  if (fleet.startsAt === NOWHERE) moments[0].open = Math.max(moments[0].open, fleet.open)
  else {
    const firstPlace = callOf(problem, calls[0]).place
    moments.unshift(whole)
    bonds.push({ from: 0, to: 1, atLeast: drive(problem, fleet.startsAt, firstPlace) })
  }
  if (fleet.endsAt === NOWHERE) {
    const end = moments[moments.length - 1]
    end.close = Math.min(end.close, fleet.close - lastCall.service)
  } else {
    const last = moments.length - 1
    moments.push(whole)
    bonds.push({ from: last, to: last + 1, atLeast: serviceAndDrive(problem, lastCall, fleet.endsAt) })
  }
  const lastService = fleet.endsAt === NOWHERE ? lastCall.service : 0
  const shift = problem.types[fleet.type].longestShift
  const promises = ridesOf(problem, calls, firstCall)
  if (shift < NO_LIMIT) {
    promises.push({ from: moments.length - 1, to: 0, atLeast: lastService - shift, promise: 'shift' })
  }
  return { moments, bonds: [...bonds, ...promises], calls, firstCall, lastService }
}

function ridesOf(problem: Problem, calls: readonly number[], firstCall: number): Bond[] {
  return calls.flatMap((call, i) => {
    const request = requestOf(call)
    const { pickup, longestRide } = problem.requests[request]
    if (isPickup(call) || longestRide >= NO_LIMIT) return []
    const boarded = calls.findIndex((other) => isPickup(other) && requestOf(other) === request)
    const atLeast = -(pickup.service + longestRide)
    return [{ from: i + firstCall, to: boarded + firstCall, atLeast, promise: 'ride', request }]
  })
}

function leastTimes({ moments }: Run, bonds: readonly Bond[]): number[] | undefined {
  const times = moments.map(({ open }) => open)
  for (let round = 0; round <= moments.length; round++) {
    let moved = false
    for (const { from, to, atLeast } of bonds) {
      if (times[from] + atLeast <= times[to]) continue
      times[to] = times[from] + atLeast
      moved = true
    }
    if (times.some((time, i) => time > moments[i].close)) return undefined
    if (!moved) return times
  }
  return undefined
}

function greatestTimes({ moments, bonds }: Run): number[] {
  const times = moments.map(({ close }) => close)
  for (let moved = true; moved; ) {
    moved = false
    for (const { from, to, atLeast } of bonds) {
      if (times[to] - atLeast >= times[from]) continue
      times[from] = times[to] - atLeast
      moved = true
    }
  }
  return times
}

/** Windows are tried alone; then, with them, each promise by itself. */
function whatCannotBeKept(run: Run): Clock {
  const driving = run.bonds.filter(({ promise }) => promise === undefined)
  if (!leastTimes(run, driving)) return { kept: false, rule: 'window-missed' }
  const broken = run.bonds.find((bond) => bond.promise && !leastTimes(run, [...driving, bond]))
  if (!broken) return { kept: false, rule: 'times-cannot-all-be-kept' }
  return broken.promise === 'shift'
    ? { kept: false, rule: 'shift-too-long' }
    : { kept: false, rule: 'ride-too-long', request: broken.request }
}

function callOf({ requests }: Problem, call: number): Call {
  const { pickup, dropoff } = requests[requestOf(call)]
  return isPickup(call) ? pickup : dropoff
}

function serviceAndDrive(problem: Problem, { place, service }: Call, to: number): number {
  const seconds = drive(problem, place, to)
  return seconds >= UNREACHABLE ? UNREACHABLE : service + seconds
}

function drive({ places, seconds }: Problem, from: number, to: number): number {
  return seconds[from * places + to]
}
