/**
 * Insertion: have request r picked up after node u of a tour and dropped off after node w.
 *
 *   before   … u ───→ v … w ───→ x …
 *   after    … u → p → v … w → d → x …       or, with w = u,  … u → p → d → v …
 *
 * A place is judged in constant time: windows by how early u can leave and how late x must start, rides by what the
 * most hurried person aboard can lose, company and room by sums kept for each node. These may say yes to rides that
 * together are too long, so a place that would be the best yet is timed in full before it is believed (`Offers`).
 * What it costs is asked first of all, since that rules out most places: a matter of two distances each.
 */
import type { Aboard } from './aboard.ts'
import { type Draft, NONE } from './draft.ts'
import {
  EARLY,
  FIGURES,
  LATE,
  LEAVES,
  LEG_COST,
  LEG_TIME,
  LINKS,
  NEXT,
  PLACE,
  RIDE_SLACK,
} from './figures.ts'
import type { Model } from './model.ts'
import { Offers } from './offers.ts'

export class Insertion {
  /** The best place found by `into` or `alone`. */
  readonly best: Offers

  private readonly draft: Draft
  private readonly model: Model
  private readonly aboard: Aboard
  private readonly figures: Float64Array
  private readonly links: Int32Array
  /** By request: may not meet the request at hand, and is on the tour at hand. */
  private readonly unwelcome: Uint8Array
  private anyUnwelcome = false

  private request = NONE
  private back = 0
  private rate = 0
  private emptyRate = 0
  private startPlace = 0
  private endPlace = 0
  /** The calls of the request at hand: when they may start, how long they take, where their rows of a table begin. */
  private pickupOpens = 0
  private pickupCloses = 0
  private pickupTakes = 0
  private pickupRow = 0
  private dropoffOpens = 0
  private dropoffCloses = 0
  private dropoffTakes = 0
  private dropoffRow = 0
  private longestRide = 0
  private directTime = 0
  private directMetres = 0
  private directCost = 0
  /** What the way from the drop-off to the end of the run costs. */
  private homeCost = 0

  /** Of the pickup at hand: u, what the way from u costs, and what the pickup adds to the way u → v. */
  private pickedUpAfter = NONE
  private there = 0
  private pickupCost = 0

  constructor(draft: Draft) {
    this.draft = draft
    this.model = draft.model
    this.aboard = draft.aboard
    this.figures = draft.figures
    this.links = draft.links
    this.best = new Offers(draft)
    this.unwelcome = new Uint8Array(draft.model.requests)
  }

  /** Seeks the cheapest place on a tour of a vehicle in use that adds less than `limit`; the least added, or Infinity. */
  into(request: number, tour: number, limit: number): number {
    this.begin(request, tour, limit)
    this.offerAll(tour)
    if (!this.best.confirm()) this.offerAll(tour)
    if (this.anyUnwelcome) this.forget()
    return this.best.added
  }

  private offerAll(tour: number) {
    const { best, back, rate, anyUnwelcome, figures, links, pickupRow, pickupCloses } = this
    const { metres, metresTo } = this.model
    const soonest = this.pickupOpens + this.pickupTakes
    let u = this.draft.base(tour)
    let there = this.emptyRate * this.model.far(this.startPlace, this.model.place[2 * this.request])
    let near = 0
    while (figures[FIGURES * u + LEAVES] <= pickupCloses) {
      const v = links[LINKS * u + NEXT]
      if (anyUnwelcome) near += this.comesNear(u)
      if (v === back) {
        this.there = there
        if (near === 0) this.pickUpLast(u)
        break
      }
      const at = pickupRow + links[LINKS * v + PLACE]
      // Dropping off comes on top, unless a detour is a short cut; such places are passed over.
      const cost = there + rate * metres[at] - figures[FIGURES * u + LEG_COST]
      if (cost < best.limit && soonest <= figures[FIGURES * v + LATE] && near === 0) {
        this.there = there
        this.pickUpAfter(u, v, cost)
      }
      there = rate * metresTo[at]
      u = v
    }
  }

