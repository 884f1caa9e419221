/** Asks the roads and the optimiser where one pupil could ride in today's network. */
import type { PupilId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import type { PlainDate } from '#ground/time.ts'
import type { TravelTimes } from '#roads'
import { askDrives } from '../drives.ts'
import { problemOf } from '../problem-of.ts'
import { questionOf } from '../question.ts'
import type { Terms } from '../scenario.ts'
import type { Around } from './place-store.ts'
import { type Placing, placesFor } from './places.ts'
import { type NotJudged, type PresentRoute, presentPlan } from './present-plan.ts'

export type Places = {
  /** For each ride the pupil needs. */
  placings: readonly Placing[]
  judged: number
  notJudged: readonly NotJudged[]
  /** Whether a straight line stood for the roads. */
  estimated: boolean
}

/** What holds of a network as it is: whoever shares today may go on sharing. */
const asItIs: Omit<Terms, 'times'> = {
  mixesSchools: true,
  change: pence(200),
  beyondDirectMinutes: 5,
  fixedRoutes: [],
}

/** The places for each ride of a pupil from a day on. Only the riders of their schools' routes are asked about. */
export async function findPlaces(
  roads: TravelTimes,
  { pupil, people, schools, routes, policy }: Around,
  { from, estimated }: { from: PlainDate; estimated: boolean },
): Promise<Places> {
  const others = routes.map((route) => withoutPupil(route, pupil.pupil)).filter(isDriven)
  const aboard = new Set(others.flatMap(({ runs }) => runs.flatMap(({ riders }) => riders)))
  const question = questionOf({
    people: people.filter((one) => one === pupil || aboard.has(one.pupil)),
    schools,
    exceptions: [],
    beginsOn: from,
    terms: { ...asItIs, times: estimated ? 'estimated' : 'measured' },
    policy,
  })
  const drives = await askDrives(roads, question)
  const asked = { question, drives, problem: problemOf(question, drives) }
  const present = presentPlan(asked, others)
  const own = [...question.rides.keys()].filter((r) => question.rides[r]?.pupil === pupil.pupil)
  return {
    placings: own.map((ride) => placesFor(asked, present, ride)),
    judged: present.routes.length,
    notJudged: present.notJudged,
    estimated,
  }
}

/** The route as it is for everybody else: the pupil may be on it already, from another day. */
const withoutPupil = (route: PresentRoute, pupil: PupilId): PresentRoute => ({
  ...route,
  runs: route.runs.map((run) => ({
    ...run,
    riders: run.riders.filter((one) => one !== pupil),
    stops: run.stops.filter((stop) => stop.pupil !== pupil),
  })),
})

const isDriven = ({ runs }: PresentRoute) => runs.some(({ riders }) => riders.length > 0)
