/**
 * The best place found so far for one request. A place offered has kept every rule but, perhaps, room and long rides
 * together: room is asked here (of the vehicle as it is, else of one with more), and the whole run is timed before it is
 * believed. Unless prices hang on the clock, the best of all places is timed first, and nearly always can be kept: only
 * where it cannot is each place timed as it is offered.
 */
import type { Aboard } from './aboard.ts'
import { clockPrice } from './clock-price.ts'
import { type Draft, NONE } from './draft.ts'
import { FIGURES, LEG_TIME } from './figures.ts'
import { assistantsFor, type Model } from './model.ts'
import { WHOLE_ASSISTANT } from './problem.ts'
import { fits } from './room.ts'
import { Timetable } from './timetable.ts'

export class Offers {
  /** What the best place adds to the cost, and where it is. */
  added = Number.POSITIVE_INFINITY
  after = NONE
  dropAfter = NONE
  fleet = NONE
  /** Places that add as much as this are of no interest. */
  limit = 0
  private asked = 0

  private readonly draft: Draft
  private readonly model: Model
  private readonly aboard: Aboard
  private readonly trial: Timetable
  /** The most aboard of each kind if the request came too. */
  private readonly peak: Int32Array
  private share = 0
  private request = 0
  private tour = 0
  private present = 0
  /** How many assistants the vehicle has in its other sessions: they are paid for once a day. */
  private elsewhere = 0
  private at = 0
  /** Whether every place is timed as it is offered. */
  private isDoubtful = false

  constructor(draft: Draft) {
    this.draft = draft
    this.model = draft.model
    this.aboard = draft.aboard
    this.trial = new Timetable(draft.model)
    this.peak = new Int32Array(draft.model.kinds)
  }

  /** Forgets the last search; places on `tour`, of a vehicle of fleet `present`, will be offered. */
  begin(request: number, tour: number, present: number, limit: number): void {
    this.request = request
    this.tour = tour
    this.present = present
    this.limit = limit
    this.asked = limit
    this.added = Number.POSITIVE_INFINITY
    this.isDoubtful = this.model.clockPriced
    this.elsewhere = this.model.sessions === 1 ? 0 : this.assistantsElsewhere()
  }

  /** Times the best place; where it cannot be kept, false: all are to be offered again, and each will be timed. */
  confirm(): boolean {
    if (this.isDoubtful || this.added === Number.POSITIVE_INFINITY) return true
    if (this.timed(this.after, this.dropAfter, this.fleet)) return true
    this.isDoubtful = true
    this.added = Number.POSITIVE_INFINITY
    this.limit = this.asked
    return false
  }

  private assistantsElsewhere(): number {
    const { draft, model, tour } = this
    const { sessions } = model
    const first = tour - (tour % sessions)
    let most = 0
    for (let other = first; other < first + sessions; other++) {
      if (other !== tour) most = Math.max(most, assistantsFor(draft.peakShare[other]))
    }
    return most
  }

  /** A pickup after u and a drop-off after w (the same node: straight away), whose driving adds `legs`. */
  offer(u: number, w: number, legs: number): void {
    const { draft, model, tour } = this
    const { fleets } = model
    this.fillUp(u, w)
    const before = assistantsFor(draft.peakShare[tour])
    const assistants = Math.max(before, assistantsFor(this.share))
    if (fits(model, fleets.typeOf[this.present], this.peak, 0, assistants)) {
      const more = Math.max(assistants, this.elsewhere) - Math.max(before, this.elsewhere)
      this.believe(u, w, legs + more * fleets.perAssistant[this.present], this.present, assistants)
      return
    }
    const vehicle = Math.floor(tour / model.sessions)
    if (model.sessions === 1 && vehicle >= draft.reserved) this.offerLarger(u, w, assistants)
  }

  /** The most aboard over the whole tour, in `peak` and `share`, with the request aboard on from u as far as w. */
  private fillUp(u: number, w: number) {
    const { draft, peak, aboard, model, request, tour } = this
    const { kinds, room } = model
    for (let kind = 0; kind < kinds; kind++) peak[kind] = draft.peak[tour * kinds + kind]
    this.share = 0
    const end = draft.next[w]
    for (let node = u; node !== end; node = draft.next[node]) {
      for (let kind = 0; kind < kinds; kind++) {
        const taken = aboard.load[node * kinds + kind] + room[request * kinds + kind]
        if (taken > peak[kind]) peak[kind] = taken
      }
      const share = aboard.share[node] + model.share[request]
      if (share > this.share) this.share = share
    }
  }

