/** When every call may start, how long it takes, and how long pupils and vehicles may be on the road: what a timetable asks. */
import { type FleetTable, unlimited } from './fleets.ts'
import type { Call, Problem } from './problem.ts'
import { tightenWindows } from './windows.ts'

export type CallTimes = {
  readonly requests: number
  /** By call (2r, 2r+1). Windows are as tight as the rides allow; no schedule is lost. */
  readonly place: Int32Array
  readonly open: Float64Array
  readonly close: Float64Array
  readonly service: Float64Array
  /** By request. */
  readonly longestRide: Float64Array
}

/** What `Timetable` reads: the times of calls, and those of fleets. */
export type Timed = CallTimes & { readonly fleets: Pick<FleetTable, 'open' | 'close' | 'longestShift'> }

/** The times of a problem's calls, side by side. */
export function callTimes({ requests }: Problem): CallTimes {
  const calls = 2 * requests.length
  const times = {
    requests: requests.length,
    place: new Int32Array(calls),
    open: new Float64Array(calls),
    close: new Float64Array(calls),
    service: new Float64Array(calls),
    longestRide: Float64Array.from(requests, ({ longestRide }) => unlimited(longestRide)),
  }
  for (let r = 0; r < requests.length; r++) {
    note(times, 2 * r, requests[r].pickup)
    note(times, 2 * r + 1, requests[r].dropoff)
  }
  tightenWindows(times)
  return times
}

function note({ place, open, close, service }: CallTimes, call: number, asked: Call) {
  place[call] = asked.place
  open[call] = asked.open
  close[call] = asked.close
  service[call] = asked.service
}
