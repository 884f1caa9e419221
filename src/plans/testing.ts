/** Journeys for tests: twenty minutes at the back of the same taxi, alone, to a bell at ten to nine. */
import { metres } from '#ground/distance.ts'
import { minutes } from '#ground/duration.ts'
import type { CrewId, PupilId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import { everySchoolDay } from '#ground/pattern.ts'
import { plainDate, type WallTime } from '#ground/time.ts'
import type { Journey, NoRide, Ride } from './baseline/journey.ts'
import type { FoundPlan } from './found/found-plan.ts'
import type { Limits, Traits } from './impact/impact.ts'
import type { Terms } from './scenario/scenario.ts'

export const amara = 1 as PupilId
export const tomasz = 2 as PupilId
export const ffion = 3 as PupilId

export const dave = { id: 71 as CrewId, name: 'Dave Hill' }
export const sunita = { id: 72 as CrewId, name: 'Sunita Rao' }

export const guide: Limits = {
  primary: minutes(45),
  secondary: minutes(75),
  muchLonger: minutes(15),
  earliest: '07:00' as WallTime,
}

export const wall = (text: string) => text as WallTime

/** To school, on every school day, but for what the test says. */
export function aJourney(pupil: PupilId, but: Partial<Ride> = {}): Journey & { ride: Ride } {
  const ride: Ride = {
    run: 'R1',
    vehicle: 'V1',
    vehicleType: 'taxi',
    crew: [dave],
    companions: [],
    startsAt: wall('08:15'),
    endsAt: wall('08:35'),
    ridden: minutes(20),
    length: metres(9000),
    direct: minutes(20),
    bell: wall('08:50'),
    estimated: false,
    ...but,
  }
  return { pupil, direction: 1, days: everySchoolDay, ride }
}

/** Should travel to school, and has no ride. */
export const noJourney = (pupil: PupilId, because: NoRide): Journey => ({
  pupil,
  direction: 1,
  days: everySchoolDay,
  ride: null,
  because,
})

/** Fourteen, autistic, walks to the door. */
export function aPupil(pupil: PupilId, but: Partial<Traits> = {}): Traits {
  const traits: Traits = {
    pupil,
    bornOn: plainDate('2012-05-14'),
    need: 'Autistic spectrum disorder',
    sex: 'female',
    wheelchair: false,
    lookedAfter: false,
    deprivation: null,
  }
  return { ...traits, ...but }
}

/** One vehicle a school, along estimated roads, nobody kept on an old route. */
export const theseTerms: Terms = {
  mixesSchools: false,
  times: 'estimated',
  change: pence(200),
  beyondDirectMinutes: 5,
  fixedRoutes: [],
}

/** A plan without runs or riders, at no cost, in which nothing is odd, but for what the test says. */
export function aFoundPlan(but: Partial<FoundPlan> = {}): FoundPlan {
  const plan: FoundPlan = {
    runs: [],
    journeys: [],
    cost: { money: pence(0), weighed: pence(0) },
    anomalies: [],
    unplaced: [],
    onKeptRoutes: [],
    notAsked: [],
  }
  return { ...plan, ...but }
}
