/** Takes a vehicle of the plan in force over into a draft, and reads a draft back as a plan. */
import { type Draft, NONE } from './draft.ts'
import { NOWHERE, type Plan, type PlannedVehicle } from './problem.ts'
import { settle } from './refit.ts'

/** Gives the vehicle the runs it has today, as far as nobody else has those requests already. */
export function adoptVehicle(draft: Draft, vehicle: number, { fleet, runs }: PlannedVehicle): void {
  const { sessions } = draft.model
  draft.setFleet(vehicle, fleet)
  for (let session = 0; session < sessions; session++) {
    const tour = vehicle * sessions + session
    const calls = Int32Array.from((runs[session] ?? []).filter((call) => draft.tourOf[call >> 1] === NONE))
    draft.restore(tour, calls, 0, calls.length)
  }
  settle(draft, vehicle)
}

/** Leaves every vehicle unused and everybody unplaced. */
export function standDown(draft: Draft): void {
  for (let vehicle = 0; vehicle < draft.vehicles; vehicle++) {
    if (draft.fleetOf[vehicle] === NONE) continue
    draft.clear(vehicle)
    settle(draft, vehicle)
  }
}

/** A draft as it was at one moment: which call followed which, and what each vehicle was. */
export type Snapshot = { next: Int32Array; fleetOf: Int32Array }

/** The plan that a draft is, or was. */
export function planOf(draft: Draft, { next, fleetOf }: Snapshot = draft): Plan {
  const { sessions } = draft.model
  const vehicles: PlannedVehicle[] = []
  for (let vehicle = 0; vehicle < draft.vehicles; vehicle++) {
    if (fleetOf[vehicle] === NONE) continue
    const runs = Array.from({ length: sessions }, (_, s) => callsOf(draft, next, vehicle * sessions + s))
    vehicles.push({ fleet: fleetOf[vehicle], was: vehicle < draft.reserved ? vehicle : NOWHERE, runs })
  }
  return { vehicles }
}

function callsOf(draft: Draft, next: Int32Array, tour: number): number[] {
  const calls: number[] = []
  for (let node = next[draft.base(tour)]; node !== draft.back(tour); node = next[node]) calls.push(node)
  return calls
}
