/**
 * One request joining one run on one of its different days: boarding after some of its calls and riding on call by call,
 * while company, room and the plainest of times allow. Times here are as early as can be, nobody waiting to spare a
 * ride; what passes may still be impossible, and is timed in full by who asks.
 */
import { isPickup, type PlannedVehicle, requestOf, WHOLE_ASSISTANT } from '../problem.ts'
import { assistantsOf, countDays, type VehicleDay } from './day-runs.ts'
import type { Newcomer } from './newcomer.ts'
import type { RunMeter } from './run-meter.ts'

export class Joining {
  readonly days: number
  readonly count: number
  /** The calls made on the day before the request joins, and the price of the run then. */
  readonly calls: readonly number[]
  readonly starts: readonly number[] = []
  readonly before: number = 0
  /** Whether the run as it is keeps its times. */
  readonly isSound: boolean
  /** Shared assistants the run needs with the request on it, as far as it has ridden. */
  assistants = 0

  private readonly meter: RunMeter
  private readonly fleet: number
  private readonly p: number
  /** What the vehicle needs in its other sessions of the day. */
  private readonly otherAssistants: number
  private readonly drivesAnyway: boolean
  private readonly ownAssistants: number
  /** After so many calls: those aboard in all, by kind and in shares; whether the request may join them; when it leaves. */
  private readonly load: Int32Array
  private readonly share: Int32Array
  private readonly welcome: Uint8Array
  private readonly left: Float64Array
  private readonly peak: Int32Array
  private readonly basePeak: Int32Array
  private peakShare = 0
  private basePeakShare = 0
  private time = 0
  private ride = 0
  private at = 0

  constructor(
    meter: RunMeter,
    newcomer: Newcomer,
    { vehicle, day }: { vehicle: PlannedVehicle; day: VehicleDay },
  ) {
    const { problem } = meter
    const { session } = problem.requests[newcomer.request]
    const others = day.runs.filter((run, s) => s !== session && run.length > 0)
    this.meter = meter
    this.fleet = vehicle.fleet
    this.p = 2 * newcomer.request
    this.days = day.days
    this.count = countDays(day.days)
    this.calls = day.runs[session] ?? []
    this.otherAssistants = Math.max(0, ...others.map((run) => assistantsOf(problem, run)))
    this.drivesAnyway = others.length > 0 || this.calls.length > 0
    this.ownAssistants = assistantsOf(problem, this.calls)
    this.isSound = this.calls.length === 0 || meter.time(this.fleet, this.calls)
    if (this.isSound && this.calls.length > 0) {
      this.starts = this.calls.map((_, k) => meter.startOf(k))
      this.before = meter.price(this.ownAssistants)
    }
    const moments = this.calls.length + 1
    this.load = new Int32Array(moments * problem.kinds)
    this.share = new Int32Array(moments)
    this.welcome = new Uint8Array(moments)
    this.left = new Float64Array(moments)
    this.peak = new Int32Array(problem.kinds)
    this.basePeak = new Int32Array(problem.kinds)
    this.walk(newcomer)
  }

  /** Goes along the run as it is, noting who is aboard after each call. */
  private walk(newcomer: Newcomer) {
    const { meter, calls, left } = this
    const { times, problem } = meter
    const aboard: number[] = []
    let at = problem.fleets[this.fleet].startsAt
    left[0] = problem.fleets[this.fleet].open
    for (let q = 0; ; q++) {
      this.note(q, aboard)
      this.welcome[q] = newcomer.mayJoin(aboard) ? 1 : 0
      if (q === calls.length) return
      const call = calls[q]
      const start = Math.max(times.open[call], left[q] + meter.drive(at, times.place[call]))
      left[q + 1] = start + times.service[call]
      at = times.place[call]
      if (isPickup(call)) aboard.push(requestOf(call))
      else aboard.splice(aboard.indexOf(requestOf(call)), 1)
    }
  }

  private note(q: number, aboard: readonly number[]) {
    const { kinds, requests, assistantRoom } = this.meter.problem
    for (const r of aboard) {
      const { room, ownAssistants, assistantShare } = requests[r]
      this.share[q] += assistantShare
      for (let kind = 0; kind < kinds; kind++) {
        this.load[q * kinds + kind] += room[kind] + ownAssistants * assistantRoom[kind]
      }
    }
    this.basePeakShare = Math.max(this.basePeakShare, this.share[q])
    for (let kind = 0; kind < kinds; kind++) {
      this.basePeak[kind] = Math.max(this.basePeak[kind], this.load[q * kinds + kind])
    }
  }

  /** The request boards after so many calls of the day; whether it may. */
  boardAfter(q: number): boolean {
    const { times, problem } = this.meter
    const { p } = this
    this.peak.set(this.basePeak)
    this.peakShare = this.basePeakShare
    if (!this.rideAlong(q)) return false
    const from = q === 0 ? problem.fleets[this.fleet].startsAt : times.place[this.calls[q - 1]]
    const start = Math.max(times.open[p], this.left[q] + this.meter.drive(from, times.place[p]))
    if (start > times.close[p]) return false
    this.time = start + times.service[p]
    this.ride = 0
    this.at = times.place[p]
    return true
  }

  /** It is still aboard when the call after q calls is made; whether it may be. */
  passCall(q: number): boolean {
    const { times } = this.meter
    const call = this.calls[q]
    const place = times.place[call]
    const way = this.meter.drive(this.at, place)
    const start = Math.max(times.open[call], this.time + way)
    if (start > times.close[call] || !this.rideAlong(q + 1)) return false
    this.ride += way + times.service[call]
    this.time = start + times.service[call]
    this.at = place
    return this.ride <= times.longestRide[this.p >> 1]
  }

  /** Whether it may alight here, by the window and its own ride. */
  mayAlight(): boolean {
    const { times } = this.meter
    const d = this.p + 1
    const way = this.meter.drive(this.at, times.place[d])
    return this.time + way <= times.close[d] && this.ride + way <= times.longestRide[this.p >> 1]
  }

  /** What a day costs more when the run, with the request on it, has been timed by the meter. */
  added(): number {
    const { problem } = this.meter
    const { costPerDay, costPerAssistant } = problem.types[problem.fleets[this.fleet].type]
    const { otherAssistants, ownAssistants, assistants } = this
    const more = Math.max(otherAssistants, assistants) - Math.max(otherAssistants, ownAssistants)
    const day = this.drivesAnyway ? 0 : costPerDay
    return this.meter.price(assistants) - this.before + day + costPerAssistant * more
  }

  private rideAlong(q: number): boolean {
    if (this.welcome[q] === 0) return false
    const { kinds, requests, assistantRoom } = this.meter.problem
    const { room, ownAssistants, assistantShare } = requests[this.p >> 1]
    for (let kind = 0; kind < kinds; kind++) {
      const taken = this.load[q * kinds + kind] + room[kind] + ownAssistants * assistantRoom[kind]
      if (taken > this.peak[kind]) this.peak[kind] = taken
    }
    this.peakShare = Math.max(this.peakShare, this.share[q] + assistantShare)
    this.assistants = Math.ceil(this.peakShare / WHOLE_ASSISTANT)
    return this.hasRoom()
  }

  private hasRoom(): boolean {
    const { fleets, types, assistantRoom } = this.meter.problem
    const { peak, assistants } = this
    return types[fleets[this.fleet].type].layouts.some((layout) =>
      layout.every((room, kind) => peak[kind] + assistants * assistantRoom[kind] <= room),
    )
  }
}