  /** Seeks the cheapest fleet for a vehicle not yet in use to carry the request alone, for less than `limit`. */
  alone(request: number, vehicle: number, limit: number): number {
    const { model, best, draft } = this
    best.begin(request, vehicle * model.sessions + model.session[request], NONE, limit)
    const only = vehicle < draft.reserved ? model.problem.present[vehicle].fleet : NONE
    best.offerAlone(only)
    if (!best.confirm()) best.offerAlone(only)
    return best.added
  }

  private begin(request: number, tour: number, limit: number) {
    const { draft, model } = this
    const { fleets } = model
    const fleet = draft.fleetOf[Math.floor(tour / model.sessions)]
    if (request !== this.request) this.ask(request)
    this.best.begin(request, tour, fleet, limit)
    this.back = draft.back(tour)
    this.rate = fleets.perMetre[fleet]
    this.emptyRate = fleets.perEmptyMetre[fleet]
    this.startPlace = fleets.startsAt[fleet]
    this.endPlace = fleets.endsAt[fleet]
    this.directCost = this.rate * this.directMetres
    this.homeCost = this.emptyRate * model.far(model.place[2 * request + 1], this.endPlace)
    this.anyUnwelcome = false
    const { apart, apartFrom } = model.company
    for (let i = apartFrom[request]; i < apartFrom[request + 1]; i++) {
      if (draft.tourOf[apart[i]] !== tour) continue
      this.unwelcome[apart[i]] = 1
      this.anyUnwelcome = true
    }
  }

  /** Notes what is asked of the request at hand for every tour. */
  private ask(request: number) {
    const { model } = this
    const [p, d] = [2 * request, 2 * request + 1]
    this.request = request
    this.pickupOpens = model.open[p]
    this.pickupCloses = model.close[p]
    this.pickupTakes = model.service[p]
    this.pickupRow = model.place[p] * model.places
    this.dropoffOpens = model.open[d]
    this.dropoffCloses = model.close[d]
    this.dropoffTakes = model.service[d]
    this.dropoffRow = model.place[d] * model.places
    this.longestRide = model.longestRide[request]
    this.directTime = model.drive(model.place[p], model.place[d])
    this.directMetres = model.far(model.place[p], model.place[d])
  }

  private forget() {
    const { apart, apartFrom } = this.model.company
    for (let i = apartFrom[this.request]; i < apartFrom[this.request + 1]; i++) this.unwelcome[apart[i]] = 0
  }

  /** +1 where somebody the request may not meet comes aboard, -1 where they leave. */
  private comesNear(node: number): number {
    if (node >= 2 * this.model.requests || this.unwelcome[node >> 1] === 0) return 0
    return (node & 1) === 0 ? 1 : -1
  }

  /** A pickup between u and v, which adds `cost`, and every drop-off from there on. */
  private pickUpAfter(u: number, v: number, cost: number) {
    const { model, figures, links, pickupRow } = this
    const at = FIGURES * u
    const from = links[LINKS * u + PLACE]
    const way = from < 0 ? 0 : model.secondsTo[pickupRow + from]
    const time = Math.max(figures[at + LEAVES] + way, this.pickupOpens)
    if (time > this.pickupCloses || !this.aboard.mayJoin(u, this.request)) return
    const done = time + this.pickupTakes
    const late = way + this.pickupTakes
    this.dropStraightAway(u, done, late)
    const ride = model.seconds[pickupRow + links[LINKS * v + PLACE]]
    if (late + ride - figures[at + LEG_TIME] > figures[at + RIDE_SLACK]) return
    this.pickedUpAfter = u
    this.pickupCost = cost
    this.dropLater(v, done + ride, ride)
  }

