/** What a plan would become in the registers: for each of its vehicles a route, with its runs, stops and riders. */
import { type Metres, metres, toMiles } from '#ground/distance.ts'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { type Pence, pence } from '#ground/money.ts'
import { type DayPattern, slotsOf } from '#ground/pattern.ts'
import type { PlainDate } from '#ground/time.ts'
import type { Stop } from '#routes/write-store'
import type { Wave } from '../phasing/phasing.ts'
import type { VehicleOffer } from '../policy/policy.ts'
import type { Person, SchoolDay } from '../scenario/person.ts'
import { type PlanRun, type PlanStop, vehicleName } from '../translation/runs-of.ts'
import { schoolAt } from './review.ts'

export type RunToBe = {
  direction: 1 | 2
  days: DayPattern
  vehicleType: string
  layouts: readonly (readonly [seats: number, wheelchairs: number])[]
  /** Shared assistants, and one for each rider who has their own. */
  assistantPosts: number
  stops: readonly Stop[]
  length: Metres
  riders: readonly PupilId[]
}

export type RouteToBe = {
  /** `P12-3`: the plan, and the vehicle within it. */
  code: string
  offer: string
  /** The day of its wave; the plan's own where it is in none. */
  from: PlainDate
  /** The school of everybody on it, where there is one. */
  school: SchoolId | null
  /** At the prices the plan was found with, on an average school day; the operator's own come with the contract. */
  dailyRate: Pence
  runs: readonly RunToBe[]
}

export type Beside = {
  /** Who was left out: not called for, and nothing about their travel is written. */
  leftOut: ReadonlySet<PupilId>
  people: readonly Person[]
  schools: readonly SchoolDay[]
  offers: readonly VehicleOffer[]
  /** When the plan begins, and the waves that were kept for schools of which it would change too much at once. */
  beginsOn: PlainDate
  waves: readonly Wave[]
}

/** The routes of a plan, without whoever was left out. A run on which nobody is left is not driven. */
export function routesToBe(
  { id, plan: { runs } }: { id: number; plan: { runs: readonly PlanRun[] } },
  beside: Beside,
): RouteToBe[] {
  const byVehicle = Map.groupBy(runs, ({ vehicle }) => vehicle)
  return [...byVehicle].flatMap(([vehicle, driven]) => {
    const toBe = driven.map((run) => runToBe(run, beside)).filter(({ riders }) => riders.length > 0)
    const offer = driven[0]?.offer ?? ''
    if (toBe.length === 0) return []
    return [
      {
        code: `P${id}-${vehicle + 1}`,
        offer,
        from: beginsIn(beside, vehicleName(vehicle)),
        school: onlySchoolOf(toBe),
        dailyRate: rateOf(
          toBe,
          beside.offers.find(({ name }) => name === offer),
        ),
        runs: toBe,
      },
    ]
  })
}

/** The day on which a vehicle begins. Where waves of two schools name it, it begins with the later, for both. */
const beginsIn = ({ waves, beginsOn }: Pick<Beside, 'waves' | 'beginsOn'>, vehicle: string): PlainDate =>
  waves
    .filter(({ runs }) => runs.includes(vehicle))
    .map(({ on }) => on)
    .sort()
    .at(-1) ?? beginsOn

function runToBe(run: PlanRun, { leftOut, people, schools, offers }: Beside): RunToBe {
  const riders = run.riders.map(({ pupil }) => pupil).filter((pupil) => !leftOut.has(pupil))
  const own = people.filter(({ pupil, need }) => riders.includes(pupil) && need?.assistant === 'own').length
  return {
    direction: run.direction,
    days: run.days,
    vehicleType: run.offer,
    layouts: offers.find(({ name }) => name === run.offer)?.layouts ?? [run.layout],
    assistantPosts: run.assistants + own,
    stops: run.stops.flatMap((stop) => stopsToBe(stop, { leftOut, schools })),
    length: run.length,
    riders,
  }
}

/** A school is one stop; a door is one for each pupil who is fetched or brought there. */
function stopsToBe(
  { label: place, at, latitude, longitude, school, boards, alights }: PlanStop,
  { leftOut, schools }: Pick<Beside, 'leftOut' | 'schools'>,
): Stop[] {
  const here = [...boards, ...alights].filter((pupil) => !leftOut.has(pupil))
  const where = { place, at, latitude, longitude }
  if (!school) return here.map((pupil) => ({ ...where, kind: 'home' as const, pupil }))
  if (here.length === 0) return []
  const found = schoolAt({ school, latitude, longitude }, schools)
  return [{ ...where, kind: 'school', ...(found !== undefined && { school: found }) }]
}

function onlySchoolOf(runs: readonly RunToBe[]): SchoolId | null {
  const schools = new Set(runs.flatMap(({ stops }) => stops.flatMap(({ school }) => school ?? [])))
  const [only = null] = schools
  return schools.size === 1 ? only : null
}

const SCHOOL_DAYS_OF_A_FORTNIGHT = 10

function rateOf(runs: readonly RunToBe[], offer: VehicleOffer | undefined): Pence {
  if (!offer) return pence(0)
  const share = (days: readonly DayPattern[]) =>
    new Set(days.flatMap(slotsOf)).size / SCHOOL_DAYS_OF_A_FORTNIGHT
  const driven = metres(runs.reduce((sum, { length, days }) => sum + length * share([days]), 0))
  const posts = Math.max(...runs.map(({ assistantPosts }) => assistantPosts))
  const aDay = offer.pencePerDay + posts * offer.pencePerAssistantDay
  return pence(Math.round(aDay * share(runs.map(({ days }) => days)) + toMiles(driven) * offer.pencePerMile))
}
