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
/** Where all vehicles are tried, those of so many near neighbours come first. */
const FEW_NEAR = 12

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
  private vehicle = NONE
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
    this.vehicle = NONE
    this.ask++
    const all = usedCount <= FEW_VEHICLES || draft.ties.any
    if (all) for (let i = 0; i < usedCount; i++) this.recall(request, used[i])
    const nearest = near.of(request)
    const some = all ? Math.min(FEW_NEAR, nearest.length) : nearest.length
    for (let i = 0; i < some; i++) {
      const tour = draft.tourOf[nearest[i]]
      if (tour !== NONE) this.tryVehicle(request, Math.floor(tour / model.sessions))
    }
    if (all) for (let i = 0; i < usedCount; i++) this.tryVehicle(request, used[i])
    this.tryIdle(request)
    const { vehicle } = this
    if (vehicle === NONE) return false
    this.trail.touch(vehicle)
    draft.setFleet(vehicle, this.fleet)
    draft.place(request, vehicle * model.sessions + model.session[request], this.after, this.dropAfter)
    settle(draft, vehicle)
    return true
  }

  /** Takes what is known of the vehicle as it is: there is a price to beat before any other is looked into. */
  private recall(request: number, vehicle: number) {
    const { known } = this
    if (!known.recall(request, vehicle)) return
    if (!this.isSeen(request, vehicle)) return
    this.take(known.atLeast(request, vehicle) + this.tied(request, vehicle), vehicle, known)
  }

  private tryVehicle(request: number, vehicle: number) {
    if (this.triedFor[vehicle] === this.ask || !this.isSeen(request, vehicle)) return
    const { known, insertion } = this
    const { sessions, session } = this.draft.model
    const tied = this.tied(request, vehicle)
    const limit = this.limit - tied
    if (known.atLeast(request, vehicle) >= limit) return
    const added = insertion.into(request, vehicle * sessions + session[request], limit)
    if (added >= limit) return known.learnLeast(request, vehicle, limit)
    known.learnPlace(request, vehicle, insertion.best)
    this.take(added + tied, vehicle, insertion.best)
  }

  /** Whether the vehicle may be tried for the request; from then on it counts as tried. */
  private isSeen(request: number, vehicle: number): boolean {
    this.triedFor[vehicle] = this.ask
    const { reserved, ties, model } = this.draft
    if (vehicle < reserved && model.problem.present[vehicle].frozen) return false
    if (this.random.share() < BLINK_SHARE) return false
    return !ties.any || ties.allow(request, vehicle)
  }

  private tied(request: number, vehicle: number): number {
    const { ties } = this.draft
    return ties.any ? ties.price(request, vehicle) : 0
  }

  /** A vehicle not in use: the one of the plan in force that carries the request, or any of no history. */
  private tryIdle(request: number) {
    const { draft } = this
    const own = draft.ties.present[request]
    if (own >= 0 && draft.fleetOf[own] === NONE) this.tryIdleVehicle(request, own)
    if (draft.idleVehicle() !== NONE) this.tryIdleVehicle(request, draft.idleVehicle())
  }

  private tryIdleVehicle(request: number, vehicle: number) {
    const { ties } = this.draft
    if (ties.any && !ties.allow(request, vehicle)) return
    const tied = this.tied(request, vehicle)
    const added = this.insertion.alone(request, vehicle, this.limit - tied)
    this.take(added + tied, vehicle, this.insertion.best)
  }

  private take(added: number, vehicle: number, { after, dropAfter, fleet }: Place) {
    if (added >= this.limit) return
    this.limit = added
    this.vehicle = vehicle
    this.after = after
    this.dropAfter = dropAfter
    this.fleet = fleet
  }
}

type Place = { readonly after: number; readonly dropAfter: number; readonly fleet: number }
