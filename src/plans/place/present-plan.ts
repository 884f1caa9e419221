/**
 * Today's network as the optimiser sees a plan: each route a vehicle of its own, with its riders in the order of its stops.
 * It may break today's rules: whoever rides longer, or is at school earlier, than a plan would let them is held to what
 * they have, and to nothing worse.
 */
import type { PupilId, RouteId, RunId } from '#ground/ids.ts'
import { type DayPattern, slotsOf } from '#ground/pattern.ts'
import type { PlainDate } from '#ground/time.ts'
import {
  dropoffOf,
  type Fleet,
  NO_LIMIT,
  NOWHERE,
  type Plan,
  type PlannedVehicle,
  type Problem,
  pickupOf,
  type Request,
  readClock,
  requestOf,
} from '#optimiser'
import type { Stop } from '#routes/write-store'
import { secondsOf, UNITS_IN_A_PENNY } from '../translation/problem-of.ts'
import type { Asked } from '../translation/runs-of.ts'

export type PresentRun = {
  run: RunId
  direction: 1 | 2
  days: DayPattern
  vehicleType: string
  layouts: readonly (readonly [seats: number, wheelchairs: number])[]
  assistantPosts: number
  stops: readonly Stop[]
  riders: readonly PupilId[]
  milesLive: number | null
  milesDead: number | null
  /** The day from which this plan of the run holds no more; nothing where it has no end. */
  until: PlainDate | null
}

export type PresentRoute = {
  route: RouteId
  code: string
  operator: string
  /** What the contract says of a mile more or less; nought where it says nothing. */
  pencePerMile: number
  runs: readonly PresentRun[]
}

/** Why nothing can be said of a route: its present state is not known well enough, or makes no sense by road. */
export type NotJudged = {
  route: PresentRoute
  because: 'runs-differ-by-day' | 'rider-without-a-stop' | 'rider-unknown' | 'times-cannot-be-kept'
}

export type PresentPlan = {
  problem: Problem
  plan: Plan
  /** In the order of the vehicles of the plan. */
  routes: readonly PresentRoute[]
  notJudged: readonly NotJudged[]
}

const METRES_IN_A_MILE = 1609.344

/** The network of these routes within what is asked about its riders and one pupil more. */
export function presentPlan(asked: Asked, routes: readonly PresentRoute[]): PresentPlan {
  const judged = routes.map((route) => ({ route, calls: callsOf(asked, route) }))
  const notJudged: NotJudged[] = []
  const kept: { route: PresentRoute; vehicle: PlannedVehicle; limits: ReadonlyMap<number, Request> }[] = []
  let problem = asked.problem
  for (const { route, calls } of judged) {
    if (typeof calls === 'string') {
      notJudged.push({ route, because: calls })
      continue
    }
    const widened = withVehicle(problem, route)
    const vehicle = { fleet: widened.fleets.length - 1, was: NOWHERE, runs: calls }
    const limits = limitsOf(widened, { vehicle, route })
    if (!limits) {
      notJudged.push({ route, because: 'times-cannot-be-kept' })
      continue
    }
    problem = { ...widened, types: withShift(widened, limits.lasts) }
    kept.push({ route, vehicle, limits: limits.requests })
  }
  const held = new Map(kept.flatMap(({ limits }) => [...limits]))
  return {
    problem: { ...problem, requests: withTheOthers(problem.requests, held) },
    plan: { vehicles: kept.map(({ vehicle }) => vehicle) },
    routes: kept.map(({ route }) => route),
    notJudged,
  }
}

/** By session, the calls of a route's run in the order of its stops; or why they are not known. */
function callsOf(asked: Asked, { runs }: PresentRoute): number[][] | NotJudged['because'] {
  const sessions: number[][] = [[], []]
  for (const run of runs.filter(({ riders }) => riders.length > 0)) {
    const session = sessions[run.direction - 1] as number[]
    const calls = session.length > 0 ? 'runs-differ-by-day' : callsOfRun(asked, run)
    if (typeof calls === 'string') return calls
    session.push(...calls)
  }
  return sessions
}

function callsOfRun(
  { question }: Asked,
  { direction, days, stops, riders }: PresentRun,
): number[] | NotJudged['because'] {
  const theirs = [...question.rides.entries()].filter(
    ([, ride]) => ride.direction === direction && riders.includes(ride.pupil),
  )
  const rides = new Map(theirs.map(([r, ride]) => [ride.pupil, r]))
  if (theirs.length > rides.size || theirs.some(([, ride]) => !covers(days, ride.days)))
    return 'runs-differ-by-day'
  if (rides.size < riders.length) return 'rider-unknown'
  const doors = stops.flatMap(({ pupil }) => (pupil === undefined ? [] : (rides.get(pupil) ?? [])))
  if (doors.length !== riders.length || new Set(doors).size < doors.length) return 'rider-without-a-stop'
  // From the doors to the school, or the other way round: everybody boards before anybody alights.
  return [...doors.map(pickupOf), ...doors.map(dropoffOf)]
}

const covers = (days: DayPattern, those: DayPattern) => {
  const driven = new Set(slotsOf(days))
  return slotsOf(those).every((day) => driven.has(day))
}

