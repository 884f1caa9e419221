/**
 * A plan being worked on: which call follows which. Node numbers: calls are 0…2·requests-1; the run of a vehicle in a
 * session is `tour` (vehicle · sessions + session), and starts and ends at nodes of its own.
 *
 *   base(tour) → pickup → pickup → drop-off → … → back(tour)
 *
 * Everything below `next` is derived, and is true between moves, never during one.
 */
import { Aboard } from './aboard.ts'
import { clockPrice } from './clock-price.ts'
import { EARLY, FIGURES, LATE, LEAVES, LEG_COST, LEG_TIME, LINKS, NEXT, PLACE } from './figures.ts'
import type { Model } from './model.ts'
import { Ties } from './ties.ts'
import { Timetable } from './timetable.ts'

/** In `tourOf` and `fleetOf`: none. */
export const NONE = -1

export class Draft {
  readonly model: Model
  readonly vehicles: number
  readonly next: Int32Array
  readonly prev: Int32Array
  /** By request. */
  readonly tourOf: Int32Array
  /** By vehicle: its fleet, or NONE while it stands unused. */
  readonly fleetOf: Int32Array
  /** By fleet: how many more there are. */
  readonly left: Int32Array
  /** By tour: requests on it. */
  readonly size: Int32Array

  /** By node: what `figures.ts` has side by side. */
  readonly figures: Float64Array
  readonly links: Int32Array
  readonly aboard: Aboard
  /** By tour and kind: the most ever aboard; by tour: the most shared assistance at once, and metres call to call. */
  readonly peak: Int32Array
  readonly peakShare: Int32Array
  readonly metres: Float64Array
  /** By tour: what the clock makes it cost. */
  readonly clock: Float64Array
  readonly ties: Ties
  /** By vehicle: what it costs. */
  readonly cost: Float64Array
  /** By vehicle: a number of its own for what it now is; the same again when a change is taken back. */
  readonly version: Float64Array
  versions = 0
  /** All vehicles, and everybody left unplaced. */
  total = 0

  /** Vehicles in use, in no order: the first `usedCount`. After them the unused, the next to be used first. */
  readonly used: Int32Array
  usedCount = 0
  private readonly usedAt: Int32Array
  /** Vehicles numbered below this are those of the plan in force, kept for whom they carry. */
  readonly reserved: number
  readonly timetable: Timetable

  constructor(model: Model, vehicles: number) {
    const { requests, sessions, kinds } = model
    const tours = vehicles * sessions
    const nodes = 2 * requests + 2 * tours
    this.model = model
    this.vehicles = vehicles
    this.next = new Int32Array(nodes)
    this.prev = new Int32Array(nodes)
    this.tourOf = new Int32Array(requests).fill(NONE)
    this.fleetOf = new Int32Array(vehicles).fill(NONE)
    this.left = model.fleets.size.slice()
    this.size = new Int32Array(tours)
    this.figures = new Float64Array(FIGURES * nodes)
    this.links = new Int32Array(this.figures.buffer)
    this.aboard = new Aboard(model, nodes, this)
    this.peak = new Int32Array(tours * kinds)
    this.peakShare = new Int32Array(tours)
    this.metres = new Float64Array(tours)
    this.cost = new Float64Array(vehicles)
    this.version = new Float64Array(vehicles)
    this.clock = new Float64Array(tours)
    this.ties = new Ties(model, (request) => Math.floor(this.tourOf[request] / model.sessions))
    this.reserved = model.problem.present.length
    this.used = Int32Array.from({ length: vehicles }, (_, i) => (i + this.reserved) % vehicles)
    this.usedAt = new Int32Array(vehicles)
    for (let i = 0; i < vehicles; i++) this.usedAt[this.used[i]] = i
    this.timetable = new Timetable(model)
    for (let tour = 0; tour < tours; tour++) this.link(this.base(tour), this.back(tour))
    for (let r = 0; r < requests; r++) this.total += model.unplacedPrice[r]
  }

  base(tour: number): number {
    return 2 * (this.model.requests + tour)
  }

