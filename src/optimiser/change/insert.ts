/**
 * One more pupil on a plan in force: the cheapest ways and the least disturbing, and what each does to everybody
 * aboard. Nobody changes vehicle and no order of calls changes; who is on a run that is frozen keeps it as it is.
 */
import { NO_LIMIT, NOWHERE, type Plan, type PlannedVehicle, type Problem } from '../problem.ts'
import { type Reason, whyLeftOut } from '../unplaced.ts'
import { bondsOf, vehiclesOf } from './bonds.ts'
import { RunMeter } from './run-meter.ts'
import { cheaper, gentler, type Slot, Slots } from './slots.ts'
import { type Way, wayOf, withRequest } from './way.ts'

export type Insertions = {
  /** On vehicles of the plan, the cheapest first, each vehicle once. */
  readonly cheapest: readonly Way[]
  /** On vehicles of the plan, the one that moves other people's times least first, each vehicle once. */
  readonly leastDisturbing: readonly Way[]
  /** The cheapest vehicle that is not in the plan, or not in use in it. */
  readonly newVehicle: Way | undefined
  /** Why there is no way at all; empty where there is one. */
  readonly reasons: readonly Reason[]
}

/** A place on a vehicle, and the price of the request's ties there. */
type Found = Slot & { readonly at: number; readonly vehicle: PlannedVehicle; readonly tied: number }

/** How many ways of each kind are told. */
const MOST_WAYS = 5

/**
 * The ways to add a request the plan does not carry. Throws where the plan carries it already: take it out first, with
 * `remove`. A vehicle that cannot keep its own times as it is, on a day of the request, is passed over.
 */
export function insert(problem: Problem, plan: Plan, request: number): Insertions {
  const carrier = vehiclesOf(problem, plan)
  if (carrier[request] !== -1) {
    throw new Error(
      `Request ${request} is on vehicle ${carrier[request]} of the plan; expected one that is on none. Remove it first.`,
    )
  }
  const meter = new RunMeter(problem)
  const slots = new Slots(meter, request)
  const bonds = bondsOf(problem, carrier, request)
  const cheap: Found[] = []
  const gentle: Found[] = []
  for (const [at, vehicle] of plan.vehicles.entries()) {
    const { allowed, price: tied } = bonds(vehicle, at)
    if (!allowed || !isInUse(vehicle)) continue
    slots.on(vehicle)
    if (slots.cheapest) cheap.push(found(slots.cheapest, { at, vehicle, tied }))
    if (slots.gentlest) gentle.push(found(slots.gentlest, { at, vehicle, tied }))
  }
  const fresh = idleVehicles(problem, plan, request).flatMap(({ at, vehicle }): Found[] => {
    const { allowed, price: tied } = bonds(vehicle, at)
    if (!allowed) return []
    slots.on(vehicle)
    return slots.cheapest ? [found(slots.cheapest, { at, vehicle, tied })] : []
  })
  const told = (ways: Found[], order: typeof cheaper, most: number) =>
    firstClean(meter, ways.sort(order), { request, most })
  const ways = {
    cheapest: told(cheap, cheaper, MOST_WAYS),
    leastDisturbing: told(gentle, gentler, MOST_WAYS),
    newVehicle: told(fresh, cheaper, 1)[0],
  }
  const some = ways.cheapest.length > 0 || ways.newVehicle !== undefined
  if (some) return { ...ways, reasons: [] }
  const unplaced = [...carrier.keys()].filter((r) => carrier[r] === -1)
  return { ...ways, reasons: whyLeftOut(problem, plan, unplaced)(request) }
}

function found(slot: Slot, { at, vehicle, tied }: Pick<Found, 'at' | 'vehicle' | 'tied'>): Found {
  return { ...slot, added: slot.added + tied, at, vehicle, tied }
}

function firstClean(
  meter: RunMeter,
  ranked: readonly Found[],
  { request, most }: { request: number; most: number },
): Way[] {
  const ways: Way[] = []
  for (const { at, vehicle, tied, ...slot } of ranked) {
    if (ways.length === most) break
    const becomes = withRequest(meter.problem, vehicle, { request, slot })
    const way = wayOf(meter, { vehicle: at, before: vehicle, becomes, request, tied })
    if (way) ways.push(way)
  }
  return ways
}

/** The cheapest of all ways, if there is any. */
export function cheapestOf({ cheapest: [first], newVehicle }: Insertions): Way | undefined {
  if (!first || !newVehicle) return first ?? newVehicle
  return newVehicle.added < first.added ? newVehicle : first
}

/** The fleets of which the plan leaves some vehicle unused. */
export function idleFleets({ fleets }: Problem, { vehicles }: Plan): number[] {
  const used = new Int32Array(fleets.length)
  for (const vehicle of vehicles) if (isInUse(vehicle)) used[vehicle.fleet] += 1
  return [...fleets.keys()].filter((f) => fleets[f].count >= NO_LIMIT || used[f] < fleets[f].count)
}

/** One vehicle of each fleet that has any left, and the one the request knows, where it stands idle. */
function idleVehicles(problem: Problem, plan: Plan, request: number) {
  const { vehicles } = plan
  const free = new Set(idleFleets(problem, plan))
  const known = problem.requests[request].present?.vehicle ?? NOWHERE
  const present = problem.present[known]
  const fresh = problem.fleets.map((_, fleet) => idle(problem, fleet, NOWHERE))
  if (present && !vehicles.some(({ was }) => was === known)) fresh.push(idle(problem, present.fleet, known))
  return [
    ...fresh.map((vehicle) => ({ at: vehicles.length, vehicle })),
    ...[...vehicles.entries()]
      .map(([at, vehicle]) => ({ at, vehicle }))
      .filter(({ vehicle }) => !isInUse(vehicle)),
  ].filter(({ vehicle: { fleet } }) => free.has(fleet))
}

function idle({ sessions }: Problem, fleet: number, was: number): PlannedVehicle {
  return { fleet, was, runs: Array.from({ length: sessions }, () => []) }
}

function isInUse({ runs }: PlannedVehicle): boolean {
  return runs.some((run) => run.length > 0)
}
