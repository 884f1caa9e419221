/**
 * When a run calls. Every rule about time is a difference of two times: a call is no sooner than the drive from the
 * one before allows, a drop-off no later than the longest ride after its pickup, the end no later than the longest shift
 * after the start. So the least times that keep every rule are found by pushing later only what must be, and if they
 * run past a window no times will do (Bellman 1958; for rides Firat & Woeginger 2011).
 *
 * Position 0 is the base, 1…n the calls, n+1 the base again; where there is no base the drive is nothing.
 */
import type { Timed } from './call-times.ts'

export class Timetable {
  /** Positions, both bases included. */
  length = 0
  /** By position: the call there; its earliest times after `earliest`, its latest after `latest`. */
  call = new Int32Array(64)
  early = new Float64Array(64)
  late = new Float64Array(64)
  /** By position: driving and service from the position before. */
  leg = new Float64Array(64)
  /** By position: the other end of the ride (or of the shift). */
  mate = new Int32Array(64)
  /** By position: how long the drive has been up to here, nobody ever waiting. */
  driven = new Float64Array(64)
  private open = new Float64Array(64)
  private close = new Float64Array(64)
  service = new Float64Array(64)
  private limit = new Float64Array(64)
  /** By call: its position in the run loaded. */
  private readonly at: Int32Array
  private readonly model: Timed

  constructor(model: Timed) {
    this.model = model
    this.at = new Int32Array(2 * model.requests)
  }

  /** Starts a run of a vehicle of this fleet. */
  begin(fleet: number): void {
    this.length = 1
    const { open } = this.model.fleets
    this.open[0] = open[fleet]
    this.close[0] = Number.POSITIVE_INFINITY
    this.service[0] = 0
    this.leg[0] = 0
    this.driven[0] = 0
    this.limit[0] = this.model.fleets.longestShift[fleet]
    this.mate[0] = -1
  }

  /** Adds a call, so many units of time on from the position before it. */
  add(call: number, drive: number): void {
    if (this.length + 2 > this.call.length) this.grow()
    const { model, length: k } = this
    this.call[k] = call
    this.open[k] = model.open[call]
    this.close[k] = model.close[call]
    this.service[k] = model.service[call]
    this.at[call] = k
    this.hop(k, drive)
    if (call & 1) {
      const p = this.at[call - 1]
      this.mate[k] = p
      this.mate[p] = k
      this.limit[k] = model.longestRide[call >> 1]
    }
  }

  /** Ends the run. */
  end(fleet: number, drive: number): void {
    const k = this.length
    this.open[k] = Number.NEGATIVE_INFINITY
    this.close[k] = this.model.fleets.close[fleet]
    this.service[k] = 0
    this.hop(k, drive)
    this.mate[k] = 0
    this.mate[0] = k
    this.limit[k] = this.limit[0]
  }

  private hop(k: number, drive: number) {
    this.leg[k] = this.service[k - 1] + drive
    this.driven[k] = this.driven[k - 1] + this.leg[k]
    this.length = k + 1
  }

  /** The least times that keep every rule, in `early`; false if there are none. */
  earliest(): boolean {
    const { early, open, close, leg, mate, length } = this
    let patience = 4 * length
    early[0] = open[0]
    for (let k = 1; k < length; k++) {
      early[k] = Math.max(early[k - 1] + leg[k], open[k])
      if (early[k] > close[k]) return false
      const p = mate[k]
      if (p > k) continue
      const leave = early[k] - this.limit[k] - this.service[p]
      if (leave <= early[p]) continue
      if (patience-- === 0 || !this.canWait(p, k, leave)) return false
      open[p] = leave // they are picked up later, and everything after with them
      if (p === 0) early[0] = leave
      k = Math.max(0, p - 1)
    }
    return true
  }

  /** Whether it may help to leave p (for k) no sooner than this. */
  private canWait(p: number, k: number, leave: number): boolean {
    return leave <= this.close[p] && this.driven[k] - this.driven[p] <= this.limit[k] + this.service[p]
  }

  /** The greatest times that keep every rule and end no later than `by`, in `late`. Only for a run that can be. */
  latest(by: number): void {
    const { late, close, leg, mate, length } = this
    const end = length - 1
    let patience = 4 * length
    close[end] = Math.min(close[end], by)
    late[end] = close[end]
    for (let k = end - 1; k >= 0; k--) {
      late[k] = Math.min(late[k + 1] - leg[k + 1], close[k])
      const d = mate[k]
      if (d < k) continue
      const arrive = late[k] + this.service[k] + this.limit[d]
      if (arrive >= late[d] || patience-- <= 0) continue
      close[d] = arrive // they are dropped off sooner, and everything before with them
      if (d === end) late[end] = arrive
      k = d === end ? end : d + 1
    }
  }

  private grow() {
    const size = 2 * this.call.length
    const longer = (old: Float64Array<ArrayBuffer>) => {
      const wide = new Float64Array(size)
      wide.set(old)
      return wide
    }
    const widest = (old: Int32Array<ArrayBuffer>) => {
      const wide = new Int32Array(size)
      wide.set(old)
      return wide
    }
    this.call = widest(this.call)
    this.mate = widest(this.mate)
    this.early = longer(this.early)
    this.late = longer(this.late)
    this.leg = longer(this.leg)
    this.driven = longer(this.driven)
    this.open = longer(this.open)
    this.close = longer(this.close)
    this.service = longer(this.service)
    this.limit = longer(this.limit)
  }
}
