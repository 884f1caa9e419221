/**
 * The problem as the search likes it: one typed array for each thing, calls numbered as in a run (2r, 2r+1), and what
 * can be worked out once worked out. Says nothing the problem does not say.
 */
import { type CallTimes, callTimes } from './call-times.ts'
import { companyOf } from './company.ts'
import { type DayClasses, dayClasses } from './day-classes.ts'
import { type FleetTable, fleetTable } from './fleets.ts'
import { type Problem, UNREACHABLE, WHOLE_ASSISTANT } from './problem.ts'

/** Tables are turned so many columns at a time: as many rows as a processor's cache holds. */
const BLOCK = 32

export class Model implements CallTimes {
  readonly problem: Problem
  readonly requests: number
  /** Kinds of room, those of each class of day counted apart. */
  readonly kinds: number
  readonly places: number
  readonly seconds: Int32Array
  readonly metres: Int32Array
  /** The same the other way about, to place by place: all that is asked of one call lies in one row. */
  readonly secondsTo: Int32Array
  readonly metresTo: Int32Array
  readonly sessions: number

  /** By call; see `CallTimes`. */
  readonly place: Int32Array
  readonly open: Float64Array
  readonly close: Float64Array
  readonly service: Float64Array

  /** By request. */
  readonly longestRide: Float64Array
  readonly session: Int32Array
  readonly people: Int32Array
  readonly others: Int32Array
  readonly share: Int32Array
  /** By request and kind of room on each class of day, own assistants included. */
  readonly room: Int32Array
  /** What leaving the request out costs, and what its own assistants cost, all days together. */
  readonly unplacedPrice: Float64Array
  readonly ownCost: Float64Array

  readonly company: ReturnType<typeof companyOf>
  readonly fleets: FleetTable
  readonly days: DayClasses
  /** Whether any cost depends on the clock: wages by the hour, long rides, early arrivals, or the order aboard. */
  readonly clockPriced: boolean

  constructor(problem: Problem) {
    const requests = problem.requests
    const times = callTimes(problem)
    this.problem = problem
    this.requests = times.requests
    this.places = problem.places
    this.seconds = problem.seconds
    this.metres = problem.metres
    this.secondsTo = turned(problem.seconds, problem.places)
    this.metresTo = turned(problem.metres, problem.places)
    this.sessions = problem.sessions

    this.place = times.place
    this.open = times.open
    this.close = times.close
    this.service = times.service
    this.longestRide = times.longestRide

    this.session = Int32Array.from(requests, ({ session }) => session)
    this.people = Int32Array.from(requests, ({ people }) => people)
    this.others = Int32Array.from(requests, ({ atMostOthers }) => atMostOthers)
    this.share = Int32Array.from(requests, ({ assistantShare }) => assistantShare)
    this.days = dayClasses(problem)
    this.kinds = problem.kinds * this.days.count
    this.room = this.roomByDay()
    this.unplacedPrice = this.overDays((r) => requests[r].unplacedPrice)
    this.ownCost = this.overDays((r) => requests[r].ownAssistantsCost)
    this.company = companyOf(problem)
    this.fleets = fleetTable(
      problem,
      this.days.weight.reduce((sum, days) => sum + days, 0),
    )
    this.clockPriced = problem.types.some(hasWages) || requests.some(hasPrices)
  }

  /** A seat on Monday is not a seat on Thursday: each class of day has kinds of room of its own. */
  private roomByDay(): Int32Array {
    const { requests, kinds, assistantRoom } = this.problem
    const room = new Int32Array(requests.length * this.kinds)
    for (const [r, request] of requests.entries()) {
      for (let kind = 0; kind < this.kinds; kind++) {
        const travels = (this.days.classesOf[r] >> Math.floor(kind / kinds)) & 1
        const taken = request.room[kind % kinds] + request.ownAssistants * assistantRoom[kind % kinds]
        room[r * this.kinds + kind] = travels * taken
      }
    }
    return room
  }

  private overDays(price: (request: number) => number): Float64Array {
    return Float64Array.from({ length: this.requests }, (_, r) => price(r) * this.days.travelled[r])
  }

  /** Driving time between two places; none to or from nowhere. */
  drive(from: number, to: number): number {
    if (from < 0 || to < 0) return 0
    const time = this.seconds[from * this.places + to]
    return time === UNREACHABLE ? Number.POSITIVE_INFINITY : time
  }

  /** The same from `secondsTo`. */
  driveTo(to: number, from: number): number {
    if (from < 0 || to < 0) return 0
    const time = this.secondsTo[to * this.places + from]
    return time === UNREACHABLE ? Number.POSITIVE_INFINITY : time
  }

  /** Driving distance between two places; none to or from nowhere. */
  far(from: number, to: number): number {
    return from < 0 || to < 0 ? 0 : this.metres[from * this.places + to]
  }
}

/** The table with rows and columns exchanged; itself where that changes nothing. */
function turned(table: Int32Array, places: number): Int32Array {
  if (isSymmetric(table, places)) return table
  const other = new Int32Array(table.length)
  for (let columns = 0; columns < places; columns += BLOCK) {
    const end = Math.min(columns + BLOCK, places)
    for (let a = 0; a < places; a++) {
      for (let b = columns; b < end; b++) other[b * places + a] = table[a * places + b]
    }
  }
  return other
}

function isSymmetric(table: Int32Array, places: number): boolean {
  for (let columns = 0; columns < places; columns += BLOCK) {
    const end = Math.min(columns + BLOCK, places)
    for (let a = 0; a < end; a++) {
      for (let b = columns; b < end; b++) if (table[b * places + a] !== table[a * places + b]) return false
    }
  }
  return true
}

/** How many assistants it takes to look after this much. */
export function assistantsFor(share: number): number {
  return Math.ceil(share / WHOLE_ASSISTANT)
}

const hasWages = (type: Problem['types'][number]) => type.costPerSecond > 0 || type.costPerAssistantSecond > 0

const hasPrices = (request: Problem['requests'][number]) =>
  request.ridePrice.some(({ perSecond }) => perSecond > 0) ||
  request.earlyPrice.perSecond > 0 ||
  request.boardedAfterPrice > 0 ||
  request.alightedBeforePrice > 0
