/** The question in whole numbers: seconds since midnight, metres, and a ten-thousandth of a penny. */
import type { PupilId } from '#ground/ids.ts'
import { slotsOf } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import {
  NO_LIMIT,
  NOWHERE,
  type Problem,
  type Request,
  type Together,
  UNREACHABLE,
  type VehicleType,
  WHOLE_ASSISTANT,
} from '#optimiser'
import type { VehicleOffer } from '../policy/policy.ts'
import { type PlanQuestion, plannedDays, type RideAsked } from './question.ts'

/** How many units of price make a penny: fine enough for the pence of a metre. */
export const UNITS_IN_A_PENNY = 10_000
/** A child left at home is worth any vehicle: £5,000 a day. */
const UNPLACED = 500_000 * UNITS_IN_A_PENNY
const METRES_IN_A_MILE = 1609.344
/** No window is wider: nobody is fetched four hours before the bell. */
const WIDEST = 4 * 3600
/** A ride this short is nobody's hardship. */
const SHORT_RIDE = 20 * 60

/** Seconds and metres from each place of a question to each other, row by row; UNREACHABLE where there is no way. */
export type Drives = { seconds: Int32Array; metres: Int32Array }
/** By direction: the roads are slower in one than in the other. */
export type DrivesByDirection = readonly [toSchool: Drives, fromSchool: Drives]

/**
 * What the optimiser is asked. Request r is ride r of the question. Places stand twice, for the morning's roads and for
 * the afternoon's; between the two there is no way.
 */
export function problemOf(question: PlanQuestion, drives: DrivesByDirection): Problem {
  const { places, rides, policy, apart } = question
  const days = plannedDays(rides)
  const byPupil = Map.groupBy(rides.keys(), (r) => (rides[r] as RideAsked).pupil)
  return {
    places: 2 * places.length,
    seconds: twice(drives, 'seconds', places.length),
    metres: twice(drives, 'metres', places.length),
    requests: rides.map((ride) => requestOf(ride, { question, drives, days })),
    types: policy.vehicles.map((offer) => typeOf(offer, question)),
    fleets: policy.vehicles.map(({ available }, type) => ({
      type,
      count: available ?? NO_LIMIT,
      startsAt: NOWHERE,
      endsAt: NOWHERE,
      open: 0,
      close: 24 * 3600,
    })),
    kinds: 2,
    assistantRoom: [1, 0],
    sessions: 2,
    days: days.length,
    apart: apart.flatMap((pair) => pairsAboard(pair, question, byPupil)),
    classesApart: [],
    together: togetherOf(question, byPupil),
    present: [],
  }
}

function twice(drives: DrivesByDirection, of: keyof Drives, places: number): Int32Array {
  const all = new Int32Array(4 * places * places).fill(UNREACHABLE)
  for (const [session, { [of]: matrix }] of drives.entries()) {
    for (let from = 0; from < places; from++) {
      const row = matrix.subarray(from * places, (from + 1) * places)
      all.set(row, (session * places + from) * 2 * places + session * places)
    }
  }
  return all
}

type Within = { question: PlanQuestion; drives: DrivesByDirection; days: readonly number[][] }

function requestOf(ride: RideAsked, within: Within): Request {
  const { policy, terms } = within.question
  const { rules, vehicles } = policy
  const assistant = (vehicles[0]?.pencePerAssistantDay ?? 0) * UNITS_IN_A_PENNY
  const travelled = slotsOf(ride.days)
  return {
    ...callsOf(ride, within),
    longestRide: longestRideOf(ride, within),
    session: ride.direction - 1,
    days: within.days.reduce((bits, [day = -1], d) => (travelled.includes(day) ? bits | (1 << d) : bits), 0),
    people: 1,
    room: ride.wheelchair ? [0, 1] : [1, 0],
    ownAssistants: ride.assistant === 'own' ? 1 : 0,
    // Both directions pay a day's wage between them.
    ownAssistantsCost: ride.assistant === 'own' ? assistant / 2 : 0,
    assistantShare: ride.assistant === 'shared' ? shareOf(rules.pupilsPerAssistant) : 0,
    atMostOthers: ride.alone ? 0 : NO_LIMIT,
    class: 0,
    school: ride.school,
    onlyOwnSchool: !terms.mixesSchools,
    unplacedPrice: UNPLACED,
    ridePrice: [
      { after: SHORT_RIDE, perSecond: Math.round((rules.rideMinutePence * UNITS_IN_A_PENNY) / 60) },
    ],
    earlyPrice: { before: 0, perSecond: 0 },
    boardedAfterPrice: 0,
    alightedBeforePrice: 0,
  }
}