  back(tour: number): number {
    return 2 * (this.model.requests + tour) + 1
  }

  /** The vehicle next in line to be used, or NONE. */
  idleVehicle(): number {
    for (let i = this.usedCount; i < this.vehicles; i++)
      if (this.used[i] >= this.reserved) return this.used[i]
    return NONE
  }

  /** Puts the vehicle into this fleet; with NONE, stands it down. */
  setFleet(vehicle: number, fleet: number): void {
    const before = this.fleetOf[vehicle]
    if (before === fleet) return
    if (before !== NONE) this.left[before] += 1
    if (fleet !== NONE) this.left[fleet] -= 1
    if (fleet === NONE) this.exchange(vehicle, --this.usedCount)
    else if (before === NONE) this.exchange(vehicle, this.usedCount++)
    this.fleetOf[vehicle] = fleet
  }

  private exchange(vehicle: number, at: number) {
    const { used, usedAt } = this
    const other = used[at]
    used[usedAt[vehicle]] = other
    usedAt[other] = usedAt[vehicle]
    used[at] = vehicle
    usedAt[vehicle] = at
  }

  /** Has the request picked up after one node and dropped off after another, or (the same) straight after the pickup. */
  place(request: number, tour: number, after: number, dropAfter: number): void {
    const pickup = 2 * request
    const last = dropAfter === after ? pickup : dropAfter
    this.putIn(pickup, after)
    this.putIn(pickup + 1, last)
    this.countIn(request, tour)
  }

  /** Leaves the request out. */
  unplace(request: number): void {
    this.takeOut(2 * request)
    this.takeOut(2 * request + 1)
    this.countOut(request)
  }