/** A type and a fleet of one for the vehicle that drives a route: paid for already, but for the miles. */
function withVehicle(problem: Problem, { runs, pencePerMile }: PresentRoute): Problem {
  const [run] = runs
  const own = Math.round((pencePerMile * UNITS_IN_A_PENNY) / METRES_IN_A_MILE)
  // A mile costs something even where the contract does not say what: else no detour would be too long.
  const perMetre = own > 0 ? own : (problem.types[0]?.costPerMetre ?? 0)
  const type = {
    layouts: run?.layouts ?? [],
    costPerDay: 0,
    costPerMetre: perMetre,
    costPerEmptyMetre: perMetre,
    costPerSecond: 0,
    costPerAssistant: problem.types[0]?.costPerAssistant ?? 0,
    costPerAssistantSecond: 0,
    longestShift: problem.types[0]?.longestShift ?? NO_LIMIT,
  }
  const fleet: Fleet = {
    type: problem.types.length,
    count: 1,
    startsAt: NOWHERE,
    endsAt: NOWHERE,
    open: 0,
    close: 24 * 3600,
  }
  return { ...problem, types: [...problem.types, type], fleets: [...problem.fleets, fleet] }
}

const withShift = ({ types }: Problem, lasts: number) =>
  types.map((type, t) =>
    t === types.length - 1 ? { ...type, longestShift: Math.max(type.longestShift, lasts) } : type,
  )

type Limits = { requests: ReadonlyMap<number, Request>; lasts: number }

/** Each rider's limits as they are asked for, or as they are kept today where that is worse. */
function limitsOf(
  problem: Problem,
  { vehicle: { fleet, runs }, route }: { vehicle: PlannedVehicle; route: PresentRoute },
): Limits | undefined {
  const free = freed(problem, runs, route)
  const requests = new Map<number, Request>()
  let lasts = 0
  for (const calls of runs) {
    if (calls.length === 0) continue
    const clock = readClock(free, free.fleets[fleet] as Fleet, calls)
    if (!clock.kept) return undefined
    lasts = Math.max(lasts, clock.back - clock.leaves)
    for (const r of new Set(calls.map(requestOf))) {
      const start = (call: number) => clock.starts[calls.indexOf(call)] as number
      const [boards, alights] = [start(pickupOf(r)), start(dropoffOf(r))]
      requests.set(r, heldTo(problem.requests[r] as Request, { boards, alights }))
    }
  }
  return { requests, lasts }
}

/** The problem in which these riders may ride however long, and be at school when they are today, if that is earlier. */
function freed(problem: Problem, runs: PlannedVehicle['runs'], route: PresentRoute): Problem {
  const requests = [...problem.requests]
  for (const r of new Set(runs.flat().map(requestOf))) {
    const request = requests[r] as Request
    const atSchool = schoolTimeOf(route, request.session)
    requests[r] = { ...request, longestRide: NO_LIMIT, ...schoolCallOf(request, atSchool) }
  }
  return { ...problem, requests, types: problem.types.map((type) => ({ ...type, longestShift: NO_LIMIT })) }
}

function schoolCallOf({ session, pickup, dropoff }: Request, atSchool: number | undefined) {
  if (atSchool === undefined) return {}
  return session === 0
    ? { dropoff: { ...dropoff, open: Math.min(dropoff.open, atSchool) } }
    : { pickup: { ...pickup, close: Math.max(pickup.close, atSchool) } }
}

/** When today's run is at school, by its plan. */
function schoolTimeOf({ runs }: PresentRoute, session: number): number | undefined {
  const stops =
    runs.find(({ direction, riders }) => direction === session + 1 && riders.length > 0)?.stops ?? []
  const school = stops.find(({ kind }) => kind === 'school')
  return school && secondsOf(school.at)
}

/** Nobody is at school so much earlier than today, or leaves it so much later, for somebody else’s sake. */
const AT_MOST_MOVED = 5 * 60

function heldTo(request: Request, { boards, alights }: { boards: number; alights: number }): Request {
  const { pickup, dropoff, longestRide, session } = request
  const held = { ...request, longestRide: Math.max(longestRide, alights - boards - pickup.service) }
  return session === 0
    ? { ...held, dropoff: { ...dropoff, open: alights - AT_MOST_MOVED } }
    : { ...held, pickup: { ...pickup, close: boards + AT_MOST_MOVED } }
}

/** Whoever joins is fetched from school when the others are: no vehicle comes back for them. */
function withTheOthers(requests: readonly Request[], held: ReadonlyMap<number, Request>): Request[] {
  const lastOut = Math.max(
    ...[...held.values()].map(({ session, pickup }) =>
      session === 1 ? pickup.close : Number.NEGATIVE_INFINITY,
    ),
  )
  return requests.map((request, r) => {
    const { session, pickup } = request
    if (session === 0 || lastOut === Number.NEGATIVE_INFINITY) return held.get(r) ?? request
    return held.get(r) ?? { ...request, pickup: { ...pickup, close: Math.min(pickup.close, lastOut) } }
  })
}
