/**
 * A vehicle is lost: its pupils are placed again so that as few others as can be change vehicle. First nobody: another
 * vehicle takes its runs over as they are, or its pupils are put on one by one, whichever is cheaper. Only for a pupil
 * who finds no place so is one other pupil moved to make it.
 */
import { check } from '../check.ts'
import {
  isPickup,
  NO_LIMIT,
  NOWHERE,
  type Plan,
  type PlannedVehicle,
  type Problem,
  requestOf,
} from '../problem.ts'
import { type Unplaced, whyUnplaced } from '../unplaced.ts'
import { brokenAlone } from './alone.ts'
import { bondsOf, vehiclesOf } from './bonds.ts'
import { effectOf } from './effect.ts'
import { cheapestOf, idleFleets, insert } from './insert.ts'
import { makeRoom } from './make-room.ts'
import { RunMeter } from './run-meter.ts'
import { carryOut } from './way.ts'

export type Repair = {
  /** The plan without the lost vehicle. */
  readonly plan: Plan
  /** Requests of other vehicles that had to change theirs. */
  readonly moved: readonly number[]
  /** What the plan costs more, over all days; those it no longer carries cost nothing. */
  readonly added: number
  /** Everybody the plan leaves out, each with why. */
  readonly unplaced: readonly Unplaced[]
}

/**
 * Places the pupils of `plan.vehicles[lost]` again. Of a counted fleet there is one vehicle fewer from now on. A request
 * frozen to the lost vehicle is left unplaced: whoever asks must first say it may move.
 */
export function repair(problem: Problem, plan: Plan, lost: number): Repair {
  const gone = plan.vehicles[lost]
  if (gone === undefined) {
    throw new Error(`There is no vehicle ${lost}; the plan has ${plan.vehicles.length}, numbered from 0.`)
  }
  const left = withoutVehicle(problem, gone)
  const rest = { vehicles: plan.vehicles.filter((_, v) => v !== lost) }
  const waiting = gone.runs.flatMap((run) => run.filter(isPickup).map(requestOf))
  const before = check(problem, plan).cost
  const tried = [
    ...takenOver(left, rest, gone),
    ...ordersOf(left, waiting).map((order) => putOn(left, rest, order)),
  ].map((next) => ({ next, judged: check(left, next) }))
  const best = tried.reduce((a, b) => (objectiveOf(b.judged) < objectiveOf(a.judged) ? b : a))
  const stillWaiting = waiting.filter((request) => best.judged.unplaced.includes(request))
  const { plan: repaired, moved } = makeRoom(left, best.next, stillWaiting)
  return {
    plan: repaired,
    moved,
    added: check(problem, repaired).cost - before,
    unplaced: whyUnplaced(left, repaired),
  }
}

/** The problem with one vehicle of its fleet fewer; a vehicle of today's plan that is lost stays out of use. */
function withoutVehicle(problem: Problem, { fleet: lost, was }: PlannedVehicle): Problem {
  const fleets = problem.fleets.map((fleet, f) =>
    f === lost && fleet.count < NO_LIMIT ? { ...fleet, count: fleet.count - 1 } : fleet,
  )
  const present = problem.present.map((vehicle, v) =>
    v === was ? { ...vehicle, runs: vehicle.runs.map(() => []), frozen: true } : vehicle,
  )
  return { ...problem, fleets, present }
}

/** The plan in which the cheapest other vehicle drives the lost one's runs as they are, if one can. */
function takenOver(problem: Problem, rest: Plan, { runs }: PlannedVehicle): Plan[] {
  const meter = new RunMeter(problem)
  const at = rest.vehicles.length
  const carrier = vehiclesOf(problem, rest)
  const able = idleFleets(problem, rest).flatMap((fleet) => {
    const vehicle = { fleet, was: NOWHERE, runs }
    const effect = effectOf(meter, { ...vehicle, runs: runs.map(() => []) }, vehicle)
    return effect && brokenAlone(problem, vehicle).length === 0 ? [{ vehicle, added: effect.added }] : []
  })
  const [first, ...others] = able
  if (!first) return []
  const { vehicle } = others.reduce((best, next) => (next.added < best.added ? next : best), first)
  const mayMove = runs.flat().every((call) => bondsOf(problem, carrier, requestOf(call))(vehicle, at).allowed)
  return mayMove ? [{ vehicles: [...rest.vehicles, vehicle] }] : []
}

/** The orders in which pupils are tried: farthest first, largest first, and as they were picked up. */
function ordersOf({ requests, seconds, places }: Problem, waiting: readonly number[]): number[][] {
  const way = (r: number) => seconds[requests[r].pickup.place * places + requests[r].dropoff.place]
  const size = (r: number) => requests[r].room.reduce((sum, room, kind) => sum + room * (kind + 1), 0)
  return [
    waiting.toSorted((a, b) => way(b) - way(a)),
    waiting.toSorted((a, b) => size(b) - size(a) || way(b) - way(a)),
    [...waiting],
  ]
}

function putOn(problem: Problem, rest: Plan, order: readonly number[]): Plan {
  return order.reduce((plan, request) => {
    const best = cheapestOf(insert(problem, plan, request))
    return best ? carryOut(plan, best) : plan
  }, rest)
}

function objectiveOf({ cost, unplacedPrice }: { cost: number; unplacedPrice: number }): number {
  return cost + unplacedPrice
}
