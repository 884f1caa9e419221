/** Measures whoever is not measured, some pupils a revision, so that nobody who records a change waits long. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import { beginRevision, FIRSTBELL } from '#knowledge/store'
import type { OwnRoads, TravelTimes } from '#roads'
import {
  DIRECT,
  type Drove,
  drovesOf,
  isUnsafe,
  type Journey,
  pairOf,
  type Walked,
  walkedOf,
} from './distance.ts'
import { keepingAnswers } from './kept-answers-store.ts'
import { numberOfNetwork } from './network-store.ts'
import { placeNumbers } from './place-store.ts'
import {
  howManyUnplaced,
  journeysOf,
  type Measured,
  type Measuring,
  pupilsToMeasure,
  recordDistances,
  unsafeWays,
} from './store.ts'

export type Outcome = {
  network: string
  /** Pupils of whom something was recorded. */
  pupils: number
  estimated: number
  tooFarFromAnyRoad: number
  noWay: number
  /** Pupils with a school whose home or school nobody has placed on the ground. */
  unplaced: number
}

const AT_ONCE = 200

/** Measures every pupil of whom what is recorded is not what these roads say. Whoever is measured stays untouched. */
export async function measurePupils(
  sql: Sql,
  roads: TravelTimes | OwnRoads,
  { today, onStep = () => {} }: { today: PlainDate; onStep?: (done: number, of: number) => void },
): Promise<Outcome> {
  const network = await numberOfNetwork(sql, roads)
  const pupils = await pupilsToMeasure(sql, { today, network })
  const unsafe = await unsafeWays(sql, today)
  const measured: Measured[] = []
  for (let done = 0; done < pupils.length; done += AT_ONCE) {
    onStep(done, pupils.length)
    const some = pupils.slice(done, done + AT_ONCE)
    const journeys = await journeysOf(sql, some, today)
    const drives = await drivesOf(journeys, keepingAnswers(sql, roads))
    const walks = await walksOf(journeys, roads, unsafe)
    const fromPlaces = await placeNumbers(
      sql,
      journeys.map(({ from }) => from),
    )
    const toPlaces = await placeNumbers(
      sql,
      journeys.map(({ to }) => to),
    )
    const found = journeys.map((journey, i) => ({
      ...journey,
      fromPlace: fromPlaces[i] as number,
      toPlace: toPlaces[i] as number,
      drove: drives.get(pairOf(journey)) as Drove,
      walked: walks.get(pairOf(journey)) as Walked,
    }))
    await recordSome(sql, some, { today, network, name: roads.network, measured: found })
    measured.push(...found)
  }
  const count = (found: string) => measured.filter(({ drove }) => drove.found === found).length
  return {
    network: roads.network,
    pupils: pupils.length,
    estimated: count('estimated'),
    tooFarFromAnyRoad: count('too-far-from-any-road'),
    noWay: count('no-way'),
    unplaced: await howManyUnplaced(sql, today),
  }
}

/** The drive of each pair: pupils of one school are asked about together. */
async function drivesOf(
  journeys: readonly Journey[],
  roads: TravelTimes,
): Promise<ReadonlyMap<string, Drove>> {
  const drives = new Map<string, Drove>()
  const schools = Map.groupBy(journeys, ({ to }) => `${to.longitude} ${to.latitude}`)
  for (const towards of schools.values()) {
    const [{ to }] = towards as [Journey]
    const matrix = await roads.matrix(
      towards.map(({ from }) => from),
      [to],
      DIRECT,
    )
    const droves = drovesOf(matrix)
    towards.forEach((journey, i) => {
      drives.set(pairOf(journey), droves[i] as Drove)
    })
  }
  return drives
}

/** The walk of each pair: the shortest, or where that leads along an unsafe way, the shortest that keeps clear of all. */
async function walksOf(
  journeys: readonly Journey[],
  roads: TravelTimes,
  unsafe: readonly number[],
): Promise<ReadonlyMap<string, Walked>> {
  const walks = new Map<string, Walked>()
  const marked = new Set(unsafe)
  for (const journey of new Map(journeys.map((one) => [pairOf(one), one])).values()) {
    const shortest = await roads.walk(journey.from, journey.to, {})
    const mustAvoid = shortest.ok && isUnsafe(shortest.value, marked)
    const walk = mustAvoid ? await roads.walk(journey.from, journey.to, { ways: unsafe }) : shortest
    walks.set(pairOf(journey), walkedOf(walk, mustAvoid ? unsafe : []))
  }
  return walks
}

type Found = Measuring & { name: string; measured: readonly Measured[] }

/** A pupil who moved while they were measured is left for the next time: their move has asked for it. */
async function recordSome(
  sql: Sql,
  pupils: readonly PupilId[],
  { name, measured, ...measuring }: Found,
): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, {
      by: FIRSTBELL,
      request: 'roads',
      reason: `Distances to school, by network of roads ${name}`,
    })
    const sayingOf = (journeys: readonly Journey[], pupil: PupilId) =>
      JSON.stringify(
        journeys
          .filter((one) => one.pupil === pupil)
          .map(({ pattern, school, from, to, valid }) => [pattern, school, from, to, valid]),
      )
    const now = await journeysOf(tx, pupils, measuring.today)
    const still = new Set(pupils.filter((pupil) => sayingOf(now, pupil) === sayingOf(measured, pupil)))
    await recordDistances(tx, [...still], {
      ...measuring,
      measured: measured.filter(({ pupil }) => still.has(pupil)),
    })
  })
}
