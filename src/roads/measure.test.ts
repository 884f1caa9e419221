import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { roadsNow } from '#adapters/roads/roads-now.ts'
import type { Asked } from '#cli/command.ts'
import type { PersonId } from '#ground/ids.ts'
import { dayOf, now, plainDate } from '#ground/time.ts'
import { beginRevision } from '#knowledge/store'
import { recordHome, recordPlacement, registerPupil } from '#pupils/write-store'
import { recordEntrance, recordSchool } from '#schools/write-store'
import { realDatabase } from '#test/database.ts'
import { measureDistancesJob } from '../distances/measure-distances.job.ts'
import { roadsMeasureCommand } from '../distances/roads-measure.command.ts'
import { buildRoads } from './answers/build-roads.ts'
import { UK_SPEEDS } from './network/speed-table.ts'
import { anExtract } from './osm/testing.ts'

const { sql, inTransaction } = realDatabase()
const folder = mkdtempSync(join(tmpdir(), 'firstbell-measure-'))
const network = roadsFileIn(folder)
const today = dayOf(now())
const autumn = plainDate('2020-09-01')
afterAll(() => rmSync(folder, { recursive: true }))

const at = (id: number, east: number) => ({ id, longitude: -2.5 + east / 1000, latitude: 52.25 })
const child = (givenName: string) => ({ givenName, familyName: 'Osei', bornOn: plainDate('2014-05-14') })

beforeAll(async () => {
  mkdirSync(dirname(network), { recursive: true })
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'news' })
    const school = await recordSchool(tx, { name: 'Oakfield School', kind: 'special', from: autumn })
    await recordEntrance(tx, school, { point: at(0, 9), from: autumn })
    for (const [name, point] of [
      ['Amara', at(0, 1)],
      ['Billie', { longitude: -9, latitude: 52.25 }],
      ['Jack', undefined],
    ] as const) {
      const pupil = await registerPupil(tx, child(name), { from: autumn })
      await recordHome(tx, pupil, { address: '1 Mill Lane', ...(point && { point }), from: autumn })
      await recordPlacement(tx, pupil, { school, from: autumn })
    }
  })
})

async function build(): Promise<void> {
  const extract = join(folder, 'lane.osm.pbf')
  const lane = { id: 11, nodes: [1, 2], tags: { highway: 'residential', name: 'Mill Lane' } }
  writeFileSync(extract, anExtract({ nodes: [at(1, 0), at(2, 10)], ways: [lane], relations: [] }))
  const drives = [{ vehicle: 'taxi', at: 'school-morning' }] as const
  await buildRoads(extract, network, { drives, turns: false, speeds: UK_SPEEDS })
}

const said: string[] = []
const command = () =>
  roadsMeasureCommand.run({
    words: [],
    options: {},
    sql,
    folder,
    today,
    now: now(),
    say: (line) => said.push(line),
  } satisfies Asked)
const job = (roads: Parameters<typeof measureDistancesJob.run>[0]['roads']) =>
  measureDistancesJob.run({ payload: null, sql, today, now: now(), roads })
const measuredBy = async () =>
  await sql<{ network: string; found: string; pupils: number }[]>`
    select n.name as network, drive as found, count(*)::integer as pupils
      from school_distance join road_network n using (network_id)
     where upper_inf(known) and valid @> ${today}::date group by 1, 2 order by 2`

test('before roads are built the command estimates, says so, and how to build them', async () => {
  const answer = await command()

  expect(answer).toMatchObject({ answer: 'report', json: { pupils: 2, estimated: 2, unplaced: 1 } })
  expect(answer.answer === 'report' && answer.text).toContain(
    '2 are estimated by straight line, because no network was built',
  )
  expect(answer.answer === 'report' && answer.text).toContain(
    '1 are not measured: nobody has said where on the map',
  )
  expect(said).toContain('Measured 0 of 2 pupils')
})

test('once roads are built the command measures along them, and a second time nobody', async () => {
  await build()
  const answer = await command()
  expect(answer).toMatchObject({ answer: 'report', json: { pupils: 2, estimated: 0, tooFarFromAnyRoad: 1 } })
  expect(answer.answer === 'report' && answer.text).toContain('1 live or learn too far from any road')
  expect((await measuredBy()).map(({ found, pupils }) => [found, pupils])).toEqual([
    ['measured', 1],
    ['too-far-from-any-road', 1],
  ])
  expect(await command()).toMatchObject({ json: { pupils: 0 } })
})

test('a network that cannot be read is refused in a sentence, and what was measured stays', async () => {
  const before = await measuredBy()
  writeFileSync(network, 'not roads')
  expect(await command()).toMatchObject({
    answer: 'refused',
    sentence: expect.stringMatching(/is not a network of roads\. Build it again/),
  })
  expect(await measuredBy()).toEqual(before)
  await build()
})

test('the job measures whoever changed, and lets go of the roads', async () => {
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'a pupil joins' })
    const pupil = await registerPupil(tx, child('Chidi'), { from: autumn })
    await recordHome(tx, pupil, { address: '2 Mill Lane', point: at(0, 2), from: autumn })
    const [school] = await tx<{ id: never }[]>`select school_id as id from school`
    await recordPlacement(tx, pupil, { school: school?.id as never, from: autumn })
  })
  let closed = 0
  await job(async () => {
    const { roads, close } = await roadsNow(network)
    return {
      roads,
      async close() {
        closed++
        await close()
      },
    }
  })

  expect((await measuredBy()).find(({ found }) => found === 'measured')?.pupils).toBe(2)
  expect(closed).toBe(1)
})

test('while roads are being made the job waits for whoever makes them to ask again', async () => {
  const before = await measuredBy()
  await job(async () => undefined)
  expect(await measuredBy()).toEqual(before)
})

test('a job that fails lets go of the roads all the same', async () => {
  let closed = false
  const broken = job(async () => {
    const { roads, close } = await roadsNow(network)
    const fails = {
      ...roads,
      network: 'another',
      walk: () => Promise.reject(new Error('The thread is gone.')),
    }
    return {
      roads: fails,
      async close() {
        closed = true
        await close()
      },
    }
  })
  await expect(broken).rejects.toThrow('The thread is gone.')
  expect(closed).toBe(true)
})
