import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { distancesAsAt } from '#distances/store'
import type { PersonId, PupilId, SchoolId } from '#ground/ids.ts'
import { addDays, dayOf, now, plainDate } from '#ground/time.ts'
import { beginRevision } from '#knowledge/store'
import { recordHome, recordPlacement, registerPupil } from '#pupils/write-store'
import { recordEntrance } from '#schools/write-store'
import { realDatabase } from '#test/database.ts'
import type { Reply, Visit } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { measureDistancesJob } from '../distances/measure-distances.job.ts'
import { buildRoads } from './answers/build-roads.ts'
import { type OwnRoads, openRoads } from './answers/own-roads.ts'
import { UK_SPEEDS } from './network/speed-table.ts'
import { anExtract } from './osm/testing.ts'
import { clearUnsafePage, markUnsafePage, unsafeWayPage } from './unsafe-way.page.ts'
import { unsafeWaysPage } from './unsafe-ways.page.ts'

const { sql, inTransaction } = realDatabase()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-unsafe-'))
const today = dayOf(now())
const autumn = plainDate('2020-09-01')
const DIRECT_LANE = 11
let roads: OwnRoads
let amara: PupilId

const at = (id: number, east: number, north: number) => ({
  id,
  longitude: -2.5 + east / 1000,
  latitude: 52.25 + north / 1000,
})

// From Amara's home at the west end, Mill Lane runs straight to the school; Church Street and Back Lane go round.
beforeAll(async () => {
  const extract = join(folder, 'town.osm.pbf')
  writeFileSync(
    extract,
    anExtract({
      nodes: [at(1, 0, 0), at(2, 1, 0), at(3, 9, 0), at(4, 10, 0), at(5, 1, 4), at(6, 9, 4)],
      ways: [
        { id: 10, nodes: [1, 2], tags: { highway: 'residential', name: 'Mill Lane' } },
        { id: DIRECT_LANE, nodes: [2, 3], tags: { highway: 'unclassified', name: 'Mill Lane' } },
        { id: 12, nodes: [3, 4], tags: { highway: 'residential', name: 'School Close' } },
        { id: 13, nodes: [2, 5, 6], tags: { highway: 'residential', name: 'Church Street' } },
        { id: 14, nodes: [6, 3], tags: { highway: 'footway' } },
      ],
      relations: [],
    }),
  )
  const settings = {
    drives: [{ vehicle: 'taxi', at: 'school-morning' }] as const,
    turns: false,
    speeds: UK_SPEEDS,
  }
  await buildRoads(extract, join(folder, 'town.roads'), settings)
  roads = await openRoads(join(folder, 'town.roads'))
  amara = await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'news' })
    const [school] = await tx<{ id: SchoolId }[]>`insert into school default values returning school_id as id`
    const oakfield = school?.id as SchoolId
    await recordEntrance(tx, oakfield, { point: at(0, 10, 0.1), from: autumn })
    const born = { givenName: 'Amara', familyName: 'Osei', bornOn: plainDate('2014-05-14') }
    const pupil = await registerPupil(tx, born, { from: autumn })
    await recordHome(tx, pupil, { address: '1 Mill Lane', point: at(0, 0, 0.1), from: autumn })
    await recordPlacement(tx, pupil, { school: oakfield, from: autumn })
    return pupil
  })
  await measure()
})
afterAll(async () => {
  await roads.close()
  rmSync(folder, { recursive: true })
})

/** Does what a worker would, once something has changed. */
const measure = () =>
  measureDistancesJob.run({
    payload: null,
    sql,
    today,
    now: now(),
    roads: async () => ({ roads, close: async () => {} }),
  })
const walk = async () => (await distancesAsAt(sql, amara, { on: today, knownAt: now() }))[0]

const visit = (but: Partial<Visit> = {}) => aVisit(sql, { now: now(), roads: async () => roads, ...but })
const officer = { id: 1 as PersonId, name: 'Priya Nair', roles: ['eligibility-officer'] as const }
const list = (query: Record<string, string> = {}, person: Visit['person'] = officer) =>
  unsafeWaysPage.get(visit({ query, person }))
