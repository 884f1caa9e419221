/** The journeys people make today, as they are kept before anything better is looked for. */
import type { Metres } from '#ground/distance.ts'
import type { Seconds } from '#ground/duration.ts'
import type { PupilId, RunId } from '#ground/ids.ts'
import type { DayPattern } from '#ground/pattern.ts'
import type { WallTime } from '#ground/time.ts'
import type { CrewMember, Journey, NoRide, Ride } from './journey.ts'
import type { RunWay } from './run-way.ts'

export type PresentStop = {
  pupil?: PupilId
  kind: 'home' | 'pick-up-point' | 'school'
  at: WallTime
  latitude?: number
  longitude?: number
}

/** One pupil's present travel in one direction, as the registers have it. */
export type Present = {
  pupil: PupilId
  direction: 1 | 2
  days: DayPattern
  /** Nothing where nothing is arranged. */
  kind: string | null
  run: RunId | null
  code: string | null
  stops: readonly PresentStop[]
  vehicle: string | null
  vehicleType: string | null
  crew: readonly CrewMember[]
  companions: readonly PupilId[]
}

/** What is asked of the roads and of the school about a journey. */
export type Around = { way: RunWay; bell: WallTime | null; estimated: boolean }

/** The journey somebody makes today. */
export function journeyOf(present: Present, around: Around): Journey {
  const { pupil, direction, days, kind, run } = present
  const who = { pupil, direction, days }
  if (kind === null) return { ...who, ride: null, because: 'nothing-arranged' }
  if (run === null) return { ...who, ride: null, because: 'no-seat' }
  const ride = rideOf(present, around)
  return ride ? { ...who, ride } : { ...who, ride: null, because: 'stop-not-planned' }
}

function rideOf(present: Present, { way, bell, estimated }: Around): Ride | undefined {
  const { pupil, direction, code, stops, vehicle, vehicleType, crew, companions } = present
  const own = stops.findIndex((stop) => stop.pupil === pupil)
  const school = direction === 1 ? stops.findLastIndex(isSchool) : stops.findIndex(isSchool)
  const [from, to] = direction === 1 ? [own, school] : [school, own]
  const [start, end] = [stops[from], stops[to]]
  if (!start || !end || from >= to) return undefined
  return {
    run: code ?? '',
    vehicle,
    vehicleType,
    crew,
    companions,
    startsAt: start.at,
    endsAt: end.at,
    ridden: ((minutesOf(end.at) - minutesOf(start.at)) * 60) as Seconds,
    length: lengthOf(way, from, to),
    direct: (way(from, to)?.seconds ?? null) as Seconds | null,
    bell,
    estimated,
  }
}

const isSchool = ({ kind }: PresentStop) => kind === 'school'

/** Nothing where any stretch of the ride is not known. */
function lengthOf(way: RunWay, from: number, to: number): Metres | null {
  const legs = Array.from({ length: to - from }, (_, i) => way(from + i, from + i + 1)?.metres)
  const known = legs.filter((leg) => leg !== undefined)
  return known.length < legs.length ? null : (known.reduce((sum, leg) => sum + leg, 0) as Metres)
}

/** Minutes since midnight. */
export const minutesOf = (time: WallTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

export type BaselineCount = { journeys: number; withRide: number; none: Readonly<Record<NoRide, number>> }

/** How many journeys there are to compare with, and how many there are not, by why. */
export function countBaseline(journeys: readonly Journey[]): BaselineCount {
  const none = { 'nothing-arranged': 0, 'no-seat': 0, 'stop-not-planned': 0, 'no-place-found': 0 }
  for (const journey of journeys) if (!journey.ride) none[journey.because]++
  return { journeys: journeys.length, withRide: journeys.filter(({ ride }) => ride).length, none }
}
