/** Pounds a day for a county's morning plan, and every rule it breaks, from the county as published. */
import { type County, type CountyPupil, type CountyVehicle, kilometres, secondsFor } from './read-county.ts'
import { earliestTimes, type Within } from './schedule.ts'

/** The layout other programs read: `t` is P for a pickup, D for a drop-off, `p` the pupil. */
export type CountyPlan = {
  readonly routes: readonly {
    readonly type: string
    readonly base: number
    readonly stops: readonly CountyStop[]
  }[]
}

type CountyStop = { readonly t: 'P' | 'D'; readonly p: number }
type CountyRoute = CountyPlan['routes'][number]

export type CountyVerdict = {
  readonly cost: number
  readonly vehicles: number
  readonly broken: readonly string[]
}

/** Vehicles, twice the morning's way, and assistants; pupils left behind are breaches. */
export function evaluateCounty(county: County, plan: CountyPlan): CountyVerdict {
  const routes = plan.routes.filter(({ stops }) => stops.length > 0)
  const carried = county.pupils.map(() => 0)
  for (const { t, p } of routes.flatMap(({ stops }) => stops))
    if (t === 'P') carried[p] = (carried[p] ?? 0) + 1
  const own = county.pupils.filter(({ pa }, p) => pa === 'own' && carried[p] !== 0).length
  return {
    cost: routes.reduce((sum, route) => sum + costOf(county, route), own * county.paDaily),
    vehicles: routes.length,
    broken: [
      ...carried.flatMap((many, p) => (many === 1 ? [] : [`pupil ${p} is carried ${many} times`])),
      ...routes.flatMap((route, i) => brokenOn(county, route).map((words) => `route ${i + 1}: ${words}`)),
    ],
  }
}

function costOf(county: County, { type, base, stops }: CountyRoute): number {
  const vehicle = vehicleOf(county, type)
  const way = [county.bases[base], ...stops.map((stop) => placeOf(county, stop))]
  const km = way.reduce((sum, at, i) => {
    const before = way[i - 1]
    return at && before ? sum + kilometres(before, at) : sum
  }, 0)
  return vehicle.fixed + 2 * km * vehicle.perKm + (needsAssistant(county, stops) ? county.paDaily : 0)
}

function brokenOn(county: County, { type, stops }: CountyRoute): string[] {
  const aboard = new Set<number>()
  const most = { seats: 0, wheelchairs: 0 }
  const broken: string[] = []
  for (const { t, p } of stops) {
    if (t === 'D' && !aboard.delete(p)) broken.push(`pupil ${p} alights before boarding`)
    if (t === 'D') continue
    aboard.add(p)
    const pupils = [...aboard].flatMap((q) => county.pupils[q] ?? [])
    broken.push(...unwelcome(pupils))
    const wheelchairs = pupils.filter(({ seat }) => seat === 'wheelchair').length
    const own = pupils.filter(({ pa }) => pa === 'own').length
    most.wheelchairs = Math.max(most.wheelchairs, wheelchairs)
    most.seats = Math.max(most.seats, pupils.length - wheelchairs + own)
  }
  if (aboard.size > 0) broken.push(`pupils ${[...aboard].join(', ')} never alight`)
  if (needsAssistant(county, stops)) most.seats++
  return [...broken, ...overfull(vehicleOf(county, type), most), ...unkeepable(county, stops)]
}

function unwelcome(aboard: readonly CountyPupil[]): string[] {
  const others = aboard.length - 1
  return aboard.flatMap(({ id, single, maxSharers, incompatible }) => {
    const most = single ? 0 : (maxSharers ?? others)
    return [
      ...(others > most ? [`pupil ${id} travels with ${others} others and may with ${most}`] : []),
      ...aboard
        .filter((other) => incompatible.includes(other.id))
        .map((other) => `pupils ${id} and ${other.id} meet`),
    ]
  })
}

function overfull(vehicle: CountyVehicle, most: { seats: number; wheelchairs: number }): string[] {
  const wheelchairs = vehicle.maxWc ?? vehicle.wc
  const seats =
    vehicle.seats - (vehicle.maxWc === undefined ? 0 : (vehicle.seatsPerWc ?? 0) * most.wheelchairs)
  return most.wheelchairs > wheelchairs || most.seats > seats
    ? [`${most.seats} seats and ${most.wheelchairs} wheelchairs in a ${vehicle.id}`]
    : []
}

function unkeepable(county: County, stops: readonly CountyStop[]): string[] {
  const calls = stops.map((stop, i) => {
    const pupil = county.pupils[stop.p]
    const school = county.schools[pupil?.school ?? -1]
    const [here, next] = [placeOf(county, stop), stops[i + 1] && placeOf(county, stops[i + 1] ?? stop)]
    const drive = here && next ? secondsFor(kilometres(here, next)) : 0
    return stop.t === 'P'
      ? { open: 0, close: 86_400, toNext: (pupil?.board ?? 0) + drive }
      : { open: school?.amOpen ?? 0, close: school?.amClose ?? 0, toNext: (pupil?.alight ?? 0) + drive }
  })
  const rides = stops.flatMap(({ t, p }, to): Within[] => {
    const { board = 0, maxRide = 0 } = county.pupils[p] ?? {}
    const from = stops.findIndex((stop) => stop.t === 'P' && stop.p === p)
    return t === 'D' && from >= 0 ? [{ from, to, atMost: board + maxRide }] : []
  })
  return earliestTimes(calls, rides) ? [] : ['no times keep its windows and rides']
}

function needsAssistant({ pupils }: County, stops: readonly CountyStop[]): boolean {
  return stops.some(({ t, p }) => t === 'P' && pupils[p]?.pa === 'shared')
}

function placeOf({ pupils, schools }: County, { t, p }: CountyStop) {
  const pupil = pupils[p]
  return t === 'P' ? pupil : schools[pupil?.school ?? -1]
}

function vehicleOf({ vehicleTypes }: County, type: string): CountyVehicle {
  const vehicle = vehicleTypes.find(({ id }) => id === type)
  if (!vehicle) throw new Error(`There is no vehicle type "${type}". Maybe the plan is for another county.`)
  return vehicle
}