const of = (way: number, form: Record<string, string> = {}) =>
  visit({ params: { way: String(way) }, form, person: officer })
const mark = (form: Record<string, string>): Promise<Reply> | undefined =>
  markUnsafePage.post?.(of(DIRECT_LANE, { from: today, why: 'No footway on a bend', ...form }))

test('a road is found by a part of its name, each way of it told by what it meets', async () => {
  const page = textOf(await list({ name: 'mill' }))

  expect(page).toMatch(/\d Mill Lane Church Street School \d+ 0\.\d+ miles 0\.04 miles/)
  expect(page).toMatch(/1 Mill Lane Church Street, School Close School \d+ 0\.\d+ miles 0\.34 miles/)
  expect(textOf(await list({ name: 'nowhere' }))).toContain('No way on foot has “nowhere” in its name')
})

test('a press on the map chooses the way that lies there, and a field far from all ways is none', async () => {
  expect(textOf(await list({ near: '52.2501,-2.4951' }))).toMatch(/1 Mill Lane Church Street, School Close/)
  expect(textOf(await list({ near: '52.2543,-2.4951' }))).toMatch(/1 Church Street/)
  expect(textOf(await list({ near: '52.30,-2.49' }))).toContain('No way on foot is near that point')
  expect(htmlOf(await list({}, { ...officer, roles: ['commissioner'] }))).not.toContain('/mark')
})

test('marking says first whose walk leads along it; then that walk is measured again, round it, and listed', async () => {
  const short = await walk()
  const preview = textOf(await mark({ step: '' }))
  expect(preview).toContain('One pupil’s walk leads along it, and is measured again within minutes')
  expect(preview).toContain('Amara Osei')

  expect(await mark({ step: 'record' })).toMatchObject({
    reply: 'redirect',
    to: `/roads/unsafe/${DIRECT_LANE}`,
  })
  const [asked] = await sql<{ count: number }[]>`
    select count(*)::integer as count from graphile_worker.jobs where task_identifier = 'measure-distances'`
  expect(asked?.count).toBe(1)
  await measure()

  const long = await walk()
  expect(long?.walkMetres).toBeGreaterThan((short?.walkMetres ?? 0) + 800)
  const page = textOf(await unsafeWayPage.get(of(DIRECT_LANE)))
  expect(page).toContain('Why No footway on a bend')
  expect(page).toContain(`(${short?.walkMetres} metres)`)
  expect(page).toContain(`(${long?.walkMetres?.toLocaleString('en-GB')} metres)`)
  expect(textOf(await list())).toMatch(/Mill Lane No footway on a bend .* 1 Mark a road or path/)
})

test('a way marked safe again is walked along again, and the days before stay as they were', async () => {
  const tomorrow = addDays(today, 1)
  const clear = (form: Record<string, string>) => clearUnsafePage.post?.(of(DIRECT_LANE, form))
  expect(textOf(await clear({ from: plainDate('2020-01-01'), why: 'A footway was built' }))).toContain(
    'Choose that day or a later one',
  )
  expect(await clear({ from: tomorrow, why: 'A footway was built', step: 'record' })).toMatchObject({
    reply: 'redirect',
  })
  expect(textOf(await list())).toContain('until before')

  expect(await clear({ from: today, why: 'It was built already', step: 'record' })).toMatchObject({
    reply: 'redirect',
  })
  await measure()
  expect((await walk())?.avoids).toEqual([])
  expect(textOf(await list())).toContain('No road is marked unsafe')
})

test('a reason and a day are asked for', async () => {
  expect(textOf(await mark({ why: '', from: '' }))).toMatch(
    /Enter what makes it unsafe.*Enter the day from which/,
  )
})

test('without a network nothing can be marked, and the page says why', async () => {
  const reply = await unsafeWaysPage.get(visit({ roads: async () => undefined, person: officer }))
  expect(textOf(reply)).toContain('A road can be marked once a network of roads was built')
  expect(
    await markUnsafePage.get(visit({ params: { way: '11' }, roads: async () => undefined })),
  ).toMatchObject({
    reply: 'not-found',
  })
})