  /** Both calls after u, the last of the run. */
  private pickUpLast(u: number) {
    const { model } = this
    const way = model.driveTo(model.place[2 * this.request], this.links[LINKS * u + PLACE])
    const time = Math.max(this.figures[FIGURES * u + LEAVES] + way, this.pickupOpens)
    if (time <= this.pickupCloses) this.dropStraightAway(u, time + this.pickupTakes, way + this.pickupTakes)
  }

  /** Both calls between u and its next: the pickup done at `done`, `late` after u was left. */
  private dropStraightAway(u: number, done: number, late: number) {
    const { model, back, figures, links, directTime } = this
    const at = FIGURES * u
    const v = links[LINKS * u + NEXT]
    const to = this.dropoffRow + links[LINKS * v + PLACE]
    const on = v === back ? this.homeCost : this.rate * model.metres[to]
    const cost = this.there + this.directCost + on - figures[at + LEG_COST]
    if (cost >= this.best.limit || directTime > this.longestRide) return
    const drops = Math.max(this.dropoffOpens, done + directTime)
    if (drops > this.dropoffCloses) return
    const away = this.dropoffTakes + (v === back && this.endPlace < 0 ? 0 : model.seconds[to])
    if (drops + away > figures[FIGURES * v + LATE]) return
    if (late + directTime + away - figures[at + LEG_TIME] <= figures[at + RIDE_SLACK])
      this.best.offer(u, u, cost)
  }

  /** Every drop-off after v or further on: v reached at `arrives` with the pupil `rideThere` aboard, and so on. */
  private dropLater(v: number, arrives: number, rideThere: number) {
    const { best, back, figures, links, dropoffCloses, longestRide, pickupCost } = this
    let ride = rideThere
    let time = arrives
    for (let w = v; w !== back; w = links[LINKS * w + NEXT]) {
      const at = FIGURES * w
      const early = figures[at + EARLY]
      if (time < early) time = early
      if (time > figures[at + LATE] || !this.mayRideOnFrom(w)) return
      const service = figures[at + LEAVES] - early
      time += service
      ride += service
      if (time > dropoffCloses || ride > longestRide) return
      const cost = pickupCost + this.dropCost(w)
      if (cost < best.limit && this.canDropAfter(w, time, ride)) best.offer(this.pickedUpAfter, w, cost)
      time += figures[at + LEG_TIME]
      ride += figures[at + LEG_TIME]
    }
  }

  /** What a drop-off after w adds to the way to its next. */
  private dropCost(w: number): number {
    const { back, figures, links, rate, dropoffRow, model } = this
    const x = links[LINKS * w + NEXT]
    const on = x === back ? this.homeCost : rate * model.metres[dropoffRow + links[LINKS * x + PLACE]]
    const there = rate * model.metresTo[dropoffRow + links[LINKS * w + PLACE]]
    return there + on - figures[FIGURES * w + LEG_COST]
  }

  /** Whether those aboard on from w, and who boards there, put up with the request and it with them. */
  private mayRideOnFrom(w: number): boolean {
    return this.aboard.mayJoin(w, this.request) && !(this.anyUnwelcome && this.comesNear(w) > 0)
  }

  /** Whether a drop-off after w keeps time: w is left at `time`, when the pupil has been aboard for `ride`. */
  private canDropAfter(w: number, time: number, ride: number): boolean {
    const { model, figures, links } = this
    const at = FIGURES * w
    const x = links[LINKS * w + NEXT]
    const way = model.secondsTo[this.dropoffRow + links[LINKS * w + PLACE]]
    const drops = Math.max(this.dropoffOpens, time + way)
    if (drops > this.dropoffCloses || ride + way > this.longestRide) return false
    const to = links[LINKS * x + PLACE]
    const away = this.dropoffTakes + (to < 0 ? 0 : model.seconds[this.dropoffRow + to])
    return (
      drops + away <= figures[FIGURES * x + LATE] &&
      way + away - figures[at + LEG_TIME] <= figures[at + RIDE_SLACK]
    )
  }
}
