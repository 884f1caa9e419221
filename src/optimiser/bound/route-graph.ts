/** What pricing asks of a part over and over, worked out once: small arrays by call and fleet. */
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

/** Calls are numbered within the part: 2i picks up its i-th request, 2i+1 drops it off. */
export class RouteGraph {
  readonly part: Part
  readonly size: number
  readonly requests: readonly Request[]
  /** By request, a bit for each request that may not be aboard with it. */
  readonly hostile: Int32Array

  constructor(part: Part) {
    const { problem } = part
    this.part = part
    this.size = part.requests.length
    this.requests = part.requests.map((r) => problem.requests[r])
    this.hostile = Int32Array.from(part.requests, (r) =>
      part.requests.reduce((bits, other, i) => (mayMeet(problem, r, other) ? bits : bits | (1 << i)), 0),
    )
  }

  call(call: number) {
    const { pickup, dropoff } = this.requests[requestOf(call)]
    return isPickup(call) ? pickup : dropoff
  }

  /** From the start of service at one call to the earliest at the next; endless where there is no way. */
  time(from: number, to: number): number {
    const { place, service } = this.call(from)
    const drive = this.drive(place, this.call(to).place)
    return drive === Number.POSITIVE_INFINITY ? drive : service + drive
  }

  drive(from: number, to: number): number {
    const { seconds, places } = this.part.problem
    const drive = seconds[from * places + to]
    return drive >= UNREACHABLE ? Number.POSITIVE_INFINITY : drive
  }

  metres(from: number, to: number): number {
    const { metres, places } = this.part.problem
    return metres[from * places + to]
  }

  /** Every different kind of vehicle, and how many of it there are. */
  fleets(): { fleet: Fleet; type: VehicleType; count: number }[] {
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
