/** Brings a vehicle whose runs have changed back into step: the cheapest vehicle that can still do them, and its cost. */
import { clockPrice } from './clock-price.ts'
import { type Draft, NONE } from './draft.ts'
import { assistantsFor } from './model.ts'
import { fits } from './room.ts'

/**
 * Refreshes the vehicle's tours, exchanges it where another fleet does the same for less, or stands it down if empty.
 * Gives whether every rule can be kept: where a detour is a short cut, taking a pupil out may make the others late, and
 * who comes from another vehicle may not find room.
 */
export function settle(draft: Draft, vehicle: number): boolean {
  const before = draft.cost[vehicle]
  let kept = refreshTours(draft, vehicle)
  if (isEmpty(draft, vehicle)) {
    draft.setFleet(vehicle, NONE)
    draft.cost[vehicle] = 0
  } else {
    const present = draft.fleetOf[vehicle]
    const isRoom = hasRoom(draft, vehicle, draft.model.fleets.typeOf[present])
    const fleet = cheapestFleet(
      draft,
      vehicle,
      isRoom ? costAs(draft, vehicle, present) : Number.POSITIVE_INFINITY,
    )
    if (fleet === present && !isRoom) kept = false
    if (fleet !== present) {
      draft.setFleet(vehicle, fleet)
      kept = refreshTours(draft, vehicle)
    }
    draft.cost[vehicle] = costAs(draft, vehicle, fleet)
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
  draft.cost[vehicle] = fleet === NONE ? 0 : costAs(draft, vehicle, fleet)
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

/** The fleet that does the vehicle's runs for less than `below`, or the one it is of. */
function cheapestFleet(draft: Draft, vehicle: number, below: number): number {
  const { count, perDay, typeOf } = draft.model.fleets
  let best = draft.fleetOf[vehicle]
  if (vehicle < draft.reserved) return best
  let least = below
  let type = NONE
  let isRoom = false
  for (let fleet = 0; fleet < count; fleet++) {
    if (draft.left[fleet] === 0 || perDay[fleet] >= least) continue
    if (typeOf[fleet] !== type) {
      type = typeOf[fleet]
      isRoom = hasRoom(draft, vehicle, type)
    }
    if (!isRoom) continue
    const cost = costIf(draft, vehicle, fleet, least)
    if (cost >= least) continue
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

/** What the vehicle would cost if it were of another fleet; Infinity where that is late, or no less than `below`. */
function costIf(draft: Draft, vehicle: number, fleet: number, below: number): number {
  const { model } = draft
  const { sessions } = model
  let cost = costAs(draft, vehicle, fleet)
  if (cost >= below && !model.clockPriced) return Number.POSITIVE_INFINITY
  for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
    if (draft.size[tour] === 0) continue
    draft.load(tour, fleet)
    if (!draft.timetable.earliest()) return Number.POSITIVE_INFINITY
    // Another base or shift is another clock.
    if (model.clockPriced)
      cost += clockPrice(model, draft.timetable, fleet, draft.peakShare[tour]) - draft.clock[tour]
  }
  return cost
}

/** What the vehicle costs, its tours as last refreshed, if it were of this fleet. */
function costAs(draft: Draft, vehicle: number, fleet: number): number {
  const { model, next, prev, size, metres, clock } = draft
  const { fleets, sessions, place } = model
  let cost = fleets.perDay[fleet]
  let assistants = 0
  for (let tour = vehicle * sessions; tour < (vehicle + 1) * sessions; tour++) {
    if (size[tour] === 0) continue
    const out = model.far(fleets.startsAt[fleet], place[next[draft.base(tour)]])
    const home = model.far(place[prev[draft.back(tour)]], fleets.endsAt[fleet])
    cost += fleets.perMetre[fleet] * metres[tour] + fleets.perEmptyMetre[fleet] * (out + home)
    cost += clock[tour]
    assistants = Math.max(assistants, assistantsFor(draft.peakShare[tour]))
  }
  return cost + assistants * fleets.perAssistant[fleet]
}
