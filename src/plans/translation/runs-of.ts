/** A plan of whole numbers read back as runs: who is called for where and when, in what. */
import { type Metres, metres } from '#ground/distance.ts'
import { type Seconds, seconds } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { patternOf } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import {
  assistantsOn,
  type Fleet,
  isPickup,
  type Plan,
  type PlannedVehicle,
  type Problem,
  readClock,
  requestOf,
} from '#optimiser'
import type { Journey } from '../baseline/journey.ts'
import type { RunSeen, StopSeen } from './aboard.ts'
import { layoutFor } from './layout-for.ts'
import { type DrivesByDirection, directSeconds, wallTime } from './problem-of.ts'
import { type PlanQuestion, plannedDays, type RideAsked } from './question.ts'

export type PlanStop = StopSeen & { label: string }

export type PlanRider = {
  ride: number
  pupil: PupilId
  startsAt: WallTime
  endsAt: WallTime
  ridden: Seconds
  length: Metres
  /** Who is aboard at the same time, for any part of the ride. */
  sharesWith: readonly PupilId[]
}

/** What one vehicle drives in one direction until it is empty, the same on each of its days. */
export type PlanRun = Omit<RunSeen, 'stops'> & {
  offer: string
  assistants: number
  stops: readonly PlanStop[]
  riders: readonly PlanRider[]
  length: Metres
  lasts: Seconds
}

/** What is needed to read a plan. */
export type Asked = { question: PlanQuestion; drives: DrivesByDirection; problem: Problem }

/** The runs of a plan, vehicle by vehicle, morning before afternoon. */
export function runsOf(asked: Asked, plan: Plan): PlanRun[] {
  const days = plannedDays(asked.question.rides)
  return plan.vehicles.flatMap((vehicle, v) =>
    vehicle.runs.flatMap((_, session) => runsOfSession(asked, vehicle, { v, session, days })),
  )
}

type Where = { v: number; session: number; days: readonly number[][] }

function runsOfSession(asked: Asked, vehicle: PlannedVehicle, { v, session, days }: Where): PlanRun[] {
  const byCalls = new Map<string, { calls: number[]; days: number[] }>()
  days.forEach((standsFor, day) => {
    const today = (vehicle.runs[session] ?? []).filter(
      (call) => ((asked.problem.requests[requestOf(call)]?.days ?? 0) >> day) & 1,
    )
    if (today.length === 0) return
    const same = byCalls.get(today.join())
    if (same) same.days.push(...standsFor)
    else byCalls.set(today.join(), { calls: today, days: [...standsFor] })
  })
  const rounds = [...byCalls.values()].flatMap((kind) => roundsOf(asked.problem, vehicle, kind))
  const way = session === 0 ? 'to school' : 'from school'
  return rounds.map((round, i) =>
    runOf(asked, round, {
      fleet: vehicle.fleet,
      v,
      session,
      name: `${vehicleName(v)} ${way}${rounds.length > 1 ? ` (${i + 1})` : ''}`,
    }),
  )
}

type Round = { calls: readonly number[]; starts: readonly number[]; days: readonly number[] }

/** A vehicle that empties and fills again makes two runs: who is on the one never meets who is on the other. */
function roundsOf(
  problem: Problem,
  { fleet }: PlannedVehicle,
  { calls, days }: { calls: readonly number[]; days: readonly number[] },
): Round[] {
  const clock = readClock(problem, problem.fleets[fleet] as Fleet, calls)
  if (!clock.kept) throw new Error('A vehicle of the plan keeps no times: the plan was not refereed.')
  const rounds: Round[] = []
  let aboard = 0
  let from = 0
  for (const [i, call] of calls.entries()) {
    aboard += isPickup(call) ? 1 : -1
    if (aboard > 0) continue
    rounds.push({ calls: calls.slice(from, i + 1), starts: clock.starts.slice(from, i + 1), days })
    from = i + 1
  }
  return rounds
}

type Kind = { fleet: number; v: number; session: number; name: string }

function runOf({ question, problem }: Asked, round: Round, { fleet, v, session, name }: Kind): PlanRun {
  const { calls, starts, days } = round
  const offer = question.policy.vehicles[problem.fleets[fleet]?.type ?? -1]
  const timed = { calls, starts, question, problem }
  const last = problem.requests[requestOf(calls.at(-1) ?? 0)]?.dropoff.service ?? 0
  return {
    name,
    vehicle: v,
    direction: session === 0 ? 1 : 2,
    days: patternOf(days),
    offer: offer?.name ?? '',
    layout: layoutFor(problem, calls, offer?.layouts ?? []),
    assistants: assistantsOn(problem, calls),
    stops: stopsOf(timed),
    riders: calls.filter(isPickup).map((call) => riderOf(timed, requestOf(call))),
    length: lengthBetween(timed, 0, calls.length - 1),
    lasts: seconds((starts.at(-1) ?? 0) + last - (starts[0] ?? 0)),
  }
}

