/** Asks the roads and the optimiser where people could ride in today's network: one more, or those of a lost route. */
import type { PupilId, RouteId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import type { PlainDate } from '#ground/time.ts'
import type { TravelTimes } from '#roads'
import type { Person } from '../scenario/person.ts'
import type { Terms } from '../scenario/scenario.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'
import { questionOf } from '../translation/question.ts'
import type { Asked } from '../translation/runs-of.ts'
import type { Around, Network } from './place-store.ts'
import { type Placing, placesFor } from './places.ts'
import { type NotJudged, type PresentPlan, type PresentRoute, presentPlan } from './present-plan.ts'
import { type Repaired, repaired } from './repairing.ts'

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
  { from, estimated }: How,
): Promise<Places> {
  const others = routes.map((route) => withoutPupil(route, pupil.pupil)).filter(isDriven)
  const { asked, present } = await askAbout(
    roads,
    { people, schools, routes: others, policy },
    { from, estimated, and: pupil },
  )
  const own = [...asked.question.rides.keys()].filter((r) => asked.question.rides[r]?.pupil === pupil.pupil)
  return {
    placings: own.map((ride) => placesFor(asked, present, ride)),
    judged: present.routes.length,
    notJudged: present.notJudged,
    estimated,
  }
}

export type Mended = Repaired & Omit<Places, 'placings'>

/** Where everybody on some lost routes could ride instead, from a day on. */
export async function mendNetwork(
  roads: TravelTimes,
  network: Network,
  { isLost, ...how }: How & { isLost: ReadonlySet<RouteId> },
): Promise<Mended> {
  const driven = { ...network, routes: network.routes.filter(isDriven) }
  const { asked, present } = await askAbout(roads, driven, how)
  return {
    ...repaired(asked, present, ({ route }) => isLost.has(route)),
    judged: present.routes.length,
    notJudged: present.notJudged,
    estimated: how.estimated,
  }
}

type How = { from: PlainDate; estimated: boolean }

/** Asks about everybody aboard these routes, and perhaps one person more. */
async function askAbout(
  roads: TravelTimes,
  { people, schools, routes, policy }: Network,
  { from, estimated, and }: How & { and?: Person },
): Promise<{ asked: Asked; present: PresentPlan }> {
  const aboard = new Set(routes.flatMap(({ runs }) => runs.flatMap(({ riders }) => riders)))
  const question = questionOf({
    people: people.filter((one) => one === and || aboard.has(one.pupil)),
    schools,
    exceptions: [],
    beginsOn: from,
    terms: { ...asItIs, times: estimated ? 'estimated' : 'measured' },
    policy,
  })
  const drives = await askDrives(roads, question)
  const asked = { question, drives, problem: problemOf(question, drives) }
  return { asked, present: presentPlan(asked, routes) }
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
