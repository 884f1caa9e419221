/**
 * What was learned of a request and a vehicle, for as long as the vehicle stays as it is: that its cheapest place adds at
 * least so much, or where that place is. A vehicle that a change is taken back from is as it was, and what was known of
 * it is known again (Vidal 2022, §3.2, keeps the same of moves between routes). A fleet that has come free since might
 * do better in such a place; that is not looked for until the vehicle changes.
 */
import { type Draft, NONE } from './draft.ts'

/** More pairs would not pay for their memory: 28 bytes each. Vehicles with high numbers, seldom in use, go without. */
const MOST_PAIRS = 4_000_000

export class KnownPlaces {
  /** After `recall`: the place. */
  after = NONE
  dropAfter = NONE
  fleet = NONE

  private readonly draft: Draft
  private readonly vehicles: number
  private readonly least: Float64Array
  private readonly since: Float64Array
  /** By pair: after which nodes, and the fleet; NONE where only the least is known. */
  private readonly pickupAfter: Int32Array
  private readonly dropoffAfter: Int32Array
  private readonly as: Int32Array

  constructor(draft: Draft) {
    const { requests } = draft.model
    this.draft = draft
    this.vehicles = Math.min(draft.vehicles, Math.floor(MOST_PAIRS / Math.max(1, requests)))
    const pairs = requests * this.vehicles
    this.least = new Float64Array(pairs)
    this.since = new Float64Array(pairs).fill(-1)
    this.pickupAfter = new Int32Array(pairs)
    this.dropoffAfter = new Int32Array(pairs)
    this.as = new Int32Array(pairs)
  }

  /** The least the request can add to the vehicle as it is, so far as is known. */
  atLeast(request: number, vehicle: number): number {
    if (vehicle >= this.vehicles) return Number.NEGATIVE_INFINITY
    const pair = request * this.vehicles + vehicle
    return this.since[pair] === this.draft.version[vehicle] ? this.least[pair] : Number.NEGATIVE_INFINITY
  }

  /** Whether the place that adds what `atLeast` gave is known; it is then in `after`, `dropAfter` and `fleet`. */
  recall(request: number, vehicle: number): boolean {
    if (vehicle >= this.vehicles) return false
    const pair = request * this.vehicles + vehicle
    const fleet = this.as[pair]
    if (this.since[pair] !== this.draft.version[vehicle] || fleet === NONE) return false
    if (fleet !== this.draft.fleetOf[vehicle] && this.draft.left[fleet] === 0) return false
    this.after = this.pickupAfter[pair]
    this.dropAfter = this.dropoffAfter[pair]
    this.fleet = fleet
    return true
  }

  /** Remembers that there is no place below this. */
  learnLeast(request: number, vehicle: number, least: number): void {
    if (vehicle >= this.vehicles) return
    const pair = request * this.vehicles + vehicle
    this.since[pair] = this.draft.version[vehicle]
    this.least[pair] = least
    this.as[pair] = NONE
  }

  /** Remembers the cheapest place, and what it adds. */
  learnPlace(request: number, vehicle: number, place: Place): void {
    if (vehicle >= this.vehicles) return
    this.learnLeast(request, vehicle, place.added)
    const pair = request * this.vehicles + vehicle
    this.pickupAfter[pair] = place.after
    this.dropoffAfter[pair] = place.dropAfter
    this.as[pair] = place.fleet
  }
}

type Place = {
  readonly added: number
  readonly after: number
  readonly dropAfter: number
  readonly fleet: number
}
