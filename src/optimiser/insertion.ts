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
import { EARLY, FIGURES, LATE, LEAVES, LEG_COST, LEG_TIME, NEXT, PLACE, RIDE_SLACK } from './figures.ts'
import type { Model } from './model.ts'
import { Offers } from './offers.ts'

export class Insertion {
  /** The best place found by `into` or `alone`. */
  readonly best: Offers

  private readonly draft: Draft
  private readonly model: Model
  private readonly aboard: Aboard
  private readonly figures: Float64Array
  /** By request: may not meet the request at hand, and is on the tour at hand. */
  private readonly unwelcome: Uint8Array

  private request = 0
  private back = 0
  private rate = 0
  private emptyRate = 0
  private startPlace = 0
  private endPlace = 0
  private anyUnwelcome = false
  private directTime = 0
  private directCost = 0
  /** Where the drop-off's row of a table of distances begins; what the way from there to the end of the run costs. */
  private dropRow = 0
  private homeCost = 0

  /** Of the pickup at hand: what the way from u costs, and what the pickup adds to the way u → v. */
  private there = 0
  private pickupCost = 0

  constructor(draft: Draft) {
    this.draft = draft
    this.model = draft.model
    this.aboard = draft.aboard
    this.figures = draft.figures
    this.best = new Offers(draft)
    this.unwelcome = new Uint8Array(draft.model.requests)
  }

  /** Seeks the cheapest place on a tour of a vehicle in use that adds less than `limit`; the least added, or Infinity. */
  into(request: number, tour: number, limit: number): number {
    this.begin(request, tour, limit)
    const { draft, model, best, back, rate, anyUnwelcome, figures } = this
    const { close, metres, metresTo } = model
    const row = model.place[2 * request] * model.places
    const last = close[2 * request]
    let u = draft.base(tour)
    let there = this.emptyRate * model.far(this.startPlace, model.place[2 * request])
    let near = 0
    while (figures[FIGURES * u + LEAVES] <= last) {
      const v = figures[FIGURES * u + NEXT]
      if (anyUnwelcome) near += this.comesNear(u)
      this.there = there
      if (v === back) {
        if (near === 0) this.pickUpLast(u)
        break
      }
      const at = row + figures[FIGURES * v + PLACE]
      // Dropping off comes on top, unless a detour is a short cut; such places are passed over.
      const cost = there + rate * metres[at] - figures[FIGURES * u + LEG_COST]
      if (cost < best.limit && near === 0) this.pickUpAfter(u, v, cost)
      there = rate * metresTo[at]
      u = v
    }
    if (anyUnwelcome) this.forget()
    return best.added
  }

  /** Seeks the cheapest fleet for a vehicle not yet in use to carry the request alone, for less than `limit`. */
  alone(request: number, vehicle: number, limit: number): number {
    const { model, best, draft } = this
    best.begin(request, vehicle * model.sessions + model.session[request], NONE, limit)
    best.offerAlone(vehicle < draft.reserved ? model.problem.present[vehicle].fleet : NONE)
    return best.added
  }

  private begin(request: number, tour: number, limit: number) {
    const { draft, model } = this
    const { fleets, place } = model
    const fleet = draft.fleetOf[Math.floor(tour / model.sessions)]
    this.best.begin(request, tour, fleet, limit)
    this.request = request
    this.back = draft.back(tour)
    this.rate = fleets.perMetre[fleet]
    this.emptyRate = fleets.perEmptyMetre[fleet]
    this.startPlace = fleets.startsAt[fleet]
    this.endPlace = fleets.endsAt[fleet]
    this.directTime = model.drive(place[2 * request], place[2 * request + 1])
    this.directCost = this.rate * model.far(place[2 * request], place[2 * request + 1])
    this.dropRow = place[2 * request + 1] * model.places
    this.homeCost = this.emptyRate * model.far(place[2 * request + 1], this.endPlace)
    this.anyUnwelcome = false
    const { apart, apartFrom } = model.company
    for (let i = apartFrom[request]; i < apartFrom[request + 1]; i++) {
      if (draft.tourOf[apart[i]] !== tour) continue
      this.unwelcome[apart[i]] = 1
      this.anyUnwelcome = true
    }
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
    const { model, aboard, request, figures } = this
    if (!aboard.mayJoin(u, request)) return
    const p = 2 * request
    const at = FIGURES * u
    const from = figures[at + PLACE]
    const row = model.place[p] * model.places
    const way = from < 0 ? 0 : model.secondsTo[row + from]
    const time = Math.max(figures[at + LEAVES] + way, model.open[p])
    if (time > model.close[p]) return
    const done = time + model.service[p]
    const late = way + model.service[p]
    this.dropStraightAway(u, done, late)
    const ride = model.seconds[row + figures[FIGURES * v + PLACE]]
    if (late + ride - figures[at + LEG_TIME] > figures[at + RIDE_SLACK]) return
    this.pickupCost = cost
    this.dropLater(u, done + ride, ride)
  }

