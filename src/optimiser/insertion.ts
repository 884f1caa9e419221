/**
 * Insertion: have request r picked up after node u of a tour and dropped off after node w.
 *
 *   before   … u ───→ v … w ───→ x …
 *   after    … u → p → v … w → d → x …       or, with w = u,  … u → p → d → v …
 *
 * A place is judged in constant time: windows by how early u can leave and how late x must start, rides by what the
 * most hurried person aboard can lose, company and room by sums kept for each node. These may say yes to rides that
 * together are too long, so a place that would be the best yet is timed in full before it is believed (`Offers`).
 */
import type { Aboard } from './aboard.ts'
import { type Draft, NONE } from './draft.ts'
import type { Model } from './model.ts'
import { Offers } from './offers.ts'

export class Insertion {
  /** The best place found by `into` or `alone`. */
  readonly best: Offers

  private readonly draft: Draft
  private readonly model: Model
  private readonly aboard: Aboard
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

  constructor(draft: Draft) {
    this.draft = draft
    this.model = draft.model
    this.aboard = draft.aboard
    this.best = new Offers(draft)
    this.unwelcome = new Uint8Array(draft.model.requests)
  }

  /** Seeks the cheapest place on a tour of a vehicle in use that adds less than `limit`; the least added, or Infinity. */
  into(request: number, tour: number, limit: number): number {
    this.begin(request, tour, limit)
    const { draft, model, best, back } = this
    const { early, next } = draft
    const { service, close } = model
    const calls = 2 * model.requests
    const last = close[2 * request]
    let near = 0
    for (let u = draft.base(tour); u !== back; u = next[u]) {
      const leaves = u < calls ? early[u] + service[u] : early[u]
      if (leaves > last) break
      if (this.anyUnwelcome) near += this.comesNear(u)
      if (near === 0) this.pickUpAfter(u, leaves)
    }
    if (this.anyUnwelcome) this.forget()
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

  private placeOf(node: number): number {
    const { place, requests } = this.model
    if (node < 2 * requests) return place[node]
    return (node & 1) === 0 ? this.startPlace : this.endPlace
  }

  /** A pickup between u, left at `leaves`, and its next. */
  private pickUpAfter(u: number, leaves: number) {
    const { draft, model, best, aboard, back } = this
    const { places, metres, metresTo } = model
    const p = 2 * this.request
    const row = model.place[p] * places
    const v = draft.next[u]
    const from = this.placeOf(u)
    const to = this.placeOf(v)
    const there = from < 0 ? 0 : (u < 2 * model.requests ? this.rate : this.emptyRate) * metresTo[row + from]
    const on = to < 0 ? 0 : (v === back ? this.emptyRate : this.rate) * metres[row + to]
    const cost = there + on - draft.legCost[u]
    // Dropping off comes on top, unless a detour is a short cut; such places are passed over.
    if (cost >= best.limit && v !== back) return
    if (!aboard.mayJoin(u, this.request)) return
    const way = model.driveTo(model.place[p], from)
    const time = Math.max(leaves + way, model.open[p])
    if (time > model.close[p]) return
    const done = time + model.service[p]
    const late = way + model.service[p]
    best.boardAfter(u)
    this.dropStraightAway(u, done, late, there)
    if (v === back) return
    const ride = model.drive(model.place[p], model.place[v])
    if (late + ride - draft.legTime[u] > aboard.rideSlack[u]) return
    this.dropLater(u, done + ride, ride, cost)
  }

  /** Both calls between u and its next: the pickup done at `done`, `late` after u was left. */
  private dropStraightAway(u: number, done: number, late: number, there: number) {
    const { model, draft, back } = this
    const d = 2 * this.request + 1
    const v = draft.next[u]
    const to = v === back ? this.endPlace : model.place[v]
    const on = (v === back ? this.emptyRate : this.rate) * model.far(model.place[d], to)
    const cost = there + this.directCost + on - draft.legCost[u]
    if (cost >= this.best.limit || this.directTime > model.longestRide[this.request]) return
    const drops = Math.max(model.open[d], done + this.directTime)
    if (drops > model.close[d]) return
    const away = model.service[d] + model.drive(model.place[d], to)
    if (drops + away > draft.late[v]) return
    if (late + this.directTime + away - draft.legTime[u] <= this.aboard.rideSlack[u])
      this.best.offer(u, u, cost)
  }

  /** Every drop-off further on: after u's next, reached at `arrives` with the pupil `rideThere` aboard, and so on. */
  private dropLater(u: number, arrives: number, rideThere: number, pickupCost: number) {
    const { draft, model, aboard, request, back } = this
    const { next, early, late, legTime } = draft
    const { service } = model
    const latest = model.close[2 * request + 1]
    const longest = model.longestRide[request]
    let ride = rideThere
    let time = arrives
    for (let w = next[u]; w !== back; w = next[w]) {
      if (time < early[w]) time = early[w]
      if (time > late[w] || !aboard.mayJoin(w, request)) return
      if (this.anyUnwelcome && this.comesNear(w) > 0) return
      time += service[w]
      ride += service[w]
      if (time > latest || ride > longest) return
      this.best.rideOnFrom(w)
      this.dropAfter(u, w, { time, ride, pickupCost })
      time += legTime[w]
      ride += legTime[w]
    }
  }

  /** A drop-off after w, which is left at `time` when the pupil has been aboard for `ride`. */
  private dropAfter(
    u: number,
    w: number,
    { time, ride, pickupCost }: { time: number; ride: number; pickupCost: number },
  ) {
    const { draft, model, back } = this
    const { place, places, metres, metresTo } = model
    const d = 2 * this.request + 1
    const x = draft.next[w]
    const at = place[d]
    const to = x === back ? this.endPlace : place[x]
    const on = to < 0 ? 0 : (x === back ? this.emptyRate : this.rate) * metres[at * places + to]
    const cost = pickupCost + this.rate * metresTo[at * places + place[w]] + on - draft.legCost[w]
    if (cost >= this.best.limit) return
    const there = model.driveTo(at, place[w])
    if (ride + there > model.longestRide[this.request]) return
    const drops = Math.max(model.open[d], time + there)
    if (drops > model.close[d]) return
    const away = model.service[d] + model.drive(at, to)
    if (drops + away > draft.late[x]) return
    if (there + away - draft.legTime[w] <= this.aboard.rideSlack[w]) this.best.offer(u, w, cost)
  }
}