  /** The same place, the vehicle changed for one with the room. */
  private offerLarger(u: number, w: number, assistants: number) {
    const { model, draft, peak } = this
    const { count, typeOf, perDay, perMetre, perAssistant } = model.fleets
    const gone = draft.cost[Math.floor(this.tour / model.sessions)] - draft.clock[this.tour]
    const metres = this.metresWith(u, w)
    let type = NONE
    let isRoom = false
    for (let fleet = 0; fleet < count; fleet++) {
      const loaded = perDay[fleet] + metres * perMetre[fleet] + assistants * perAssistant[fleet] - gone
      if (loaded >= this.limit || draft.left[fleet] === 0) continue
      if (typeOf[fleet] !== type) {
        type = typeOf[fleet]
        isRoom = fits(model, type, peak, 0, assistants)
      }
      if (isRoom) this.believe(u, w, loaded + this.emptyLegs(u, w, fleet), fleet, assistants)
    }
  }

  private metresWith(u: number, w: number): number {
    const { draft, model } = this
    const p = 2 * this.request
    const d = p + 1
    const far = (a: number, b: number) =>
      a >= 2 * model.requests || b >= 2 * model.requests ? 0 : model.far(model.place[a], model.place[b])
    const v = draft.next[u]
    const x = draft.next[w]
    const metres = draft.metres[this.tour]
    if (u === w) return metres + far(u, p) + far(p, d) + far(d, v) - far(u, v)
    return metres + far(u, p) + far(p, v) - far(u, v) + far(w, d) + far(d, x) - far(w, x)
  }

  private emptyLegs(u: number, w: number, fleet: number): number {
    const { draft, model } = this
    const { fleets } = model
    const first = draft.next[draft.base(this.tour)]
    const last = draft.prev[draft.back(this.tour)]
    const starts = u >= 2 * model.requests ? 2 * this.request : first
    const ends = draft.next[w] >= 2 * model.requests ? 2 * this.request + 1 : last
    const out = model.far(fleets.startsAt[fleet], model.place[starts])
    const home = model.far(model.place[ends], fleets.endsAt[fleet])
    return fleets.perEmptyMetre[fleet] * (out + home)
  }

  /** Offers the request the idle tour begun with, as a vehicle of `only` one fleet or (NONE) of each. */
  offerAlone(only: number): void {
    const { draft, model, request } = this
    const { fleets, place } = model
    const p = 2 * request
    const assistants = assistantsFor(model.share[request])
    const direct = model.far(place[p], place[p + 1])
    const base = draft.base(this.tour)
    for (let fleet = 0; fleet < fleets.count; fleet++) {
      if (draft.left[fleet] === 0 || (only !== NONE && fleet !== only)) continue
      const loaded =
        fleets.perDay[fleet] + fleets.perMetre[fleet] * direct + assistants * fleets.perAssistant[fleet]
      if (loaded >= this.limit) continue
      const empty =
        model.far(fleets.startsAt[fleet], place[p]) + model.far(place[p + 1], fleets.endsAt[fleet])
      const cost = loaded + fleets.perEmptyMetre[fleet] * empty
      if (cost >= this.limit) continue
      if (!fits(model, fleets.typeOf[fleet], model.room, request * model.kinds, assistants)) continue
      this.believe(base, base, cost, fleet, assistants)
    }
  }

  /** Times the run in full, prices what the clock makes it cost, and takes the place if it is the best yet. */
  private believe(u: number, w: number, cost: number, fleet: number, assistants: number) {
    if (cost >= this.limit || (this.isDoubtful && !this.timed(u, w, fleet))) return
    const { model, draft } = this
    if (!model.clockPriced) return this.take(u, w, cost, fleet)
    const before = draft.size[this.tour] === 0 ? 0 : draft.clock[this.tour]
    const clock = clockPrice(model, this.trial, fleet, assistants * WHOLE_ASSISTANT) - before
    if (cost + clock < this.limit) this.take(u, w, cost + clock, fleet)
  }

  private take(u: number, w: number, cost: number, fleet: number) {
    this.added = cost
    this.limit = cost
    this.after = u
    this.dropAfter = w
    this.fleet = fleet
  }

  /** Whether the tour, with the request so placed, can keep all its times. */
  private timed(u: number, w: number, fleet: number): boolean {
    const { draft, trial, model } = this
    const { fleets, requests } = model
    const { next, figures } = draft
    const p = 2 * this.request
    const base = draft.base(this.tour)
    const back = draft.back(this.tour)
    trial.begin(fleet)
    this.at = fleets.startsAt[fleet]
    let isLegKnown = false
    for (let node = base, before = base; node !== back; before = node, node = next[node]) {
      if (node < 2 * requests) {
        if (isLegKnown) this.add(node, figures[FIGURES * before + LEG_TIME])
        else this.call(node)
      }
      if (node === u) this.call(p)
      if (node === w) this.call(p + 1)
      isLegKnown = node !== base && node !== u && node !== w
    }
    trial.end(fleet, model.drive(this.at, fleets.endsAt[fleet]))
    return trial.earliest()
  }

  private call(node: number) {
    this.add(node, this.model.drive(this.at, this.model.place[node]))
  }

  private add(node: number, drive: number) {
    this.trial.add(node, drive)
    this.at = this.model.place[node]
  }
}
