import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putDown } from '#adapters/files/arriving.ts'
import { keepRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import type { PersonId, SchoolId } from '#ground/ids.ts'
import { addHours, now, plainDate } from '#ground/time.ts'
import { beginRevision } from '#knowledge/store'
import { recordEntrance } from '#schools/write-store'
import { realDatabase } from '#test/database.ts'
import type { Visit } from '#web/page.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { buildRoadsAgain } from '../cli/roads-again.ts'
import { roadsBuildPage } from './build.page.ts'
import { buildRoadsJob } from './build-roads.job.ts'
import { ROAD_FILE_VERSION } from './network/road-file.ts'
import { anExtract, type TestMap } from './osm/testing.ts'
import { roadsPage } from './roads.page.ts'

const { sql, inTransaction } = realDatabase()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-roads-page-'))
const kept = keepRoads(roadsFileIn(folder), () => {})
afterAll(async () => {
  await kept.close()
  rmSync(folder, { recursive: true })
})

/** A lane and a street that cross, and a road on an island, around a place. */
function aTown(longitude: number, latitude: number): TestMap {
  const at = (id: number, east: number, north: number) => ({
    id,
    longitude: longitude + east / 1000,
    latitude: latitude + north / 1000,
  })
  return {
    nodes: [at(1, 0, 0), at(2, 5, 0), at(3, 10, 0), at(4, 5, 4), at(5, 40, 40), at(6, 41, 40)],
    ways: [
      { id: 11, nodes: [1, 2, 3], tags: { highway: 'residential', name: 'Mill Lane' } },
      { id: 12, nodes: [2, 4], tags: { highway: 'residential', name: 'Church Street' } },
      { id: 13, nodes: [5, 6], tags: { highway: 'residential', name: 'Island Road' } },
    ],
    relations: [],
  }
}

beforeAll(async () => {
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'a school' })
    const [school] = await tx<{ id: SchoolId }[]>`insert into school default values returning school_id as id`
    await recordEntrance(tx, school?.id as SchoolId, {
      point: { longitude: -2.495, latitude: 52.2502 },
      from: plainDate('2020-09-01'),
    })
  })
})

const visit = (but: Partial<Visit> = {}) => aVisit(sql, { folder, roads: kept.ask, now: now(), ...but })
/** Sends a file as it lies on the disk once a browser has sent it. */
async function send(filename: string, sent: Uint8Array) {
  const { path, bytes } = await putDown(folder, Readable.from([sent]))
  const filesOnDisk = [{ field: 'file', filename, path, bytes, isWhole: true }]
  const reply = await roadsBuildPage.post?.(visit({ filesOnDisk }))
  await rm(path, { force: true })
  return reply
}
const seen = async () => textOf(await roadsPage.get(visit()))

/** Does what a worker would: the build that was asked for last. */
async function work() {
  const [last] = await sql<{ build: number }[]>`select max(build_id) as build from road_build`
  await buildRoadsJob.run({
    payload: last,
    sql,
    today: visit().today,
    now: now(),
    roads: async () => undefined,
    folder,
  })
}

test('without a network the page says that every distance is estimated, and where to build one', async () => {
  expect(await seen()).toContain(
    'There is no network of roads Every distance is estimated by a straight line',
  )
})

test('an extract that is sent becomes the network in use, with who asked for it and what was left out', async () => {
  const bytes = anExtract(aTown(-2.5, 52.25))
  expect(await send('Our Town.osm.pbf', bytes)).toMatchObject({ reply: 'redirect', to: '/roads' })
  expect(await seen()).toContain('A network is being built of Our-Town.osm.pbf It waits for a worker.')
  expect(textOf(await send('Our Town.osm.pbf', bytes))).toContain('is being built. Wait until it is done')

  await work()

  const page = await seen()
  expect(page).toContain('The roads of Our-Town.osm.pbf are in use Put into use by')
  expect(page).toMatch(/Island Road 0\.1 km 1 52\.2900, -2\.4600/)
  expect(page).toContain('Table of 1 September 2026')
  expect(readdirSync(folder).sort()).toEqual(['arriving', 'extracts', 'map.pmtiles', 'roads'])
  const [said] = await sql<{ reason: string }[]>`select reason from revision order by revision desc limit 1`
  expect(said?.reason).toMatch(
    /^Network of roads [0-9a-f]{16}, built of Our-Town.osm.pbf, is in use from now on$/,
  )
  const [asked] = await sql<{ count: number }[]>`
    select count(*)::integer as count from graphile_worker.jobs where task_identifier = 'measure-distances'`
  expect(asked?.count).toBe(1)
})

