/**
 * A county's morning in whole numbers, and its plan back. A price is a ten-thousandth of a pound, so that every rate
 * per kilometre is a whole number per metre.
 */
import { isPickup, NO_LIMIT, NOWHERE, type Plan, type Problem, requestOf } from '#optimiser'
import type { CountyPlan } from './evaluate-county.ts'
import { type County, type CountyPupil, type CountyVehicle, kilometres, secondsFor } from './read-county.ts'

/** Prices in one pound. */
export const PRICES_IN_A_POUND = 10_000

/** The problem the search is given: pupils' homes, then schools, then bases are its places. */
export function countyProblem(county: County): Problem {
  const { pupils, schools, bases } = county
  const homes = pupils.length
  return {
    places: homes + schools.length + bases.length,
    ...matrices(county),
    requests: pupils.map((pupil) => countyRequest(county, pupil)),
    types: county.vehicleTypes.map((vehicle) => countyType(county, vehicle)),
    fleets: county.vehicleTypes.flatMap((_, type) =>
      bases.map((_, base) => ({
        type,
        count: NO_LIMIT,
        startsAt: homes + schools.length + base,
        endsAt: NOWHERE,
        open: -86_400,
        close: 172_800,
      })),
    ),
    kinds: 2,
    assistantRoom: [1, 0],
    sessions: 1,
    days: 1,
    apart: pupils.flatMap(({ id, incompatible }) =>
      incompatible.filter((other) => other > id).map((other) => [id, other] as const),
    ),
    classesApart: [],
    together: [],
    present: [],
  }
}

/** The plan as other programs read it. */
export function countyPlan({ bases, vehicleTypes }: County, plan: Plan): CountyPlan {
  const routes = plan.vehicles.map(({ fleet, runs }) => ({
    type: vehicleTypes[Math.floor(fleet / bases.length)]?.id ?? '',
    base: fleet % bases.length,
    stops: (runs[0] ?? []).map((call) => ({
      t: isPickup(call) ? ('P' as const) : ('D' as const),
      p: requestOf(call),
    })),
  }))
  return { routes: routes.filter(({ stops }) => stops.length > 0) }
}

function matrices({ pupils, schools, bases }: County) {
  const places = [...pupils, ...schools, ...bases]
  const seconds = new Int32Array(places.length ** 2)
  const metres = new Int32Array(places.length ** 2)
  places.forEach((from, i) => {
    places.forEach((to, j) => {
      const km = kilometres(from, to)
      seconds[i * places.length + j] = secondsFor(km)
      metres[i * places.length + j] = Math.round(1000 * km)
    })
  })
  return { seconds, metres }
}

function countyRequest({ pupils, schools, paDaily }: County, pupil: CountyPupil) {
  const school = schools[pupil.school]
  return {
    pickup: { place: pupil.id, open: 0, close: 86_400, service: pupil.board },
    dropoff: {
      place: pupils.length + pupil.school,
      open: school?.amOpen ?? 0,
      close: school?.amClose ?? 0,
      service: pupil.alight,
    },
    longestRide: pupil.maxRide,
    session: 0,
    days: 1,
    people: 1,
    room: pupil.seat === 'wheelchair' ? [0, 1] : [1, 0],
    ownAssistants: pupil.pa === 'own' ? 1 : 0,
    ownAssistantsCost: pupil.pa === 'own' ? paDaily * PRICES_IN_A_POUND : 0,
    assistantShare: pupil.pa === 'shared' ? 1 : 0,
    atMostOthers: pupil.single ? 0 : (pupil.maxSharers ?? NO_LIMIT),
    class: 0,
    school: pupil.school,
    onlyOwnSchool: false,
    unplacedPrice: 10_000 * PRICES_IN_A_POUND,
    ridePrice: [],
    earlyPrice: { before: 0, perSecond: 0 },
    boardedAfterPrice: 0,
    alightedBeforePrice: 0,
  }
}

function countyType({ paDaily }: County, vehicle: CountyVehicle) {
  // Out in the morning and home in the afternoon: the way is paid for twice.
  const perMetre = Math.round((2 * vehicle.perKm * PRICES_IN_A_POUND) / 1000)
  return {
    layouts: layoutsOf(vehicle),
    costPerDay: vehicle.fixed * PRICES_IN_A_POUND,
    costPerMetre: perMetre,
    costPerEmptyMetre: perMetre,
    costPerSecond: 0,
    costPerAssistant: paDaily * PRICES_IN_A_POUND,
    costPerAssistantSecond: 0,
    longestShift: NO_LIMIT,
  }
}

function layoutsOf({ seats, wc, maxWc, seatsPerWc = 0 }: CountyVehicle): number[][] {
  if (maxWc === undefined) return [[seats, wc]]
  return Array.from({ length: maxWc + 1 }, (_, wheelchairs) => [
    seats - seatsPerWc * wheelchairs,
    wheelchairs,
  ])
}
