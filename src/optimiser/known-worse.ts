/**
 * What was learned of a request and a vehicle, for as long as the vehicle stays as it is: that its cheapest place adds at
 * least so much. A vehicle that a change is taken back from is as it was, and what was known of it is known again
 * (Vidal 2022, §3.2, keeps the same of moves between routes).
 */
import type { Draft } from './draft.ts'

/** Beyond so many pairs the table would not pay for its memory. */
const MOST_PAIRS = 8_000_000

export class KnownWorse {
  private readonly draft: Draft
  private readonly vehicles: number
  private readonly least: Float64Array
  private readonly since: Float64Array

  constructor(draft: Draft) {
    const pairs = draft.model.requests * draft.vehicles
    this.draft = draft
    this.vehicles = pairs <= MOST_PAIRS ? draft.vehicles : 0
    this.least = new Float64Array(draft.model.requests * this.vehicles)
    this.since = new Float64Array(draft.model.requests * this.vehicles).fill(-1)
  }

  /** The least the request can add to the vehicle as it is, so far as is known. */
  atLeast(request: number, vehicle: number): number {
    if (this.vehicles === 0) return Number.NEGATIVE_INFINITY
    const pair = request * this.vehicles + vehicle
    return this.since[pair] === this.draft.version[vehicle] ? this.least[pair] : Number.NEGATIVE_INFINITY
  }

  /** Remembers it. */
  learn(request: number, vehicle: number, least: number): void {
    if (this.vehicles === 0) return
    const pair = request * this.vehicles + vehicle
    this.since[pair] = this.draft.version[vehicle]
    this.least[pair] = least
  }
}