type Timed = { calls: readonly number[]; starts: readonly number[]; question: PlanQuestion; problem: Problem }

function stopsOf({ calls, starts, question, problem }: Timed): PlanStop[] {
  const stops: (PlanStop & { place: number; boards: PupilId[]; alights: PupilId[] })[] = []
  for (const [i, call] of calls.entries()) {
    const place = placeOf(problem, call)
    const last = stops.at(-1)
    const stop = last?.place === place ? last : newStop(question, place, starts[i] ?? 0)
    if (stop !== last) stops.push(stop)
    const { pupil } = question.rides[requestOf(call)] as RideAsked
    if (isPickup(call)) stop.boards.push(pupil)
    else stop.alights.push(pupil)
  }
  return stops.map(({ place: _, ...stop }) => stop)
}

function newStop({ places }: PlanQuestion, place: number, at: number) {
  const { label, school, place: point } = places[place % places.length] as PlanQuestion['places'][number]
  const boards: PupilId[] = []
  const alights: PupilId[] = []
  return { place, label, ...point, school: school !== undefined, at: wallTime(at), boards, alights }
}

function riderOf(timed: Timed, ride: number): PlanRider {
  const { calls, starts, problem, question } = timed
  const on = calls.findIndex((call) => requestOf(call) === ride)
  const off = calls.findLastIndex((call) => requestOf(call) === ride)
  const [boards = 0, alights = 0] = [starts[on], starts[off]]
  return {
    ride,
    pupil: (question.rides[ride] as RideAsked).pupil,
    startsAt: wallTime(boards),
    endsAt: wallTime(alights),
    ridden: seconds(alights - boards - (problem.requests[ride]?.pickup.service ?? 0)),
    length: lengthBetween(timed, on, off),
    sharesWith: sharing(calls, ride).map((other) => (question.rides[other] as RideAsked).pupil),
  }
}

/** Whoever gets in before this ride ends and gets out after it began. */
function sharing(calls: readonly number[], ride: number): number[] {
  const on = (one: number) => calls.findIndex((call) => requestOf(call) === one)
  const off = (one: number) => calls.findLastIndex((call) => requestOf(call) === one)
  return calls
    .filter(isPickup)
    .map(requestOf)
    .filter((other) => other !== ride && on(other) < off(ride) && off(other) > on(ride))
}

function lengthBetween({ calls, problem }: Timed, from: number, to: number): Metres {
  const places = calls.slice(from, to + 1).map((call) => placeOf(problem, call))
  return metres(
    places.reduce(
      (sum, place, i) =>
        i === 0 ? 0 : sum + (problem.metres[(places[i - 1] ?? 0) * problem.places + place] ?? 0),
      0,
    ),
  )
}

function placeOf({ requests }: Problem, call: number): number {
  const request = requests[requestOf(call)]
  return (isPickup(call) ? request?.pickup.place : request?.dropoff.place) ?? 0
}

/** Everybody's journey by the plan, in the words of the baseline; who is on no run has none. */
export function journeysBy({ question, drives }: Asked, runs: readonly PlanRun[]): Journey[] {
  const carried = new Map(
    runs.flatMap((run) => run.riders.map((rider) => [rider.ride, { run, rider }] as const)),
  )
  return question.rides.map((ride, r): Journey => {
    const { pupil, direction, days, bell } = ride
    const seat = carried.get(r)
    if (!seat) return { pupil, direction, days, ride: null, because: 'no-place-found' }
    const { run, rider } = seat
    return {
      pupil,
      direction,
      days,
      ride: {
        run: run.name,
        vehicle: vehicleName(run.vehicle),
        vehicleType: run.offer,
        crew: [],
        companions: rider.sharesWith,
        startsAt: rider.startsAt,
        endsAt: rider.endsAt,
        ridden: rider.ridden,
        length: rider.length,
        direct: seconds(directSeconds(ride, question, drives)),
        bell,
        estimated: question.terms.times === 'estimated',
      },
    }
  })
}

/** A vehicle of a plan as its runs are named after it, from its number. */
export const vehicleName = (number: number): string => `V${number + 1}`
