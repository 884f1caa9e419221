/** Brings a vehicle whose runs have changed back into step: the cheapest vehicle that can still do them, and its cost. */

import { type Draft, NONE } from './draft.ts'
import { assistantsFor } from './model.ts'
import { fits } from './room.ts'

/**
 * Refreshes the vehicle's tours, exchanges it where another fleet does the same for less, or stands it down if empty.
 * Gives whether all times can be kept: where a detour is a short cut, taking a pupil out may make the others late.
 */
export function settle(draft: Draft, vehicle: number): boolean {
  const before = draft.cost[vehicle]
  const kept = refreshTours(draft, vehicle)
  if (isEmpty(draft, vehicle)) {
    draft.setFleet(vehicle, NONE)
    draft.cost[vehicle] = 0
  } else {
    const fleet = cheapestFleet(draft, vehicle)
    if (fleet !== draft.fleetOf[vehicle]) {
      draft.setFleet(vehicle, fleet)
      refreshTours(draft, vehicle)
    }
    draft.cost[vehicle] = draft.costAs(vehicle, fleet)
  }
  draft.total += draft.cost[vehicle] - before
  draft.version[vehicle] = ++draft.versions
  return kept
}

/** The same for a vehicle that is again what it was: nothing is exchanged. */
export function settleAgain(draft: Draft, vehicle: number, version: number): void {
  const before = draft.cost[vehicle]
  refreshTours(draft, vehicle)
  const fleet = draft.fleetOf[vehicle]
  draft.cost[vehicle] = fleet === NONE ? 0 : draft.costAs(vehicle, fleet)
  draft.total += draft.cost[vehicle] - before
  draft.version[vehicle] = version
}

function refreshTours(draft: Draft, vehicle: number): boolean {
  const { sessions } = draft.model
  let kept = true
  for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
    if (!draft.refresh(tour) && draft.size[tour] > 0) kept = false
  }
  return kept
}

function isEmpty({ size, model }: Draft, vehicle: number): boolean {
  for (let tour = vehicle * model.sessions; tour < (vehicle + 1) * model.sessions; tour++) {
    if (size[tour] > 0) return false
  }
  return true
}

function cheapestFleet(draft: Draft, vehicle: number): number {
  const { count, perDay, typeOf } = draft.model.fleets
  let best = draft.fleetOf[vehicle]
  if (vehicle < draft.reserved) return best
  let least = draft.costAs(vehicle, best)
  let type = NONE
  let isRoom = false
  for (let fleet = 0; fleet < count; fleet++) {
    if (draft.left[fleet] === 0 || perDay[fleet] >= least) continue
    if (typeOf[fleet] !== type) {
      type = typeOf[fleet]
      isRoom = hasRoom(draft, vehicle, type)
    }
    if (!isRoom) continue
    const cost = draft.costAs(vehicle, fleet)
    if (cost >= least || !hasTime(draft, vehicle, fleet)) continue
    best = fleet
    least = cost
  }
  return best
}

function hasRoom(draft: Draft, vehicle: number, type: number): boolean {
  const { model, peak, peakShare } = draft
  for (let tour = vehicle * model.sessions; tour < (vehicle + 1) * model.sessions; tour++) {
    if (!fits(model, type, peak, tour * model.kinds, assistantsFor(peakShare[tour]))) return false
  }
  return true
}

function hasTime(draft: Draft, vehicle: number, fleet: number): boolean {
  const { sessions } = draft.model
  for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
    if (draft.size[tour] === 0) continue
    draft.load(tour, fleet)
    if (!draft.timetable.earliest()) return false
  }
  return true
}
