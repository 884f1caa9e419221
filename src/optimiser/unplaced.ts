/**
 * Why somebody is left unplaced, worked out from the problem and not from how the search went. What no vehicle could
 * ever do is said first; then what could be done alone but not beside those who are carried; and last, that vehicles
 * are all in use or that carrying costs more than leaving.
 */
import { check, type Refereed } from './check.ts'
import {
  dropoffOf,
  NO_LIMIT,
  NOWHERE,
  type Plan,
  type PlannedVehicle,
  type Problem,
  pickupOf,
  requestOf,
  UNREACHABLE,
} from './problem.ts'
import type { Breach } from './referee/breach.ts'

export type Unplaced = { readonly request: number; readonly reasons: readonly [Reason, ...Reason[]] }

export type Reason =
  | { readonly reason: 'there-is-no-way' }
  | {
      readonly reason: 'no-vehicle-has-the-room'
      readonly room: readonly number[]
      readonly assistants: number
    }
  | { readonly reason: 'the-direct-ride-is-too-long'; readonly found: number; readonly allowed: number }
  | { readonly reason: 'the-windows-cannot-be-met'; readonly earliest: number; readonly closes: number }
  | { readonly reason: 'no-vehicle-can-come-in-time' }
  | { readonly reason: 'must-share-with-somebody-unplaced'; readonly requests: readonly number[] }
  | { readonly reason: 'frozen-to-a-vehicle-that-cannot'; readonly vehicle: number }
  | { readonly reason: 'kept-apart-from-everybody'; readonly requests: readonly number[] }
  | { readonly reason: 'every-vehicle-is-in-use'; readonly fleets: readonly number[] }
  | { readonly reason: 'costs-more-than-leaving'; readonly cost: number; readonly price: number }
  | { readonly reason: 'no-place-was-found' }

/** Everybody the plan leaves out, each with why. */
export function whyUnplaced(problem: Problem, plan: Plan): Unplaced[] {
  const { unplaced } = check(problem, plan)
  const why = whyLeftOut(problem, plan, unplaced)
  return unplaced.map((request) => ({ request, reasons: why(request) }))
}

/** For a plan and those it leaves out, what says why one of them is. */
export function whyLeftOut(
  problem: Problem,
  plan: Plan,
  unplaced: readonly number[],
): (request: number) => Unplaced['reasons'] {
  const left = new Set(unplaced)
  const used = vehiclesUsed(plan)
  return (request) => {
    const never = whyNever(problem, request)
    const [first, ...rest] = never.length > 0 ? never : whyNotNow(problem, plan, { request, left, used })
    return [first ?? { reason: 'no-place-was-found' }, ...rest]
  }
}

/** What would keep the request out of every plan; nothing, if some vehicle could carry it alone. */
function whyNever(problem: Problem, request: number): Reason[] {
  const asked = alonePart(problem, request)
  if (problem.fleets.some((_, fleet) => judgeAlone(asked, fleet).broken.length === 0)) return []
  const { pickup, dropoff, longestRide, room, ownAssistants, assistantShare } = problem.requests[request]
  const drive = problem.seconds[pickup.place * problem.places + dropoff.place]
  if (drive >= UNREACHABLE) return [{ reason: 'there-is-no-way' }]
  const reasons: Reason[] = []
  const breaks = (rule: Breach['rule']) =>
    problem.fleets.every((_, fleet) => judgeAlone(asked, fleet).broken.some((breach) => breach.rule === rule))
  if (breaks('no-layout-has-the-room')) {
    reasons.push({
      reason: 'no-vehicle-has-the-room',
      room,
      assistants: ownAssistants + (assistantShare > 0 ? 1 : 0),
    })
  }
  const earliest = pickup.open + pickup.service + drive
  const shortest = Math.max(drive, dropoff.open - pickup.close - pickup.service)
  if (earliest > dropoff.close)
    reasons.push({ reason: 'the-windows-cannot-be-met', earliest, closes: dropoff.close })
  else if (shortest > longestRide) {
    reasons.push({ reason: 'the-direct-ride-is-too-long', found: shortest, allowed: longestRide })
  }
  return reasons.length > 0 ? reasons : [{ reason: 'no-vehicle-can-come-in-time' }]
}

type Asked = { request: number; left: ReadonlySet<number>; used: ReadonlyMap<number, number> }

