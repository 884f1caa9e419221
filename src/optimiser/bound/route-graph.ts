/** What pricing asks of a part over and over, worked out once: small arrays by call and fleet. */
import { callTimes } from '../call-times.ts'
import {
  type Fleet,
  isPickup,
  NO_LIMIT,
  NOWHERE,
  type Problem,
  type Request,
  requestOf,
  UNREACHABLE,
  type VehicleType,
} from '../problem.ts'
import type { Part } from './part.ts'

/** A fleet, and how many of its vehicles could be of use. */
export type FleetOfPart = { fleet: Fleet; type: VehicleType; count: number }

/** Calls are numbered within the part: 2i picks up its i-th request, 2i+1 drops it off. */
export class RouteGraph {
  readonly part: Part
  readonly size: number
  readonly calls: number
  readonly requests: readonly Request[]
  /** By request, a bit for each request that may not be aboard with it. */
  readonly hostile: Int32Array
  /** By call, as tight as rides and the least times allow. */
  readonly open: Float64Array
  readonly close: Float64Array
  readonly service: Float64Array
  /** By request: the longest time from the start of its pickup to the start of its drop-off. */
  readonly longest: Float64Array
  /** By two calls: from the start of the one to the earliest start of the other, straight after; endless where there is no way. */
  readonly time: Float64Array
  /** The same by way of any other calls: nothing is faster, whatever the triangle inequality. */
  readonly fastest: Float64Array

  constructor(part: Part) {
    const { problem } = part
    this.part = part
    this.size = part.requests.length
    this.calls = 2 * this.size
    this.requests = part.requests.map((r) => problem.requests[r])
    this.hostile = Int32Array.from(part.requests, (r) =>
      part.requests.reduce((bits, other, i) => (mayMeet(problem, r, other) ? bits : bits | (1 << i)), 0),
    )
    const { open, close, service, longestRide } = callTimes({ ...problem, requests: this.requests })
    this.open = open
    this.close = close
    this.service = service
    this.longest = longestRide.map((longest, i) => longest + service[2 * i])
    this.time = this.timesStraight()
    this.fastest = fastestOf(this.time, this.calls)
    this.tighten()
  }

  call(call: number) {
    const { pickup, dropoff } = this.requests[requestOf(call)]
    return isPickup(call) ? pickup : dropoff
  }

  metres(from: number, to: number): number {
    const { metres, places } = this.part.problem
    return metres[from * places + to]
  }

  /** Every different kind of vehicle, and how many of it there are. */
  fleets(): FleetOfPart[] {
    const { fleets, types } = this.part.problem
    return fleets.map((fleet) => ({
      fleet,
      type: types[fleet.type],
      count: fleet.count >= NO_LIMIT ? this.size : Math.min(fleet.count, this.size),
    }))
  }

  /** The time and the price of leaving a base for a first pickup, or of going home; nothing where there is no base. */
  leg(from: number, to: number): { drive: number; metres: number } {
    if (from === NOWHERE || to === NOWHERE) return { drive: 0, metres: 0 }
    return { drive: this.drive(from, to), metres: this.metres(from, to) }
  }

  private drive(from: number, to: number): number {
    const { seconds, places } = this.part.problem
    const drive = seconds[from * places + to]
    return drive >= UNREACHABLE ? Number.POSITIVE_INFINITY : drive
  }

  private timesStraight(): Float64Array {
    const { calls } = this
    return Float64Array.from({ length: calls * calls }, (_, way) => {
      const [from, to] = [Math.floor(way / calls), way % calls]
      return this.service[from] + this.drive(this.call(from).place, this.call(to).place)
    })
  }

  /** Nobody is picked up too late to be dropped off in time, nor dropped off sooner than they can have come. */
  private tighten(): void {
    const { open, close, fastest, calls } = this
    for (let p = 0; p < calls; p += 2) {
      const ride = fastest[p * calls + p + 1]
      close[p] = Math.min(close[p], close[p + 1] - ride)
      open[p + 1] = Math.max(open[p + 1], open[p] + ride)
    }
  }
}

/** Floyd 1962. */
function fastestOf(time: Float64Array, calls: number): Float64Array {
  const fastest = time.slice()
  for (let by = 0; by < calls; by++) {
    for (let from = 0; from < calls; from++) {
      const there = fastest[from * calls + by]
      for (let to = 0; to < calls; to++) {
        const way = from * calls + to
        fastest[way] = Math.min(fastest[way], there + fastest[by * calls + to])
      }
    }
  }
  return fastest
}

function mayMeet(problem: Problem, a: number, b: number): boolean {
  if (a === b) return true
  const [one, other] = [problem.requests[a], problem.requests[b]]
  if (one.school !== other.school && (one.onlyOwnSchool || other.onlyOwnSchool)) return false
  if (one.atMostOthers < other.people || other.atMostOthers < one.people) return false
  const isPair =
    (x: number, y: number) =>
    ([c, d]: readonly [number, number]) =>
      (c === x && d === y) || (c === y && d === x)
  return !problem.apart.some(isPair(a, b)) && !problem.classesApart.some(isPair(one.class, other.class))
}
