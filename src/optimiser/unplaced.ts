/**
 * Why somebody is left unplaced, worked out from the problem and not from how the search went. What no vehicle could
 * ever do is said first; then what could be done alone but not beside those who are carried; and last, that vehicles
 * are all in use or that carrying costs more than leaving.
 */
import { check } from './check.ts'
import { dropoffOf, NO_LIMIT, NOWHERE, type Plan, type Problem, pickupOf, UNREACHABLE } from './problem.ts'
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
  return unplaced.map((request) => {
    const never = whyNever(problem, request)
    const [first, ...rest] = never.length > 0 ? never : whyNotNow(problem, plan, { request, unplaced })
    return { request, reasons: [first ?? { reason: 'no-place-was-found' }, ...rest] }
  })
}

/** What would keep the request out of every plan; nothing, if some vehicle could carry it alone. */
export function whyNever(problem: Problem, request: number): Reason[] {
  const { pickup, dropoff, longestRide, room, ownAssistants, assistantShare } = problem.requests[request]
  const alone = problem.fleets.map(
    (_, fleet) => check(alonePart(problem), aloneIn(problem, fleet, request)).broken,
  )
  if (alone.some((broken) => broken.length === 0)) return []
  const drive = problem.seconds[pickup.place * problem.places + dropoff.place]
  if (drive >= UNREACHABLE) return [{ reason: 'there-is-no-way' }]
  const reasons: Reason[] = []
  const breaks = (rule: Breach['rule']) =>
    alone.every((broken) => broken.some((breach) => breach.rule === rule))
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

type Asked = { request: number; unplaced: readonly number[] }

/** What keeps a request that some vehicle could carry alone out of this plan as it is, so far as it can be told. */
export function whyNotNow(problem: Problem, plan: Plan, { request, unplaced }: Asked): Reason[] {
  const { present, unplacedPrice } = problem.requests[request]
  const tied = problem.together.filter(
    ({ requests, price }) => price >= NO_LIMIT && requests.includes(request),
  )
  const left = tied.flatMap(({ requests }) =>
    requests.filter((other) => other !== request && unplaced.includes(other)),
  )
  if (left.length > 0) return [{ reason: 'must-share-with-somebody-unplaced', requests: left }]
  if (present?.frozen) return [{ reason: 'frozen-to-a-vehicle-that-cannot', vehicle: present.vehicle }]

  const able = problem.fleets
    .map((_, fleet) => ({ fleet, judged: check(alonePart(problem), aloneIn(problem, fleet, request)) }))
    .filter(({ judged }) => judged.broken.length === 0)
  const free = able.filter(({ fleet }) => used(plan, fleet) < problem.fleets[fleet].count)
  if (free.length > 0) {
    const cost = Math.min(...free.map(({ judged }) => judged.cost))
    return cost >= unplacedPrice ? [{ reason: 'costs-more-than-leaving', cost, price: unplacedPrice }] : []
  }
  const inUse: Reason = { reason: 'every-vehicle-is-in-use', fleets: able.map(({ fleet }) => fleet) }
  const hostile = keptApartFrom(problem, plan, request)
  return hostile.length > 0 ? [inUse, { reason: 'kept-apart-from-everybody', requests: hostile }] : [inUse]
}

/** Those it may not meet, where somebody it may not meet is on every vehicle of the plan. */
function keptApartFrom(problem: Problem, plan: Plan, request: number): number[] {
  const perVehicle = plan.vehicles
    .map(({ runs }) =>
      [...new Set(runs.flat().map((call) => call >> 1))].filter((other) => !mayMeet(problem, request, other)),
    )
    .filter((_, v) => plan.vehicles[v].runs.some((calls) => calls.length > 0))
  return perVehicle.length > 0 && perVehicle.every((hostile) => hostile.length > 0) ? perVehicle.flat() : []
}

function mayMeet(problem: Problem, one: number, other: number): boolean {
  const calls = [pickupOf(0), pickupOf(1), dropoffOf(0), dropoffOf(1)]
  const anywhere = { open: -NO_LIMIT, close: NO_LIMIT, place: 0, service: 0 }
  const two = [one, other].map((r) => ({
    ...problem.requests[r],
    pickup: anywhere,
    dropoff: anywhere,
    longestRide: NO_LIMIT,
    session: 0,
    days: 1,
  }))
  const number = (r: number) => (r === one ? 0 : r === other ? 1 : NOWHERE)
  const apart = problem.apart
    .map(([a, b]) => [number(a), number(b)] as const)
    .filter(([a, b]) => a !== NOWHERE && b !== NOWHERE)
  const asked = { ...alonePart(problem), requests: two, apart, days: 1, sessions: 1 }
  const { broken } = check(asked, { vehicles: [{ fleet: 0, was: NOWHERE, runs: [calls] }] })
  const hostile: readonly Breach['rule'][] = [
    'kept-apart',
    'classes-kept-apart',
    'another-school-aboard',
    'too-many-others-aboard',
  ]
  return !broken.some(({ rule }) => hostile.includes(rule))
}

/** The problem without what ties requests to one another or to the present. */
function alonePart(problem: Problem): Problem {
  const fleets = problem.fleets.map((fleet) => ({ ...fleet, count: NO_LIMIT }))
  const requests = problem.requests.map(({ present: _, ...request }) => request)
  return { ...problem, fleets, requests, together: [], present: [] }
}

function aloneIn(problem: Problem, fleet: number, request: number): Plan {
  const runs = Array.from({ length: problem.sessions }, (_, session) =>
    session === problem.requests[request].session ? [pickupOf(request), dropoffOf(request)] : [],
  )
  return { vehicles: [{ fleet, was: NOWHERE, runs }] }
}

function used({ vehicles }: Plan, fleet: number): number {
  return vehicles.filter(
    (vehicle) => vehicle.fleet === fleet && vehicle.runs.some((calls) => calls.length > 0),
  ).length
}