  /** Both calls after u, the last of the run. */
  private pickUpLast(u: number) {
    const { model, figures } = this
    const p = 2 * this.request
    const way = model.driveTo(model.place[p], figures[FIGURES * u + PLACE])
    const time = Math.max(figures[FIGURES * u + LEAVES] + way, model.open[p])
    if (time <= model.close[p]) this.dropStraightAway(u, time + model.service[p], way + model.service[p])
  }

  /** Both calls between u and its next: the pickup done at `done`, `late` after u was left. */
  private dropStraightAway(u: number, done: number, late: number) {
    const { model, back, figures } = this
    const d = 2 * this.request + 1
    const at = FIGURES * u
    const v = figures[at + NEXT]
    const to = figures[FIGURES * v + PLACE]
    const on = (v === back ? this.emptyRate : this.rate) * model.far(model.place[d], to)
    const cost = this.there + this.directCost + on - figures[at + LEG_COST]
    if (cost >= this.best.limit || this.directTime > model.longestRide[this.request]) return
    const drops = Math.max(model.open[d], done + this.directTime)
    if (drops > model.close[d]) return
    const away = model.service[d] + model.drive(model.place[d], to)
    if (drops + away > figures[FIGURES * v + LATE]) return
    if (late + this.directTime + away - figures[at + LEG_TIME] <= figures[at + RIDE_SLACK])
      this.best.offer(u, u, cost)
  }

  /** Every drop-off further on: after u's next, reached at `arrives` with the pupil `rideThere` aboard, and so on. */
  private dropLater(u: number, arrives: number, rideThere: number) {
    const { model, request, back, pickupCost, best, figures } = this
    const { service } = model
    const latest = model.close[2 * request + 1]
    const longest = model.longestRide[request]
    let ride = rideThere
    let time = arrives
    for (let w = figures[FIGURES * u + NEXT]; w !== back; w = figures[FIGURES * w + NEXT]) {
      const at = FIGURES * w
      time = Math.max(time, figures[at + EARLY])
      if (time > figures[at + LATE] || !this.mayRideOnFrom(w)) return
      time += service[w]
      ride += service[w]
      if (time > latest || ride > longest) return
      const cost = pickupCost + this.dropCost(at)
      if (cost < best.limit && this.canDropAfter(w, time, ride)) best.offer(u, w, cost)
      time += figures[at + LEG_TIME]
      ride += figures[at + LEG_TIME]
    }
  }

  /** What a drop-off after the node whose figures are `at` adds to the way to its next. */
  private dropCost(at: number): number {
    const { figures, back, rate, model } = this
    const { metres, metresTo } = model
    const x = figures[at + NEXT]
    const on = x === back ? this.homeCost : rate * metres[this.dropRow + figures[FIGURES * x + PLACE]]
    return rate * metresTo[this.dropRow + figures[at + PLACE]] + on - figures[at + LEG_COST]
  }

  /** Whether those aboard on from w, and who boards there, put up with the request and it with them. */
  private mayRideOnFrom(w: number): boolean {
    return this.aboard.mayJoin(w, this.request) && !(this.anyUnwelcome && this.comesNear(w) > 0)
  }

  /** Whether a drop-off after w keeps time: w is left at `time`, when the pupil has been aboard for `ride`. */
  private canDropAfter(w: number, time: number, ride: number): boolean {
    const { model, figures } = this
    const d = 2 * this.request + 1
    const at = FIGURES * w
    const next = FIGURES * figures[at + NEXT]
    const way = model.driveTo(model.place[d], figures[at + PLACE])
    const drops = Math.max(model.open[d], time + way)
    if (drops > model.close[d] || ride + way > model.longestRide[this.request]) return false
    const away = model.service[d] + model.drive(model.place[d], figures[next + PLACE])
    return (
      drops + away <= figures[next + LATE] && way + away - figures[at + LEG_TIME] <= figures[at + RIDE_SLACK]
    )
  }
}
