/**
 * From an instance in its own doubles to whole numbers for the search, and from its plan back. Driving times are
 * rounded up, so what the search can keep can really be kept; distances are rounded to the nearest.
 */
import { isPickup, NO_LIMIT, NOWHERE, type Plan, type Problem, requestOf } from '#optimiser'
import type { Call, Instance, Point, Request, Route, SetName, Vehicles } from './instance.ts'

/** Parts of a unit of time, and of a unit of distance, that are told apart. */
export const scales: Record<Exclude<SetName, 'county'>, { time: number; distance: number }> = {
  'darp-cordeau-a': { time: 1e5, distance: 1e5 },
  'darp-pr': { time: 1e5, distance: 1e5 },
  'darp-multi-depot-heterogeneous': { time: 1e5, distance: 1e5 },
  'pdptw-lilim': { time: 1e5, distance: 1e5 },
  'sbrp-park': { time: 1e3, distance: 1 },
}

/** What a vehicle costs where vehicles come before distance. */
export const PRICE_OF_A_VEHICLE = 1e9
const PRICE_OF_LEAVING_SOMEBODY = 1e11

type Scale = { time: number; distance: number }

/** The problem the search is given. */
export function toProblem(instance: Instance): Problem {
  const scale = scales[instance.set as Exclude<SetName, 'county'>]
  const places = placesOf(instance)
  const placeOf = (at: Point) => places.findIndex(({ x, y }) => x === at.x && y === at.y)
  const numbered = new Map(
    [...callsOf(instance).map(({ at }) => at), ...instance.vehicles.map(({ depot }) => depot)].map((at) => [
      at,
      placeOf(at),
    ]),
  )
  const number = (at: Point) => numbered.get(at) ?? NOWHERE
  return {
    places: places.length,
    ...matrices(instance, places, scale),
    requests: instance.requests.map((request) => toRequest(request, { scale, number })),
    types: instance.vehicles.map((vehicles) => ({
      layouts: [roomFor(vehicles.places)],
      costPerDay: instance.objective === 'distance' ? 0 : PRICE_OF_A_VEHICLE,
      costPerMetre: 1,
      costPerEmptyMetre: 1,
      costPerSecond: 0,
      costPerAssistant: 0,
      costPerAssistantSecond: 0,
      longestShift: limit(vehicles.longestRoute, scale),
    })),
    fleets: instance.vehicles.map((vehicles, type) => toFleet(instance, vehicles, { type, scale, number })),
    kinds: roomFor(instance.vehicles[0]?.places ?? [0]).length,
    assistantRoom: roomFor(instance.vehicles[0]?.places ?? [0]).map(() => 0),
    sessions: 1,
    days: 1,
    apart: [],
    classesApart: [],
    together: [],
    present: [],
  }
}

/** The plan's runs as routes of the instance. */
export function toRoutes({ vehicles }: Plan): Route[] {
  return vehicles.map(({ fleet, runs }) => ({
    vehicles: fleet,
    stops: (runs[0] ?? []).map((call) => ({
      request: requestOf(call),
      call: isPickup(call) ? 'pickup' : 'drop-off',
    })),
  }))
}

function placesOf(instance: Instance): Point[] {
  const all = [...instance.vehicles.map(({ depot }) => depot), ...callsOf(instance).map(({ at }) => at)]
  return [...new Map(all.map((at) => [`${at.x} ${at.y}`, at])).values()]
}

function callsOf({ requests }: Instance): Call[] {
  return requests.flatMap(({ pickup, dropOff }) => [pickup, dropOff])
}

/** What each visit to a place takes, whoever is served, is put on the way to it; windows and rides allow for it. */
function matrices(instance: Instance, places: readonly Point[], scale: Scale) {
  const visit = new Map(
    callsOf(instance).map(({ at, servicePerVisit }) => [`${at.x} ${at.y}`, servicePerVisit]),
  )
  const seconds = new Int32Array(places.length ** 2)
  const metres = new Int32Array(places.length ** 2)
  places.forEach((from, i) => {
    places.forEach((to, j) => {
      if (i === j) return
      const distance = instance.metric.distance(from, to)
      const driving = distance / instance.metric.speed + (visit.get(`${to.x} ${to.y}`) ?? 0)
      seconds[i * places.length + j] = wholeTime(Math.ceil(driving * scale.time - 1e-4), instance.name)
      metres[i * places.length + j] = Math.round(distance * scale.distance)
    })
  })
  return { seconds, metres }
}

/** A table of whole numbers would turn what does not fit it into another number, and say nothing. */
function wholeTime(time: number, name: string): number {
  if (time >= 0 && time < NO_LIMIT) return time
  throw new Error(`${name}: a driving time of ${time} parts of a unit; expected a number from 0 to 2^31.`)
}

type Scaled = { scale: Scale; number: (at: Point) => number }

function toRequest({ pickup, dropOff, load, longestRide }: Request, { scale, number }: Scaled) {
  const call = ({ at, open, close, service, servicePerVisit }: Call) => ({
    place: number(at),
    open: Math.ceil((open + servicePerVisit) * scale.time),
    close: Math.floor((close + servicePerVisit) * scale.time),
    service: Math.round((service - servicePerVisit) * scale.time),
  })
  return {
    pickup: call(pickup),
    dropoff: call(dropOff),
    longestRide: limit(longestRide + dropOff.servicePerVisit, scale),
    session: 0,
    days: 1,
    people: 1,
    room: roomFor(load),
    ownAssistants: 0,
    ownAssistantsCost: 0,
    assistantShare: 0,
    atMostOthers: NO_LIMIT,
    class: 0,
    school: 0,
    onlyOwnSchool: false,
    unplacedPrice: PRICE_OF_LEAVING_SOMEBODY,
    ridePrice: [],
    earlyPrice: { before: 0, perSecond: 0 },
    boardedAfterPrice: 0,
    alightedBeforePrice: 0,
  }
}

function toFleet(
  { depotCounts }: Instance,
  { count, depot, opens, closes }: Vehicles,
  { type, scale, number }: Scaled & { type: number },
) {
  const base = depotCounts ? number(depot) : NOWHERE
  return {
    type,
    count,
    startsAt: base,
    endsAt: base,
    open: depotCounts ? Math.ceil(opens * scale.time) : -NO_LIMIT,
    close: depotCounts ? Math.floor(closes * scale.time) : NO_LIMIT,
  }
}

/** Kinds that may stand in for one another are summed: wheelchairs, stretchers, + patients, + staff. */
function roomFor(places: readonly number[]): number[] {
  const [staff = 0, patients = 0, stretchers = 0, wheelchairs = 0] = places
  if (places.length === 1) return [staff]
  return [wheelchairs, stretchers, stretchers + patients, stretchers + patients + staff]
}

function limit(length: number, { time }: Scale): number {
  return Number.isFinite(length) ? Math.floor(length * time) : NO_LIMIT
}
