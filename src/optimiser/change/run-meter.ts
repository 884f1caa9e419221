/** Times one run on one day, and prices it by the times it is said to keep (README, "The clock of a run"). */
import { callTimes, type Timed } from '../call-times.ts'
import { fleetTable } from '../fleets.ts'
import { isPickup, NOWHERE, type PriceStep, type Problem, UNREACHABLE } from '../problem.ts'
import { Timetable } from '../timetable.ts'

export class RunMeter {
  readonly problem: Problem
  readonly times: Timed
  private readonly table: Timetable
  private fleet = 0

  constructor(problem: Problem) {
    this.problem = problem
    this.times = { ...callTimes(problem), fleets: fleetTable(problem, 1) }
    this.table = new Timetable(this.times)
  }

  /** Driving time, to or from NOWHERE none; endless where there is no way. */
  drive(from: number, to: number): number {
    if (from === NOWHERE || to === NOWHERE) return 0
    const time = this.problem.seconds[from * this.problem.places + to]
    return time === UNREACHABLE ? Number.POSITIVE_INFINITY : time
  }

  /** Whether a vehicle of this fleet can keep every rule of time; if so, `startOf`, `lasts` and `price` speak of it. */
  time(fleet: number, calls: ArrayLike<number>, count = calls.length): boolean {
    const { table, times, problem } = this
    const { startsAt, endsAt } = problem.fleets[fleet]
    this.fleet = fleet
    table.begin(fleet)
    let at = startsAt
    for (let k = 0; k < count; k++) {
      const place = times.place[calls[k]]
      table.add(calls[k], this.drive(at, place))
      at = place
    }
    table.end(fleet, this.drive(at, endsAt))
    if (!table.earliest()) return false
    table.latest(table.early[table.length - 1])
    return true
  }

  /** When service starts at a call of the run, counted from 0. */
  startOf(k: number): number {
    return this.table.late[k + 1]
  }

  /** From leaving the base (or starting at the first pickup) until back (or done). */
  lasts(): number {
    return this.back() - this.leaves()
  }

  leaves(): number {
    return this.table.late[0]
  }

  back(): number {
    return this.table.late[this.table.length - 1]
  }

  /** How long the request picked up at call k rides. */
  rideFrom(k: number): number {
    const { late, mate, call } = this.table
    return late[mate[k + 1]] - late[k + 1] - this.times.service[call[k + 1]]
  }

  /** What the run costs on the day. The vehicle's own day, and its assistants' day, are shared with other runs. */
  price(assistants: number): number {
    const { problem, table, fleet } = this
    const { costPerSecond, costPerAssistantSecond } = problem.types[problem.fleets[fleet].type]
    let price = (costPerSecond + assistants * costPerAssistantSecond) * this.lasts() + this.wayPrice()
    for (let k = 1; k < table.length - 1; k++) {
      if (table.mate[k] > k) price += this.riderPrice(k)
    }
    return price
  }

  private wayPrice(): number {
    const { problem, table, times, fleet } = this
    const { places, metres, fleets, types } = problem
    const { type, startsAt, endsAt } = fleets[fleet]
    const { costPerMetre, costPerEmptyMetre } = types[type]
    const last = table.length - 2
    let loaded = 0
    for (let k = 2; k <= last; k++) {
      loaded += metres[times.place[table.call[k - 1]] * places + times.place[table.call[k]]]
    }
    const out = startsAt === NOWHERE ? 0 : metres[startsAt * places + times.place[table.call[1]]]
    const home = endsAt === NOWHERE ? 0 : metres[times.place[table.call[last]] * places + endsAt]
    return costPerMetre * loaded + costPerEmptyMetre * (out + home)
  }

  private riderPrice(k: number): number {
    const { late, mate, call } = this.table
    const request = this.problem.requests[call[k] >> 1]
    const { earlyPrice, ridePrice, boardedAfterPrice, alightedBeforePrice } = request
    let price = request.ownAssistantsCost + stepped(ridePrice, this.rideFrom(k - 1))
    price += earlyPrice.perSecond * Math.max(0, earlyPrice.before - late[mate[k]])
    if (boardedAfterPrice === 0 && alightedBeforePrice === 0) return price
    for (let i = k + 1; i < mate[k]; i++) price += isPickup(call[i]) ? boardedAfterPrice : alightedBeforePrice
    return price
  }
}

function stepped(steps: readonly PriceStep[], ride: number): number {
  let price = 0
  for (const { after, perSecond } of steps) price += perSecond * Math.max(0, ride - after)
  return price
}
