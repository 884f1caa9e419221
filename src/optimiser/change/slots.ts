/**
 * Every place on a vehicle for one more request, each timed and priced in full on each different day. Unlike the
 * search, which keeps one order for the week and asks of it as if everybody rode every day, this knows days apart.
 */
import type { PlannedVehicle, Problem } from '../problem.ts'
import { vehicleDays } from './day-runs.ts'
import { Joining } from './joining.ts'
import { Newcomer } from './newcomer.ts'
import type { RunMeter } from './run-meter.ts'

/** A place on a run: boards after so many of its calls, alights after so many. */
export type Slot = {
  readonly boardsAfter: number
  readonly alightsAfter: number
  /** What the vehicle costs more, over all days. */
  readonly added: number
  /** See `Effect.disturbance`. */
  readonly disturbance: number
}

export class Slots {
  cheapest: Slot | undefined
  gentlest: Slot | undefined

  private readonly meter: RunMeter
  private readonly problem: Problem
  private readonly newcomer: Newcomer
  private readonly order: Int32Array
  private run: readonly number[] = []
  private fleet = 0
  private joinings: Joining[] = []
  /** By joining: how many calls of the day are made before each position of the run. */
  private made: Int32Array[] = []

  constructor(meter: RunMeter, request: number) {
    this.meter = meter
    this.problem = meter.problem
    this.newcomer = new Newcomer(meter.problem, request)
    this.order = new Int32Array(2 * meter.problem.requests.length)
  }

  /** Seeks the cheapest place and the one that disturbs least; neither on a run that breaks its own times as it is. */
  on(vehicle: PlannedVehicle): void {
    const { problem, meter, newcomer } = this
    const { days, session } = problem.requests[newcomer.request]
    this.cheapest = undefined
    this.gentlest = undefined
    this.fleet = vehicle.fleet
    this.run = vehicle.runs[session] ?? []
    this.joinings = vehicleDays(problem, [vehicle], days).map(
      ([day]) => new Joining(meter, newcomer, { vehicle, day }),
    )
    if (!this.joinings.every(({ isSound }) => isSound)) return
    this.made = this.joinings.map(({ days: these }) => madeBefore(problem, this.run, these))
    for (let i = 0; i <= this.run.length; i++) this.boardAfter(i)
  }

  private boardAfter(i: number) {
    const { joinings, made } = this
    for (let g = 0; g < joinings.length; g++) if (!joinings[g].boardAfter(made[g][i])) return
    for (let j = i; ; j++) {
      if (joinings.every((joining) => joining.mayAlight())) this.consider(i, j)
      if (j === this.run.length || !this.passCall(j)) return
    }
  }

  private passCall(j: number): boolean {
    const { joinings, made } = this
    for (let g = 0; g < joinings.length; g++) {
      if (made[g][j + 1] > made[g][j] && !joinings[g].passCall(made[g][j])) return false
    }
    return true
  }

  private consider(i: number, j: number) {
    let added = 0
    let disturbance = 0
    for (const [g, joining] of this.joinings.entries()) {
      const [a, b] = [this.made[g][i], this.made[g][j]]
      if (!this.meter.time(this.fleet, this.order, this.lineUp(joining.calls, a, b))) return
      added += joining.count * joining.added()
      disturbance += joining.count * this.moved(joining.starts, a, b)
    }
    const slot = { boardsAfter: i, alightsAfter: j, added, disturbance }
    if (isBefore(slot, this.cheapest, cheaper)) this.cheapest = slot
    if (isBefore(slot, this.gentlest, gentler)) this.gentlest = slot
  }

  private lineUp(calls: readonly number[], a: number, b: number): number {
    const { order } = this
    const p = 2 * this.newcomer.request
    let count = 0
    for (let k = 0; k <= calls.length; k++) {
      if (k === a) order[count++] = p
      if (k === b) order[count++] = p + 1
      if (k < calls.length) order[count++] = calls[k]
    }
    return count
  }

  private moved(starts: readonly number[], a: number, b: number): number {
    let moved = 0
    for (let k = 0; k < starts.length; k++) {
      const now = k + (k >= a ? 1 : 0) + (k >= b ? 1 : 0)
      moved += Math.abs(this.meter.startOf(now) - starts[k])
    }
    return moved
  }
}

type Ranked = { readonly added: number; readonly disturbance: number }

/** By cost, then by how little it disturbs. */
export function cheaper(one: Ranked, other: Ranked): number {
  return one.added - other.added || one.disturbance - other.disturbance
}

/** By how little it disturbs, then by cost. */
export function gentler(one: Ranked, other: Ranked): number {
  return one.disturbance - other.disturbance || one.added - other.added
}

function isBefore(one: Slot, other: Slot | undefined, order: typeof cheaper): boolean {
  return other === undefined || order(one, other) < 0
}

function madeBefore({ requests }: Problem, run: readonly number[], days: number): Int32Array {
  const made = new Int32Array(run.length + 1)
  for (const [k, call] of run.entries()) made[k + 1] = made[k] + (requests[call >> 1].days & days ? 1 : 0)
  return made
}