/** What keeps a request that some vehicle could carry alone out of this plan as it is, so far as it can be told. */
function whyNotNow(problem: Problem, plan: Plan, { request, left, used }: Asked): Reason[] {
  const { present, unplacedPrice } = problem.requests[request]
  const tied = problem.together.filter(
    ({ requests, price }) => price >= NO_LIMIT && requests.includes(request),
  )
  const others = tied.flatMap(({ requests }) =>
    requests.filter((other) => other !== request && left.has(other)),
  )
  if (others.length > 0) return [{ reason: 'must-share-with-somebody-unplaced', requests: others }]
  if (present?.frozen) return [{ reason: 'frozen-to-a-vehicle-that-cannot', vehicle: present.vehicle }]

  const alone = alonePart(problem, request)
  const able = [...problem.fleets.keys()].filter((fleet) => judgeAlone(alone, fleet).broken.length === 0)
  const free = able.filter((fleet) => (used.get(fleet) ?? 0) < problem.fleets[fleet].count)
  if (free.length > 0) {
    const cost = Math.min(...free.map((fleet) => judgeAlone(alone, fleet).cost))
    return cost >= unplacedPrice ? [{ reason: 'costs-more-than-leaving', cost, price: unplacedPrice }] : []
  }
  const inUse: Reason = { reason: 'every-vehicle-is-in-use', fleets: able }
  const hostile = keptApartFrom(problem, plan, request)
  return hostile.length > 0 ? [inUse, { reason: 'kept-apart-from-everybody', requests: hostile }] : [inUse]
}

/** Those it may not meet, where somebody it may not meet is on every vehicle of the plan. */
function keptApartFrom(problem: Problem, { vehicles }: Plan, request: number): number[] {
  const everybody: number[] = []
  for (const vehicle of vehicles.filter(isUsed)) {
    const aboard = new Set(vehicle.runs.flat().map(requestOf))
    const hostile = [...aboard].filter((other) => !mayMeet(problem, request, other))
    if (hostile.length === 0) return []
    everybody.push(...hostile)
  }
  return everybody
}

function mayMeet(problem: Problem, one: number, other: number): boolean {
  const anywhere = { open: -NO_LIMIT, close: NO_LIMIT, place: 0, service: 0 }
  const two = [one, other].map((r) => ({
    ...problem.requests[r],
    pickup: anywhere,
    dropoff: anywhere,
    longestRide: NO_LIMIT,
    session: 0,
    days: 1,
  }))
  const isPair = ([a, b]: readonly [number, number]) =>
    (a === one && b === other) || (a === other && b === one)
  const apart: [number, number][] = problem.apart.some(isPair) ? [[0, 1]] : []
  const asked = { ...alonePart(problem, one), requests: two, apart, days: 1, sessions: 1 }
  const calls = [pickupOf(0), pickupOf(1), dropoffOf(0), dropoffOf(1)]
  const { broken } = check(asked, { vehicles: [{ fleet: 0, was: NOWHERE, runs: [calls] }] })
  const hostile: readonly Breach['rule'][] = [
    'kept-apart',
    'classes-kept-apart',
    'another-school-aboard',
    'too-many-others-aboard',
  ]
  return !broken.some(({ rule }) => hostile.includes(rule))
}

/** The problem of this request alone, without what ties it to others or to the present, and vehicles without end. */
function alonePart(problem: Problem, request: number): Problem {
  const { present: _, ...alone } = problem.requests[request]
  const fleets = problem.fleets.map((fleet) => ({ ...fleet, count: NO_LIMIT }))
  return { ...problem, requests: [alone], fleets, apart: [], together: [], present: [] }
}

/** The referee's verdict on one vehicle that carries the only request. */
function judgeAlone(problem: Problem, fleet: number): Refereed {
  const runs = Array.from({ length: problem.sessions }, (_, session) =>
    session === problem.requests[0].session ? [pickupOf(0), dropoffOf(0)] : [],
  )
  return check(problem, { vehicles: [{ fleet, was: NOWHERE, runs }] })
}

function vehiclesUsed({ vehicles }: Plan): Map<number, number> {
  const used = new Map<number, number>()
  for (const { fleet } of vehicles.filter(isUsed)) used.set(fleet, (used.get(fleet) ?? 0) + 1)
  return used
}

function isUsed({ runs }: PlannedVehicle): boolean {
  return runs.some((calls) => calls.length > 0)
}