  /** Leaves everybody on the vehicle out. */
  clear(vehicle: number): void {
    const { sessions } = this.model
    for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
      const back = this.back(tour)
      for (let node = this.next[this.base(tour)]; node !== back; node = this.next[node]) {
        if ((node & 1) === 0) this.countOut(node >> 1)
      }
      this.link(this.base(tour), back)
      this.size[tour] = 0
    }
  }

  /** Gives an empty tour these calls. */
  restore(tour: number, calls: Int32Array, from: number, length: number): void {
    let last = this.base(tour)
    for (let i = from; i < from + length; i++) {
      this.link(last, calls[i])
      last = calls[i]
      if ((last & 1) === 0) this.countIn(last >> 1, tour)
    }
    this.link(last, this.back(tour))
  }

  /** Has two tours, cut after these nodes, each go on as the other did. */
  exchangeTails(one: number, after: number, other: number, otherAfter: number): void {
    const { next, prev } = this
    const [first, last] = [next[after], prev[this.back(one)]]
    const [otherFirst, otherLast] = [next[otherAfter], prev[this.back(other)]]
    const isEmpty = last === after
    const otherIsEmpty = otherLast === otherAfter
    this.link(after, otherIsEmpty ? this.back(one) : otherFirst)
    if (!otherIsEmpty) this.link(otherLast, this.back(one))
    this.link(otherAfter, isEmpty ? this.back(other) : first)
    if (!isEmpty) this.link(last, this.back(other))
    this.recount(after, one)
    this.recount(otherAfter, other)
  }

  /** Counts everybody picked up after this node as on this tour. */
  private recount(after: number, tour: number) {
    for (let node = this.next[after]; node !== this.back(tour); node = this.next[node]) {
      if ((node & 1) === 1) continue
      this.countOut(node >> 1)
      this.countIn(node >> 1, tour)
    }
  }

  private countIn(request: number, tour: number) {
    if (this.ties.any) this.total += this.ties.price(request, Math.floor(tour / this.model.sessions))
    this.tourOf[request] = tour
    this.size[tour] += 1
    this.total += this.model.ownCost[request] - this.model.unplacedPrice[request]
  }

  private countOut(request: number) {
    const tour = this.tourOf[request]
    this.size[tour] -= 1
    this.tourOf[request] = NONE
    if (this.ties.any) this.total -= this.ties.price(request, Math.floor(tour / this.model.sessions))
    this.total += this.model.unplacedPrice[request] - this.model.ownCost[request]
  }

  private link(before: number, after: number) {
    this.next[before] = after
    this.prev[after] = before
  }

  private putIn(call: number, after: number) {
    this.link(call, this.next[after])
    this.link(after, call)
  }

  private takeOut(call: number) {
    this.link(this.prev[call], this.next[call])
  }

  /** The place of a node; base and back as the fleet has them. */
  placeOf(node: number, fleet: number): number {
    const { place, fleets, requests } = this.model
    if (node < 2 * requests) return place[node]
    return (node & 1) === 0 ? fleets.startsAt[fleet] : fleets.endsAt[fleet]
  }

  /** Brings everything derived for one tour back into step with `next`. The vehicle's fleet must be set. */
  refresh(tour: number): boolean {
    const fleet = this.fleetOf[Math.floor(tour / this.model.sessions)]
    this.load(tour, fleet)
    const kept = this.timetable.earliest()
    this.timetable.latest(Number.POSITIVE_INFINITY)
    this.keepTimes(tour, fleet)
    this.aboard.along(this.timetable, this.base(tour))
    this.sumUp(tour, fleet)
    return kept
  }

  /** Loads the tour into the timetable as this fleet would drive it. */
  load(tour: number, fleet: number): void {
    const { next, timetable, model } = this
    const back = this.back(tour)
    timetable.begin(fleet)
    let place = model.fleets.startsAt[fleet]
    for (let node = next[this.base(tour)]; node !== back; node = next[node]) {
      timetable.add(node, model.drive(place, model.place[node]))
      place = model.place[node]
    }
    timetable.end(fleet, model.drive(place, model.fleets.endsAt[fleet]))
  }

  private keepTimes(tour: number, fleet: number) {
    const { figures, links, timetable, next } = this
    let node = this.base(tour)
    for (let k = 0; k < timetable.length; k++) {
      const at = FIGURES * node
      links[LINKS * node + NEXT] = next[node]
      links[LINKS * node + PLACE] = this.placeOf(node, fleet)
      figures[at + EARLY] = timetable.early[k]
      figures[at + LATE] = timetable.late[k]
      figures[at + LEAVES] = timetable.early[k] + timetable.service[k]
      figures[at + LEG_TIME] = timetable.leg[k + 1] - timetable.service[k]
      node = next[node]
    }
  }

  private sumUp(tour: number, fleet: number) {
    const { next, aboard, peak, model } = this
    const { kinds } = model
    const back = this.back(tour)
    let share = 0
    peak.fill(0, tour * kinds, (tour + 1) * kinds)
    for (let node = next[this.base(tour)]; node !== back; node = next[node]) {
      if (aboard.share[node] > share) share = aboard.share[node]
      for (let kind = 0; kind < kinds; kind++) {
        const taken = aboard.load[node * kinds + kind]
        if (taken > peak[tour * kinds + kind]) peak[tour * kinds + kind] = taken
      }
    }
    this.peakShare[tour] = share
    if (model.clockPriced && this.size[tour] > 0)
      this.clock[tour] = clockPrice(model, this.timetable, fleet, share)
    this.sumLegs(tour, fleet)
  }

  private sumLegs(tour: number, fleet: number) {
    const { next, figures, links, model } = this
    const { perMetre, perEmptyMetre } = model.fleets
    const base = this.base(tour)
    const back = this.back(tour)
    this.metres[tour] = 0
    for (let node = base; node !== back; node = next[node]) {
      const way = model.far(links[LINKS * node + PLACE], links[LINKS * next[node] + PLACE])
      const isEmpty = node === base || next[node] === back
      if (!isEmpty) this.metres[tour] += way
      figures[FIGURES * node + LEG_COST] = way * (isEmpty ? perEmptyMetre[fleet] : perMetre[fleet])
    }
    if (this.size[tour] === 0) figures[FIGURES * base + LEG_COST] = 0 // nobody drives a run that carries nobody
  }
}
