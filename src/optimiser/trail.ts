/** What a plan was before the changes now being tried, so that they can be taken back. */
import { type Draft, NONE } from './draft.ts'
import { settleAgain } from './refit.ts'

export class Trail {
  /** Vehicles changed since `start`. */
  readonly touched: Int32Array
  count = 0
  private readonly draft: Draft
  private readonly isTouched: Uint8Array
  private readonly fleet: Int32Array
  private readonly version: Float64Array
  /** The tours of touched vehicles one after the other: how long, then its calls. */
  private calls: Int32Array
  private used = 0

  constructor(draft: Draft) {
    this.draft = draft
    this.touched = new Int32Array(draft.vehicles)
    this.isTouched = new Uint8Array(draft.vehicles)
    this.fleet = new Int32Array(draft.vehicles)
    this.version = new Float64Array(draft.vehicles)
    this.calls = new Int32Array(2 * draft.model.requests + draft.vehicles * draft.model.sessions)
  }

  /** From here on, changes can be taken back to this. */
  start(): void {
    for (let i = 0; i < this.count; i++) this.isTouched[this.touched[i]] = 0
    this.count = 0
    this.used = 0
  }

  /** To be called before a vehicle is changed. */
  touch(vehicle: number): void {
    if (this.isTouched[vehicle] === 1) return
    const { draft, calls } = this
    this.isTouched[vehicle] = 1
    this.touched[this.count] = vehicle
    this.version[this.count] = draft.version[vehicle]
    this.fleet[this.count++] = draft.fleetOf[vehicle]
    const { sessions } = draft.model
    for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
      const length = this.used++
      const back = draft.back(tour)
      for (let node = draft.next[draft.base(tour)]; node !== back; node = draft.next[node])
        calls[this.used++] = node
      calls[length] = this.used - length - 1
    }
  }

  /** Makes the plan what it was at `start`. */
  takeBack(): void {
    const { draft, touched, count } = this
    for (let i = 0; i < count; i++) {
      draft.clear(touched[i])
      draft.setFleet(touched[i], NONE)
    }
    for (let i = 0; i < count; i++) if (this.fleet[i] !== NONE) draft.setFleet(touched[i], this.fleet[i])
    let from = 0
    const { sessions } = draft.model
    for (let i = 0; i < count; i++) {
      for (let tour = touched[i] * sessions; tour < (touched[i] + 1) * sessions; tour++) {
        const length = this.calls[from++]
        draft.restore(tour, this.calls, from, length)
        from += length
      }
      settleAgain(draft, touched[i], this.version[i])
    }
    this.start()
  }
}
