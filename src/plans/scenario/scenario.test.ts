import { beforeAll, expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { now, plainDate, type WallTime } from '#ground/time.ts'
import { revisionKnownAt, stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { countBaseline, journeyOf } from '../baseline/baseline.ts'
import { baselineJourneys, baselineOf, freezeBaseline } from '../baseline/baseline-store.ts'
import { theseTerms as terms } from '../testing.ts'
import { blocks } from './scenario.view.ts'
import { choose, makeScenario, scenarios } from './scenario-store.ts'
import { standingOf } from './standing-store.ts'

const { sql, inTransaction } = realDatabase()
const today = plainDate('2022-02-14')
const beginsOn = plainDate('2022-02-28')
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
})

const author = (reason: string) => ({ by: county.people['transport-officer'], reason })
const made = (name: string, schools: readonly SchoolId[]) =>
  makeScenario(sql, {
    wanted: { name, scope: { schools }, beginsOn, terms },
    today,
    author: author('Trying'),
  })
const id = async (name: string) => (await scenarios(sql)).find((one) => one.name === name)?.id ?? 0
const standing = async (name: string) => {
  const found = await standingOf(sql, await id(name), now())
  if (!found) throw new Error(`No scenario ${name}.`)
  return found
}

test('a scenario freezes everyone who must be carried to its schools on the day it begins', async () => {
  expect(await made('Beacon', [county.beacon])).toMatchObject({ ok: true })

  const { scenario } = await standing('Beacon')
  const { tomasz, ffion, ivy } = county.pupils
  expect([...scenario.members].sort()).toEqual([tomasz, ffion, ivy].sort())
})

test('a name twice, a day gone by and a school with nobody are refused', async () => {
  expect(await made('Beacon', [county.beacon])).toEqual({ ok: false, refusal: 'name-is-taken' })
  expect(await made('Nowhere', [999 as SchoolId])).toEqual({ ok: false, refusal: 'nobody-to-plan-for' })
  const late = { name: 'Late', scope: { county: true } as const, beginsOn: today, terms }
  expect(await makeScenario(sql, { wanted: late, today, author: author('Late') })).toEqual({
    ok: false,
    refusal: 'begins-in-the-past',
  })
})

test('a home without a point blocks its pupil until somebody arranges them by hand, on record', async () => {
  const { tomasz } = county.pupils
  const before = await standing('Beacon')
  expect(before.population.blocking.map(({ person }) => person.pupil)).toContain(tomasz)

  const scenario = await id('Beacon')
  await choose(sql, { scenario, pupil: tomasz, choice: 'as-known', author: author('Close enough') })
  const known = await standing('Beacon')
  expect(known.population.blocking.map(({ person }) => person.pupil)).toContain(tomasz)

  await choose(sql, { scenario, pupil: tomasz, choice: 'left-out', author: author('Travels with an aunt') })
  const after = await standing('Beacon')
  expect(after.population.blocking.map(({ person }) => person.pupil)).not.toContain(tomasz)
  expect(after.population.leftOut).toMatchObject([
    { choice: { reason: 'Travels with an aunt', by: 'Asha Kaur' } },
  ])
  expect(after.population.planned.map(({ pupil }) => pupil)).not.toContain(tomasz)
})

test('a pupil who moves in later is a joiner, and is planned for', async () => {
  const { musa } = county.pupils
  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'Musa moves to The Beacon')`
    await stateFact(tx, 'placement', {
      pupil_id: musa,
      school_id: county.beacon,
      pattern: '{[0,10),[14,24)}',
      valid: '[2022-02-21,2022-07-23)',
    })
  })

  const { population } = await standing('Beacon')
  expect(population.joiners.map(({ pupil }) => pupil)).toEqual([musa])
  expect(population.planned.map(({ pupil }) => pupil)).toContain(musa)
})

test('a school without a point is named, and so is a baseline that is not frozen', async () => {
  const inTheWay = blocks(await standing('Beacon')).join('\n')
  expect(inTheWay).toMatch(/The Beacon has no entrance with a point.*\n.*\n.*baseline is not frozen/s)
})

test('scenario 33: who has no ride today has no baseline, and it is said and counted, never nought', async () => {
  const { scenario } = await standing('Beacon')
  const cut = { on: today, revision: await revisionKnownAt(sql, now()) }
  const frozen = await freezeBaseline(sql, { scenario, cut, roads: undefined, author: author('Freezing') })
  if (!frozen.ok) throw new Error(frozen.refusal)

  const count = countBaseline(frozen.value)
  const missing = Object.values(count.none).reduce((sum, n) => sum + n, 0)
  expect(count.journeys).toBe(6)
  expect(count.withRide + missing).toBe(6)
  expect(frozen.value.every(({ ride }) => ride === null || ride.ridden > 0)).toBe(true)
})

test('scenario 32: a baseline is frozen once, with its day and hash, and reads the same for ever', async () => {
  const { scenario } = await standing('Beacon')
  const kept = await baselineJourneys(sql, scenario.id)
  const cut = { on: today, revision: await revisionKnownAt(sql, now()) }
  const again = await freezeBaseline(sql, { scenario, cut, roads: undefined, author: author('Again') })

  expect(again).toEqual({ ok: false, refusal: 'is-frozen' })
  expect(await baselineOf(sql, scenario.id)).toMatchObject({
    on: today,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
  expect(kept).toHaveLength(6)
  await expect(sql`update scenario_baseline set on_day = on_day + 1`).rejects.toThrow(/never changed/)
})

test('a ride today is from the door to the bell, along every stop between', () => {
  const pupil = 7 as PupilId
  const at = (text: string) => text as WallTime
  const journey = journeyOf(
    {
      pupil,
      direction: 1,
      days: '{[0,5),[7,12)}' as never,
      kind: 'seat',
      run: 3 as never,
      code: 'BEA-003',
      stops: [
        { kind: 'home', at: at('07:40') },
        { kind: 'home', pupil, at: at('07:50') },
        { kind: 'home', at: at('08:05') },
        { kind: 'school', at: at('08:30') },
      ],
      vehicle: null,
      vehicleType: 'Minibus',
      crew: [],
      companions: [],
    },
    {
      way: (from, to) => ({ seconds: 600 * (to - from), metres: 1000 * (to - from) }),
      bell: null,
      estimated: false,
    },
  )

  expect(journey.ride).toMatchObject({ ridden: 40 * 60, length: 2000, direct: 1200, startsAt: '07:50' })
})
