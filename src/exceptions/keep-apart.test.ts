import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import { ok } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { answering } from './exception.ts'
import { exceptionInWords, nextStepOf, subjectOf } from './exceptions.view.ts'
import { exceptionsAsAt } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let second = 0
/** The evening of Monday 14 February 2022, a second later each time. */
const then = (): Instant => instant(`2022-02-14T17:00:${String(second++).padStart(2, '0')}`)
const monday = plainDate('2022-02-14')
const everyDay = '{[0,5),[7,12)}'

beforeAll(async () => {
  county = await smallCounty(sql)
})

async function write(work: (tx: TransactionSql) => Promise<unknown>) {
  const author = { by: county.people.manager, reason: 'for the list', at: then() }
  const done = await recordChange(sql, author, async (tx) => {
    await work(tx)
    return ok(null)
  })
  expect(done).toEqual({ ok: true, value: null })
}

const told = async () =>
  answering(await exceptionsAsAt(sql, { on: monday, knownAt: then() }), {
    kind: 'keep-apart',
    words: '',
  }).map((one) => `${subjectOf(one).text}. ${exceptionInWords(one)}. ${nextStepOf(one).text}`)

test('scenario 26: a pair that must be kept apart and shares a run is found, whichever way round it was said', async () => {
  const { tomasz, ivy } = county.pupils
  await write((tx) =>
    stateFact(tx, 'pupil_pairing', {
      pupil_id: Math.min(tomasz, ivy),
      other_id: Math.max(tomasz, ivy),
      kind: 'keep-apart',
      valid: '[2022-02-10,)',
    }),
  )
  expect(await told()).toEqual([
    'Tomasz Zieliński and Ivy Lane. Both on BEA-02. Find one of them another seat',
  ])
})

test('scenario 26: nor on cover: one vehicle for both runs at one time, or one firm’s temporary vehicle, is found', async () => {
  const { amara, tomasz, xiaolong, musa } = county.pupils
  const apart = (a: number, b: number) => ({
    pupil_id: Math.min(a, b),
    other_id: Math.max(a, b),
    kind: 'keep-apart',
    valid: '[2022-02-10,)',
  })
  const timed = async (tx: TransactionSql, run_id: number, [begins, ends]: readonly [string, string]) => {
    const stop = { place: 'Mill Lane', kind: 'home' }
    const stops = [
      { ...stop, at: begins },
      { ...stop, kind: 'school', at: ends },
    ]
    const run = { run_id, days: everyDay, valid: '[2022-02-14,2022-02-19)' }
    await stateFact(tx, 'run_plan', { ...run, vehicle_type: 'Minibus', layouts: [[8, 0]], stops })
    await stateFact(tx, 'run_vehicle', { ...run, vehicle_id: 1 })
  }
  const together = async () => (await told()).filter((one) => !one.includes('Both on BEA-02'))

  await write(async (tx) => {
    await stateFact(tx, 'pupil_pairing', apart(amara, tomasz))
    await stateFact(tx, 'pupil_pairing', apart(xiaolong, musa))
  })
  await write(async (tx) => {
    await timed(tx, county.runs.morning, ['07:50', '08:40'])
    await timed(tx, county.oldRun, ['07:00', '07:45'])
  })
  expect(await together()).toEqual([])
  await write((tx) => timed(tx, county.oldRun, ['07:00', '08:10']))
  expect(await together()).toEqual([
    'Amara Osei and Tomasz Zieliński. Both in WQ21 KES, which does OAK-07 and another run at one time. Find one of them another seat',
  ])

  const lend = async (pupil: number, provider: string) =>
    await write((tx) =>
      stateFact(tx, 'travel_arrangement', {
        pupil_id: pupil,
        direction: 1,
        days: everyDay,
        kind: 'temporary-vehicle',
        provider,
        valid: '[2022-02-15,2022-02-18)',
      }),
    )
  await lend(xiaolong, 'Harbour Taxis')
  await lend(musa, 'Spot hire')
  expect(await together()).toHaveLength(1)
  await lend(musa, 'Harbour Taxis')
  expect((await together()).at(-1)).toMatch(
    /Both have a temporary vehicle of Harbour Taxis on the same days: make sure that it is not one/,
  )
})
