/** Where one more pupil could ride in today's network: the best places first, and what each does to everybody aboard. */
import { type Metres, metres, toMiles } from '#ground/distance.ts'
import { type Seconds, seconds } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { type Pence, pence } from '#ground/money.ts'
import type { WallTime } from '#ground/time.ts'
import {
  assistantsOn,
  type Fleet,
  type Insertions,
  insert,
  isPickup,
  type Problem,
  type Reason,
  readClock,
  requestOf,
  type Way,
} from '#optimiser'
import type { Stop } from '#routes/write-store'
import { wallTime } from '../translation/problem-of.ts'
import type { RideAsked } from '../translation/question.ts'
import type { Asked } from '../translation/runs-of.ts'
import type { PresentPlan, PresentRoute, PresentRun } from './present-plan.ts'
import { stopsWith } from './stops-with.ts'

/** What becomes of somebody who is aboard already. */
export type Companion = {
  pupil: PupilId
  /** At their door: fetched in the morning, brought in the afternoon. */
  before: WallTime
  after: WallTime
  /** Of the ride; fewer than none if it is shorter. */
  longer: Seconds
}

export type PlaceOnRoute = {
  route: PresentRoute
  run: PresentRun
  startsAt: WallTime
  endsAt: WallTime
  ridden: Seconds
  /** What the run drives more, and what its contract asks for that on a day; nothing where the contract does not say. */
  further: Metres
  variation: Pence | null
  /** Assistants the run needs beyond those it has. */
  moreAssistants: number
  companions: readonly Companion[]
  /** The stops of the run with the pupil's own, in order. */
  stops: readonly Stop[]
}

export type Placing = {
  ride: RideAsked
  places: readonly PlaceOnRoute[]
  /** A vehicle of its own: which kind, and what it costs on a day. */
  newRun: { offer: string; cost: Pence } | undefined
  /** Why neither is to be had; empty where one is. */
  reasons: readonly Reason[]
}

/** The places for one ride of the question. Cheapest first; whatever disturbs others least is always among them. */
export function placesFor(asked: Asked, present: PresentPlan, ride: number): Placing {
  const found = insert(present.problem, present.plan, ride)
  const about = asked.question.rides[ride] as RideAsked
  const ways = waysOf(found)
  return {
    ride: about,
    places: ways.flatMap((way) => placeOf(asked, { present, way, ride }) ?? []),
    newRun: newRunOf(asked, present, found.newVehicle),
    reasons: found.reasons,
  }
}

function waysOf({ cheapest, leastDisturbing }: Insertions): Way[] {
  const [gentlest] = leastDisturbing
  const isThere = cheapest.some(({ vehicle }) => vehicle === gentlest?.vehicle)
  return (gentlest && !isThere ? [...cheapest, gentlest] : [...cheapest]).filter(({ becomes }) =>
    becomes.runs.every(isOneRound),
  )
}

/** Whether a run empties at its end only: to come back for one pupil when the others are out is another run. */
function isOneRound(calls: readonly number[]): boolean {
  let aboard = 0
  return calls.every((call, i) => {
    aboard += isPickup(call) ? 1 : -1
    return aboard > 0 || i === calls.length - 1
  })
}

function newRunOf({ question }: Asked, { problem }: PresentPlan, way: Way | undefined): Placing['newRun'] {
  const offer = way && question.policy.vehicles[problem.fleets[way.becomes.fleet]?.type ?? -1]
  if (!offer) return undefined
  const calls = way.becomes.runs.flat()
  const money =
    offer.pencePerDay +
    toMiles(lengthOf(problem, calls)) * offer.pencePerMile +
    assistantsOn(problem, calls) * offer.pencePerAssistantDay
  return { offer: offer.name, cost: pence(Math.round(money)) }
}

type At = { present: PresentPlan; way: Way; ride: number }

function placeOf({ question }: Asked, { present, way, ride }: At): PlaceOnRoute | undefined {
  const { problem, plan, routes } = present
  const route = routes[way.vehicle]
  const about = question.rides[ride] as RideAsked
  const session = about.direction - 1
  const run = route?.runs.find(({ direction, riders }) => direction === about.direction && riders.length > 0)
  const [journey] = way.journeys
  if (!route || !run || !journey) return undefined
  const [before, after] = [plan.vehicles[way.vehicle]?.runs[session] ?? [], way.becomes.runs[session] ?? []]
  const further = metres(lengthOf(problem, after) - lengthOf(problem, before))
  const startsOf = (calls: readonly number[]) => {
    const clock = readClock(problem, problem.fleets[way.becomes.fleet] as Fleet, calls)
    return clock.kept
      ? new Map(calls.map((call, i) => [call, clock.starts[i] as number]))
      : new Map<number, number>()
  }
  return {
    route,
    run,
    startsAt: wallTime(journey.times.pickup),
    endsAt: wallTime(journey.times.dropoff),
    ridden: seconds(journey.times.ride),
    further,
    variation: route.pencePerMile === 0 ? null : pence(Math.round(toMiles(further) * route.pencePerMile)),
    moreAssistants: Math.max(
      0,
      assistantsOn(problem, after) - Math.max(assistantsOn(problem, before), run.assistantPosts),
    ),
    companions: companionsOf(question.rides, way, session),
    stops: stopsWith(run, {
      home: question.places[about.home],
      ride,
      rides: question.rides,
      calls: after,
      was: startsOf(before),
      is: startsOf(after),
    }),
  }
}

function companionsOf(rides: readonly RideAsked[], { companions }: Way, session: number): Companion[] {
  const atDoor = session === 0 ? ('pickup' as const) : ('dropoff' as const)
  return companions
    .filter(({ request }) => rides[request]?.direction === session + 1)
    .map(({ request, before, after }) => ({
      pupil: (rides[request] as RideAsked).pupil,
      before: wallTime(before[atDoor]),
      after: wallTime(after[atDoor]),
      longer: seconds(after.ride - before.ride),
    }))
}

function lengthOf({ requests, metres: ways, places }: Problem, calls: readonly number[]): Metres {
  const at = calls.map((call) => {
    const request = requests[requestOf(call)]
    return (isPickup(call) ? request?.pickup.place : request?.dropoff.place) ?? 0
  })
  return metres(at.slice(1).reduce((sum, place, i) => sum + (ways[(at[i] ?? 0) * places + place] ?? 0), 0))
}
