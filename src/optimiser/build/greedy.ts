/**
 * Greedy insertion with blinks (Christiaens & Vanden Berghe 2020, §5.2): requests one after the other, each where it adds
 * least, now and then not seeing a tour at all. Few tours are all tried, those of near neighbours first; of many, those
 * of neighbours alone. A vehicle not yet in use comes last: by then there is a price to beat.
 */
import { type Draft, NONE } from '../draft.ts'
import { Insertion } from '../insertion.ts'
import { KnownPlaces } from '../known-places.ts'
import type { Neighbours } from '../neighbours.ts'
import type { Random } from '../random.ts'
import { settle } from '../refit.ts'
import type { Removed } from '../removed.ts'
import type { Trail } from '../trail.ts'

const BLINK_SHARE = 0.01
const FEW_VEHICLES = 400

export class Greedy {
  private readonly draft: Draft
  private readonly near: Neighbours
  private readonly trail: Trail
  private readonly random: Random
  private readonly insertion: Insertion
  private readonly known: KnownPlaces
  private readonly triedFor: Int32Array
  private ask = 0
  /** The best place yet for the request at hand. */
  private limit = 0
  private tour = NONE
  private after = NONE
  private dropAfter = NONE
  private fleet = NONE

  constructor(draft: Draft, near: Neighbours, trail: Trail, random: Random) {
    this.draft = draft
    this.near = near
    this.trail = trail
    this.random = random
    this.insertion = new Insertion(draft)
    this.known = new KnownPlaces(draft)
    this.triedFor = new Int32Array(draft.vehicles)
  }

  /** Puts back whoever can be, in the order they are listed. */
  putBack(removed: Removed): void {
    for (let i = 0; i < removed.count; i++) this.putIn(removed.list[i])
  }

  /** Puts the request where it adds least, if that is less than leaving it out; whether it is in. */
  putIn(request: number): boolean {
    const { draft, near } = this
    const { model, used, usedCount } = draft
    this.limit = model.unplacedPrice[request] - model.ownCost[request]
    this.tour = NONE
    this.ask++
    const nearest = near.of(request)
    for (let i = 0; i < nearest.length; i++) {
      const tour = draft.tourOf[nearest[i]]
      if (tour !== NONE) this.tryVehicle(request, Math.floor(tour / model.sessions))
    }
    if (usedCount <= FEW_VEHICLES || draft.ties.any) {
      for (let i = 0; i < usedCount; i++) this.tryVehicle(request, used[i])
    }
    this.tryIdle(request)
    if (this.tour === NONE) return false
    const vehicle = Math.floor(this.tour / model.sessions)
    this.trail.touch(vehicle)
    draft.setFleet(vehicle, this.fleet)
    draft.place(request, this.tour, this.after, this.dropAfter)
    settle(draft, vehicle)
    return true
  }

  private tryVehicle(request: number, vehicle: number) {
    if (this.triedFor[vehicle] === this.ask) return
    this.triedFor[vehicle] = this.ask
    const { draft } = this
    const tour = vehicle * draft.model.sessions + draft.model.session[request]
    if (vehicle < draft.reserved && draft.model.problem.present[vehicle].frozen) return
    if (this.random.share() < BLINK_SHARE) return
    if (draft.ties.any && !draft.ties.allow(request, vehicle)) return
    const tied = draft.ties.any ? draft.ties.price(request, vehicle) : 0
    const limit = this.limit - tied
    const { known, insertion } = this
    const least = known.atLeast(request, vehicle)
    if (least >= limit) return
    if (known.recall(request, vehicle)) return this.take(least + tied, tour, known)
    const added = insertion.into(request, tour, limit)
    if (added >= limit) return known.learnLeast(request, vehicle, limit)
    known.learnPlace(request, vehicle, insertion.best)
    this.take(added + tied, tour, insertion.best)
  }

  /** A vehicle not in use: the one of the plan in force that carries the request, or any of no history. */
  private tryIdle(request: number) {
    const { draft } = this
    const own = draft.ties.present[request]
    if (own >= 0 && draft.fleetOf[own] === NONE) this.tryIdleVehicle(request, own)
    if (draft.idleVehicle() !== NONE) this.tryIdleVehicle(request, draft.idleVehicle())
  }

  private tryIdleVehicle(request: number, vehicle: number) {
    const { ties, model } = this.draft
    if (ties.any && !ties.allow(request, vehicle)) return
    const tied = ties.any ? ties.price(request, vehicle) : 0
    const added = this.insertion.alone(request, vehicle, this.limit - tied)
    this.take(added + tied, vehicle * model.sessions + model.session[request], this.insertion.best)
  }

  private take(added: number, tour: number, { after, dropAfter, fleet }: Place) {
    if (added >= this.limit) return
    this.limit = added
    this.tour = tour
    this.after = after
    this.dropAfter = dropAfter
    this.fleet = fleet
  }
}

type Place = { readonly after: number; readonly dropAfter: number; readonly fleet: number }
