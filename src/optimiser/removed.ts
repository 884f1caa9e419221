/** The requests taken out of a plan and not yet put back. */
import { type Draft, NONE } from './draft.ts'
import { settle } from './refit.ts'
import type { Trail } from './trail.ts'

export class Removed {
  readonly list: Int32Array
  count = 0
  /** After `listTour`: the requests of that tour in the order they are picked up, then what was there before. */
  readonly listed: Int32Array
  private readonly draft: Draft
  private readonly trail: Trail
  private readonly ruinedIn: Int32Array
  private round = 0

  constructor(draft: Draft, trail: Trail) {
    this.draft = draft
    this.trail = trail
    this.list = new Int32Array(draft.model.requests)
    this.listed = new Int32Array(draft.model.requests)
    this.ruinedIn = new Int32Array(draft.vehicles * draft.model.sessions)
  }

  /** Forgets whom it held: they are placed, or left unplaced for good. */
  start(): void {
    this.count = 0
    this.round++
  }

  /** Whether somebody was taken out of this tour since `start`. */
  isRuined(tour: number): boolean {
    return this.ruinedIn[tour] === this.round
  }

  /** Takes the request out, if it is in. */
  take(request: number): void {
    const { draft } = this
    const tour = draft.tourOf[request]
    if (tour === NONE || this.isFrozen(tour)) return
    this.trail.touch(Math.floor(tour / draft.model.sessions))
    draft.unplace(request)
    this.ruinedIn[tour] = this.round
    this.list[this.count++] = request
    if (draft.ties.any) for (const mate of draft.ties.inseparable(request)) this.take(mate)
  }

  /** Has two tours, cut after these nodes, each go on as the other did; takes out whoever is aboard at a cut. */
  exchangeTails(one: number, after: number, other: number, otherAfter: number): void {
    const { draft, trail } = this
    const { sessions } = draft.model
    const vehicle = Math.floor(one / sessions)
    const otherVehicle = Math.floor(other / sessions)
    trail.touch(vehicle)
    trail.touch(otherVehicle)
    if (draft.fleetOf[otherVehicle] === NONE) draft.setFleet(otherVehicle, draft.fleetOf[vehicle])
    this.ruinedIn[one] = this.round
    this.ruinedIn[other] = this.round
    draft.exchangeTails(one, this.clearCut(one, after), other, this.clearCut(other, otherAfter))
  }

  /** Takes out who is aboard on the way on from this node; the last node before it that is still there. */
  private clearCut(tour: number, after: number): number {
    const { draft } = this
    const aboard = new Set<number>()
    const base = draft.base(tour)
    for (let node = base; node !== after; ) {
      node = draft.next[node]
      if ((node & 1) === 0) aboard.add(node >> 1)
      else aboard.delete(node >> 1)
    }
    let last = after
    while (last !== base && aboard.has(last >> 1)) last = draft.prev[last]
    for (const request of aboard) this.take(request)
    return last
  }

  /** Whether the tour is of a vehicle whose runs stay as they are. */
  isFrozen(tour: number): boolean {
    const vehicle = Math.floor(tour / this.draft.model.sessions)
    return vehicle < this.draft.reserved && this.draft.model.problem.present[vehicle].frozen
  }

  /** Adds a request that was not placed to begin with. */
  join(request: number): void {
    this.list[this.count++] = request
  }

  /** Brings every vehicle somebody was taken from back into step; one that can no longer be on time is emptied. */
  settle(): void {
    for (let i = 0; i < this.trail.count; i++) {
      const { count } = this
      if (settle(this.draft, this.trail.touched[i])) continue
      this.empty(this.trail.touched[i])
      if (this.count > count) i = -1 // those who may not be parted came from vehicles already settled
    }
  }

  private empty(vehicle: number) {
    const { sessions } = this.draft.model
    for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
      const size = this.listTour(tour)
      for (const request of this.listed.slice(0, size)) this.take(request)
    }
  }

  /** Lists the requests of a tour in the order they are picked up; how many there are. */
  listTour(tour: number): number {
    const { draft, listed } = this
    const back = draft.back(tour)
    let size = 0
    for (let node = draft.next[draft.base(tour)]; node !== back; node = draft.next[node]) {
      if ((node & 1) === 0) listed[size++] = node >> 1
    }
    return size
  }
}