const shareOf = (pupils: number): number => (pupils === 0 ? 1 : Math.floor(WHOLE_ASSISTANT / pupils))

function callsOf(ride: RideAsked, { question }: Within): Pick<Request, 'pickup' | 'dropoff'> {
  const { rules } = question.policy
  const { seat, wheelchair, school } = rules.boardingSeconds
  const bell = secondsOf(ride.bell)
  const atDoor = ride.wheelchair ? wheelchair : seat
  const atSchool = ride.wheelchair ? wheelchair : school
  if (ride.direction === 1) {
    return {
      pickup: { place: ride.home, open: bell - WIDEST, close: bell, service: atDoor },
      dropoff: {
        place: ride.gate,
        open: bell - rules.earliestArrivalMinutes * 60,
        close: bell,
        service: atSchool,
      },
    }
  }
  const afternoon = question.places.length
  return {
    pickup: {
      place: afternoon + ride.gate,
      open: bell,
      close: bell + rules.longestWaitMinutes * 60,
      service: atSchool,
    },
    dropoff: { place: afternoon + ride.home, open: bell, close: bell + WIDEST, service: atDoor },
  }
}

/** The ride's limit; where the drive alone is longer than that, so much beyond the drive as the terms allow. */
function longestRideOf(ride: RideAsked, { question, drives }: Within): number {
  const limit = ride.longestRideMinutes * 60
  const direct = directSeconds(ride, question, drives)
  return direct > limit ? direct + question.terms.beyondDirectMinutes * 60 : limit
}

/** The drive from door to school, or back, with nobody else to call for. */
export function directSeconds(
  { direction, home, gate }: RideAsked,
  { places }: Pick<PlanQuestion, 'places'>,
  drives: DrivesByDirection,
): number {
  const { seconds } = drives[direction - 1] as Drives
  const [from, to] = direction === 1 ? [home, gate] : [gate, home]
  const drive = seconds[from * places.length + to] ?? UNREACHABLE
  return drive >= UNREACHABLE ? 0 : drive
}

function typeOf(offer: VehicleOffer, { policy }: PlanQuestion): VehicleType {
  const perMetre = Math.round((offer.pencePerMile * UNITS_IN_A_PENNY) / METRES_IN_A_MILE)
  return {
    layouts: offer.layouts,
    costPerDay: offer.pencePerDay * UNITS_IN_A_PENNY,
    costPerMetre: perMetre,
    costPerEmptyMetre: perMetre,
    costPerSecond: 0,
    costPerAssistant: offer.pencePerAssistantDay * UNITS_IN_A_PENNY,
    costPerAssistantSecond: 0,
    longestShift: policy.rules.longestRunMinutes * 60,
  }
}

type ByPupil = ReadonlyMap<PupilId, readonly number[]>

function pairsAboard(
  [one, other]: readonly [PupilId, PupilId],
  { rides }: PlanQuestion,
  byPupil: ByPupil,
): [number, number][] {
  return (byPupil.get(one) ?? []).flatMap((a) =>
    (byPupil.get(other) ?? [])
      .filter((b) => rides[a]?.direction === rides[b]?.direction)
      .map((b): [number, number] => [a, b]),
  )
}

/** Brothers and sisters of a direction; and each pupil's rides, so that one crew knows them there and back. */
function togetherOf({ siblings, policy, terms, rides }: PlanQuestion, byPupil: ByPupil): Together[] {
  const families = siblings.flatMap((family) =>
    ([1, 2] as const).map((direction) => ({
      requests: family.flatMap((pupil) =>
        (byPupil.get(pupil) ?? []).filter((r) => rides[r]?.direction === direction),
      ),
      price: policy.rules.siblingsPence * UNITS_IN_A_PENNY,
    })),
  )
  const thereAndBack = [...byPupil.values()].map((requests) => ({
    requests,
    price: terms.change * UNITS_IN_A_PENNY,
  }))
  return [...families, ...thereAndBack].filter(({ requests, price }) => requests.length > 1 && price > 0)
}

/** Seconds since midnight. */
export const secondsOf = (time: WallTime): number =>
  (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60

/** `07:45`: the minute in which a second of the day falls. */
export function wallTime(secondsOfDay: number): WallTime {
  const minutes = Math.floor(secondsOfDay / 60)
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` as WallTime
}

const two = (n: number) => String(n).padStart(2, '0')
