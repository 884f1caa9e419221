/** A way to carry one more request: one vehicle of a plan changed, or one added to it. */
import { type Plan, type PlannedVehicle, type Problem, requestOf } from '../problem.ts'
import { brokenAlone } from './alone.ts'
import { type Effect, effectOf, type Journey, journeysOf } from './effect.ts'
import type { RunMeter } from './run-meter.ts'
import type { Slot } from './slots.ts'

export type Way = Effect & {
  /** The position in `Plan.vehicles`; as many as there are, for a vehicle not yet in the plan. */
  readonly vehicle: number
  /** What the vehicle becomes. */
  readonly becomes: PlannedVehicle
  /** When the request itself travels. */
  readonly journeys: readonly Journey[]
}

/** The plan with the way carried out. */
export function carryOut({ vehicles }: Plan, { vehicle, becomes }: Pick<Way, 'vehicle' | 'becomes'>): Plan {
  return { vehicles: [...vehicles.slice(0, vehicle), becomes, ...vehicles.slice(vehicle + 1)] }
}

/** The vehicle with the request on it, boarding and alighting as the slot says. */
export function withRequest(
  { requests, sessions }: Problem,
  vehicle: PlannedVehicle,
  { request, slot }: { request: number; slot: Slot },
): PlannedVehicle {
  const runs = Array.from({ length: sessions }, (_, s) => [...(vehicle.runs[s] ?? [])])
  const run = runs[requests[request].session]
  run.splice(slot.alightsAfter, 0, 2 * request + 1)
  run.splice(slot.boardsAfter, 0, 2 * request)
  return { ...vehicle, runs }
}

/** The vehicle without the request, everybody else in the order they were. */
export function withoutRequest(vehicle: PlannedVehicle, request: number): PlannedVehicle {
  return {
    ...vehicle,
    runs: vehicle.runs.map((run) => run.filter((call) => requestOf(call) !== request)),
  }
}

/** What the change to the vehicle does, `tied` added to its cost; undefined where the referee finds fault with it. */
export function wayOf(
  meter: RunMeter,
  {
    vehicle,
    before,
    becomes,
    request,
    tied,
  }: Omit<Way, keyof Effect | 'journeys'> & {
    before: PlannedVehicle
    request: number
    tied: number
  },
): Way | undefined {
  const effect = effectOf(meter, before, becomes)
  if (!effect || brokenAlone(meter.problem, becomes).length > 0) return undefined
  const journeys = journeysOf(meter, becomes, request)
  return { ...effect, added: effect.added + tied, vehicle, becomes, journeys }
}