test.each([
  [
    'cut short',
    anExtract(aTown(-2.5, 52.25)).subarray(0, 200),
    /\. cut-short\.osm\.pbf|pbf cut-short\.osm\.pbf/,
  ],
  [
    'of another country',
    anExtract(aTown(2.35, 48.85)),
    /48\.85, longitude 2\.3\d, which is not in the United Kingdom/,
  ],
  [
    'of another county',
    anExtract(aTown(-4.1, 50.4)),
    /lies around latitude 50\.40, longitude -4\.09, and no school on the register/,
  ],
  ['without roads', anExtract({ ...aTown(-2.5, 52.25), ways: [] }), /holds no roads/],
])(
  'an extract %s is refused in a sentence, and what was in use stays in use',
  async (what, bytes, sentence) => {
    const before = readFileSync(roadsFileIn(folder))
    await send(`${what}.osm.pbf`, bytes)
    await work()

    const page = await seen()
    expect(page).toContain(`No network could be built of ${what.replaceAll(' ', '-')}.osm.pbf`)
    expect(page).toMatch(sentence)
    expect(page).toContain('That of Our-Town.osm.pbf stays in use.')
    expect(readFileSync(roadsFileIn(folder)).equals(before)).toBe(true)
    expect(readdirSync(join(folder, 'roads'))).toEqual(['county.roads'])
  },
)

test('an empty file, and one of another kind, are refused before anything is asked for', async () => {
  expect(textOf(await send('county.osm.pbf', new Uint8Array()))).toContain(
    'county.osm.pbf is empty: it has 0 bytes',
  )
  expect(textOf(await send('roads.xlsx', new Uint8Array(9)))).toContain('Its name ends in .osm.pbf')
  expect(textOf(await roadsBuildPage.post?.(visit()))).toContain('Choose an extract, or send one')
  const country = { field: 'file', filename: 'country.osm.pbf', path: '', bytes: 0, isWhole: false }
  expect(textOf(await roadsBuildPage.post?.(visit({ filesOnDisk: [country] })))).toContain(
    'country.osm.pbf has more than 4 GB. Send an extract of the county, not of the country',
  )
})

test('an extract that is there already is built again by choosing it', async () => {
  const form = { extract: 'Our-Town.osm.pbf' }
  expect(await roadsBuildPage.post?.(visit({ form }))).toMatchObject({ reply: 'redirect' })
  await work()
  expect(await seen()).toContain('The roads of Our-Town.osm.pbf are in use')
})

test('a build whose program was stopped is given up after an hour, and another can be asked for', async () => {
  const form = { extract: 'Our-Town.osm.pbf' }
  await roadsBuildPage.post?.(visit({ form }))
  const later = addHours(now(), 2)
  expect(textOf(await roadsBuildPage.post?.(visit({ form })))).toContain(
    'is being built. Wait until it is done',
  )
  expect(textOf(await roadsPage.get(visit({ now: later })))).toContain(
    'No network could be built of Our-Town.osm.pbf It was never finished',
  )

  expect(await roadsBuildPage.post?.(visit({ form, now: later }))).toMatchObject({ reply: 'redirect' })
  const builds = await sql`select state from road_build order by build_id desc limit 2`
  expect(builds.map(({ state }) => state)).toEqual(['waiting', 'failed'])
  await work()
  expect(await seen()).toContain('The roads of Our-Town.osm.pbf are in use')
})

describe('a network that another version of Firstbell wrote', () => {
  const start = async () => {
    const said: string[] = []
    await buildRoadsAgain({ sql, folder }, (line) => said.push(line))
    return said
  }

  test('is built again by itself of the extract it was made of, and until then the page says why', async () => {
    anotherVersionWrote(roadsFileIn(folder))
    expect(await seen()).toContain(
      'The network of roads must be built again The network there is was written by another version of Firstbell and cannot be read. The extract it was made of, Our-Town.osm.pbf, is here',
    )

    const sentence =
      'The network of roads was written by another version of Firstbell. It is built again of Our-Town.osm.pbf; the page Roads says how far it is.'
    expect([await start(), await start()]).toEqual([[sentence], [sentence]])
    expect(await seen()).toMatch(
      /A network is being built of Our-Town.osm.pbf It waits for a worker\. The network there is was written by another/,
    )
    const [asked] = await sql<{ count: number }[]>`
      select count(*)::integer as count from road_build where ended_at is null`
    expect(asked?.count).toBe(1)

    await work()
    expect(await seen()).toContain('The roads of Our-Town.osm.pbf are in use Put into use by Firstbell')
    expect(await start()).toEqual([])
  })

  test('waits for an extract where the one it was made of is gone, and says so', async () => {
    anotherVersionWrote(roadsFileIn(folder))
    await rm(join(folder, 'extracts', 'Our-Town.osm.pbf'))

    expect(await start()).toEqual([expect.stringContaining('Our-Town.osm.pbf, is not here: send it')])
    expect(await seen()).toContain('Our-Town.osm.pbf, is not here: send it, or another of the county')
  })
})

/** Writes the version of the last release over that of a network, as sound as that release would have. */
function anotherVersionWrote(file: string): void {
  const bytes = readFileSync(file)
  const table = bytes.subarray(32, 32 + bytes.readUInt32LE(16))
  const [ours, theirs] = [ROAD_FILE_VERSION, ROAD_FILE_VERSION - 1].map((version) => `"version":${version},`)
  table.write(table.toString('latin1').replace(ours as string, theirs as string), 'latin1')
  createHash('sha256').update(table).digest().copy(bytes, 20, 0, 12)
  writeFileSync(file, bytes)
}
