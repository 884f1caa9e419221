import { beforeAll, expect, test } from 'vitest'
import { metres } from '#ground/distance.ts'
import type { PersonId, PupilId, SchoolId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { beginRevision, span, stateFact, withdrawFact } from '#knowledge/store'
import { recordHome, recordPlacement, registerPupil } from '#pupils/write-store'
import { crowFly, type Matrix, NO_WAY, type Place, type TravelTimes } from '#roads'
import { recordEntrance } from '#schools/write-store'
import { realDatabase } from '#test/database.ts'
import { measurePupils } from './measure-store.ts'
import { distancesAsAt } from './store.ts'

const { sql, inTransaction } = realDatabase()
const by = 1 as PersonId
const [autumn, today] = [plainDate('2025-09-01'), plainDate('2026-01-12')]
const byTheLane: Place = { longitude: -2.51, latitude: 52.25 }
const byTheChurch: Place = { longitude: -2.52, latitude: 52.26 }
const gate: Place = { longitude: -2.5, latitude: 52.25 }
const atSea: Place = { longitude: -9, latitude: 52.25 }
const MILL_LANE = 71

/**
 * A county in which a drive takes a second for each ten metres of the straight line. Everybody walks along Mill Lane; who
 * must keep clear of it walks twice as far. West of five degrees is the sea.
 */
function aCounty(network: string): TravelTimes {
  const isFar = ({ longitude }: Place) => longitude < -5
  return {
    ...crowFly(),
    network,
    async matrix(sources, targets, drive): Promise<Matrix> {
      const { metres: lengths } = await crowFly().matrix(sources, targets, drive)
      const cellOf = (one: (length: number) => number) =>
        lengths.map((length, i) =>
          isFar(sources[Math.floor(i / targets.length)] as Place) ? NO_WAY : one(length),
        )
      const far = [...sources.keys()].filter((i) => isFar(sources[i] as Place))
      return {
        seconds: cellOf((length) => Math.round(length / 10)),
        metres: cellOf((length) => length),
        sourcesFarFromRoads: far,
        targetsFarFromRoads: [],
        how: 'measured',
      }
    },
    async walk(from, to, { ways = [] }) {
      if (isFar(from))
        return { ok: false, refusal: { because: 'too-far-from-any-road', place: from, limit: metres(1000) } }
      const walk = await crowFly().walk(from, to, {})
      if (!walk.ok) return walk
      const length = metres(walk.value.metres * (ways.includes(MILL_LANE) ? 2 : 1))
      const way = ways.includes(MILL_LANE)
        ? { way: 72, name: 'Church Street' }
        : { way: MILL_LANE, name: 'Mill Lane' }
      return {
        ok: true,
        value: { ...walk.value, metres: length, how: 'measured', ways: [{ ...way, metres: length }] },
      }
    },
  }
}

const revision = <T>(work: (tx: Parameters<Parameters<typeof inTransaction>[0]>[0]) => Promise<T>) =>
  inTransaction(async (tx) => {
    await beginRevision(tx, { by, reason: 'news' })
    return await work(tx)
  })

let amara: PupilId
let jack: PupilId
beforeAll(async () => {
  ;[amara, jack] = await revision(async (tx) => {
    const [school] = await tx<{ id: SchoolId }[]>`insert into school default values returning school_id as id`
    const oakfield = school?.id as SchoolId
    await recordEntrance(tx, oakfield, { point: gate, from: autumn })
    const child = async (givenName: string, point?: Place) => {
      const pupil = await registerPupil(
        tx,
        { givenName, familyName: 'Osei', bornOn: plainDate('2014-05-14') },
        { from: autumn },
      )
      await recordHome(tx, pupil, { address: '1 Mill Lane', ...(point && { point }), from: autumn })
      await recordPlacement(tx, pupil, { school: oakfield, from: autumn })
      return pupil
    }
    return [await child('Amara', byTheLane), await child('Jack')] as [PupilId, PupilId]
  })
})

const measure = (roads: TravelTimes) => measurePupils(sql, roads, { today })
const distanceOf = async (pupil: PupilId, knownAt = now()) =>
  (await distancesAsAt(sql, pupil, { on: today, knownAt }))[0]

test('without a network a distance is called estimated, and a pupil who is on no map is counted', async () => {
  const outcome = await measure(crowFly())
  expect(outcome).toMatchObject({ pupils: 1, estimated: 1, unplaced: 1 })
  const { metres: straight } = await crowFly().matrix([byTheLane], [gate], {
    vehicle: 'taxi',
    at: 'school-morning',
  })
  expect(await distanceOf(amara)).toMatchObject({
    drive: 'estimated',
    driveMetres: straight[0],
    walk: 'estimated',
  })
  expect(await distanceOf(jack)).toBeUndefined()
})

test('whoever is measured stays measured, and a new network is believed from then on and never before', async () => {
  const before = now()
  const estimate = await distanceOf(amara)
  expect(await measure(crowFly())).toMatchObject({ pupils: 0 })
  expect(await measure(aCounty('Westmarch 1'))).toMatchObject({ pupils: 1, estimated: 0 })
  expect(await distanceOf(amara)).toMatchObject({
    drive: 'measured',
    walk: 'measured',
    network: 'Westmarch 1',
  })
  expect(await distanceOf(amara, before)).toEqual(estimate)
  expect(await measure(aCounty('Westmarch 1'))).toMatchObject({ pupils: 0 })
})

test('a pupil who moves is measured again, from the day they move', async () => {
  const lane = await distanceOf(amara)
  const february = plainDate('2026-02-02')
  await revision((tx) =>
    recordHome(tx, amara, { address: '2 Church Street', point: byTheChurch, from: february }),
  )
  expect(await measure(aCounty('Westmarch 1'))).toMatchObject({ pupils: 1 })
  expect(await distanceOf(amara)).toEqual(lane)
  const [church] = await distancesAsAt(sql, amara, { on: february, knownAt: now() })
  expect(church?.driveMetres).toBeGreaterThan(lane?.driveMetres as number)
})

test('a road marked unsafe is walked round by those who walked along it, until it is unmarked', async () => {
  const short = await distanceOf(amara)
  const mark = {
    way_id: MILL_LANE,
    name: 'Mill Lane',
    reason: 'No footway on a bend',
    valid: span(today, null),
  }
  await revision((tx) => stateFact(tx, 'unsafe_way', mark))
  expect(await measure(aCounty('Westmarch 1'))).toMatchObject({ pupils: 1 })
  const long = await distanceOf(amara)
  expect(long?.avoids).toEqual([MILL_LANE])
  expect((long?.walkMetres as number) / (short?.walkMetres as number)).toBeCloseTo(2, 2)
  expect(long?.driveMetres).toBe(short?.driveMetres)

  await revision((tx) => withdrawFact(tx, 'unsafe_way', { way_id: MILL_LANE, valid: span(today, null) }))
  expect(await measure(aCounty('Westmarch 1'))).toMatchObject({ pupils: 1 })
  expect(await distanceOf(amara)).toEqual(short)
})

test('a pupil at sea is too far from any road, and gets no figure', async () => {
  await revision((tx) => recordHome(tx, jack, { address: 'The Light Ship', point: atSea, from: autumn }))
  expect(await measure(aCounty('Westmarch 1'))).toMatchObject({
    pupils: 1,
    tooFarFromAnyRoad: 1,
    unplaced: 0,
  })
  const found = {
    drive: 'too-far-from-any-road',
    walk: 'too-far-from-any-road',
    driveMetres: null,
    walkMetres: null,
  }
  expect(await distanceOf(jack)).toMatchObject(found)
})

test('a move asks a worker to measure, once', async () => {
  await sql`delete from graphile_worker._private_jobs`
  await revision(async (tx) => {
    for (const address of ['3 Church Street', '4 Church Street'])
      await recordHome(tx, amara, { address, point: byTheChurch, from: today })
  })
  const [asked] = await sql<{ count: number }[]>`
    select count(*)::integer as count from graphile_worker.jobs where task_identifier = 'measure-distances'`
  expect(asked?.count).toBe(1)
})
