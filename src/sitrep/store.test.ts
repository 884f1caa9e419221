import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { addDays, eachDay, instant, now, plainDate, weekdayOf } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { aPupil, aRun, aSchool, aSeat, state } from '../travel-arrangements/testing.ts'
import { cohortFreezeCommand } from './cohort.command.ts'
import { forgetRemembered } from './morning-store.ts'
import { reportAsAt } from './report-store.ts'
import { sitrepCommand } from './sitrep.command.ts'
import { sitrepJson } from './sitrep-json.ts'
import { situationPupilsPage } from './situation-pupils.page.ts'
import { cutAt, peopleAt, sitrepAsAt } from './store.ts'
import { todayPage } from './today.page.ts'

const { sql } = realDatabase()
const september = plainDate('2021-09-01')
const monday = plainDate('2022-02-14')
const by = 1 as PersonId
const anAsking = () => ({ words: [], options: {}, sql, today: monday, now: now(), say: () => {} })
const made = { amara: 0, ben: 0, chidi: 0, contract: 0 }

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  await recordChange(sql, { by, reason: 'first load', at: instant('2021-09-01T09:00') }, async (tx) => {
    const school = await aSchool(tx, { name: 'Oakfield School', from: september })
    const { run, contract } = await aRun(tx, { school, from: september, until: plainDate('2022-02-12') })
    made.contract = contract
    made.amara = await aPupil(tx, { name: 'Amara Osei', school, from: september })
    made.ben = await aPupil(tx, { name: 'Ben Hale', school, from: september })
    await aSeat(tx, { pupil: made.amara, run, from: september })
    return ok(null)
  })
  await recordChange(sql, { by, reason: 'joined', at: instant('2022-02-14T06:00') }, async (tx) => {
    made.chidi = await aPupil(tx, { name: 'Chidi Eze', school: 1, from: plainDate('2022-02-14') })
    return ok(null)
  })
  // Learned a month late: Ben's mother had been driving him all along.
  await recordChange(
    sql,
    { by, reason: 'told by the family', at: instant('2022-03-14T09:00') },
    async (tx) => {
      const fact = {
        pupil_id: made.ben,
        kind: 'interim-parental',
        days: '{[0,5),[7,12)}',
        valid: '[2022-02-01,2022-03-01)',
      }
      await state(tx, 'travel_arrangement', { ...fact, direction: 1 })
      return ok(null)
    },
  )
})

test('scenario 1: the states add up to the register both ways, and the same question later gives the same answer', async () => {
  const asked = { on: monday, knownAt: instant('2022-02-14T07:00') }
  const sitrep = await sitrepAsAt(sql, asked)

  expect(sitrep.population).toBe(3)
  for (const figures of Object.values(sitrep.directions)) {
    expect(Object.values(figures.states).reduce((sum, n) => sum + n, 0)).toBe(3)
  }
  expect(sitrep.directions['to-school'].states).toMatchObject({ 'no-offer': 3, 'interim-by-family': 0 })
  expect(await sitrepAsAt(sql, asked)).toEqual(sitrep)
})

test('what was learned late changes the past, but not what was believed in the past', async () => {
  const then = await sitrepAsAt(sql, { on: monday, knownAt: instant('2022-02-14T07:00') })
  const later = await sitrepAsAt(sql, { on: monday, knownAt: instant('2022-03-15T07:00') })

  expect(then.directions['to-school'].withoutTransportParts).toMatchObject({
    'no-offer': 3,
    'interim-by-family': 0,
  })
  expect(later.directions['to-school'].withoutTransportParts).toMatchObject({
    'no-offer': 2,
    'interim-by-family': 1,
  })
})

test('a contract that ended on Friday leaves the pupil on it without an offer on Monday, with the reason', async () => {
  const people = await peopleAt(sql, await cutAt(sql, { on: monday, knownAt: instant('2022-02-14T07:00') }))
  expect(people.find(({ pupil }) => pupil === made.amara)).toMatchObject({
    toSchool: 'no-offer',
    reasons: ['contract-not-in-force', 'nothing-arranged'],
  })
})

test('Monday is reconciled with Friday, joiners by name', async () => {
  const { reconciliation } = await sitrepAsAt(sql, { on: monday, knownAt: instant('2022-02-14T07:00') })

  // Nobody is brought home: Amara and Ben were without on Friday too. Chidi joined without.
  expect(reconciliation).toMatchObject({
    opening: 2,
    joiners: [made.chidi],
    lost: [],
    placed: [],
    closing: 3,
  })
  expect(reconciliation.since).toEqual({ on: '2022-02-11', knownAt: instant('2022-02-11T07:00') })
})

test('the command prints the one number first, and refuses a day that is none', async () => {
  const asked = { words: [], sql, today: monday, now: instant('2022-02-14T07:00'), say: () => {} }
  const answer = await sitrepCommand.run({ ...asked, options: {} })
  expect(answer).toMatchObject({ answer: 'report' })
  expect(answer.answer === 'report' && answer.text).toMatch(/Without transport: 3 of 3 pupils/)

  expect(await sitrepCommand.run({ ...asked, options: { on: '2022-02-30' } })).toEqual({
    answer: 'refused',
    sentence: '"2022-02-30" is not a day. Give one like 2022-02-14.',
  })
})

test('the page says the number first and leads to the pupils it counts', async () => {
  const query = { on: '2022-02-14', 'known-at': '2022-02-14T07:00' }
  const text = textOf(await todayPage.get(aVisit(sql, { query })))
  expect(text).toMatch(/Situation on 14 February 2022/)
  expect(text).toMatch(/3 pupils without transport/)

  const behind = {
    path: '/situation/pupils',
    query: { ...query, state: 'without-transport', direction: 'to-school' },
  }
  const named = textOf(await situationPupilsPage.get(aVisit(sql, behind)))
  for (const name of ['Amara Osei', 'Ben Hale', 'Chidi Eze']) expect(named).toContain(name)
})

test('a county with nobody in it says what to do', async () => {
  const text = textOf(await todayPage.get(aVisit(sql, { query: { on: '2019-02-14' } })))
  expect(text).toMatch(/Nobody is on the register on this day/)
})

const monday7 = { on: monday, knownAt: instant('2022-02-14T07:00') }

test('the whole report keeps its documented shape, and names nobody in its figures', async () => {
  const report = await reportAsAt(sql, monday7)

  expect(sitrepJson.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  expect(JSON.stringify(report)).not.toMatch(/Amara|Osei/)
  expect(report.breakdowns.school).toMatchObject([
    { name: 'Oakfield School', pupils: 3, withoutTransport: 3 },
  ])
  expect(report.breakdowns.operator).toMatchObject([{ id: null, name: null, pupils: 3 }])
})

test('scenario 10: education missed is counted morning by morning, and who has to hear of it is named', async () => {
  const { missed, waiting } = await reportAsAt(sql, monday7)

  // Nobody was ever brought home, from the morning after the first load on. Chidi came on the last morning.
  const days = weekdays(addDays(september, 1), monday)
  expect(missed).toMatchObject({ from: '2021-09-01', schoolDays: days, pupilDays: 2 * days + 1, pupils: 3 })
  expect(waiting.oldest).toEqual({ since: '2021-09-02', days, pupils: [made.amara, made.ben] })
  expect(waiting.escalations).toEqual([
    { days: 3, to: 'Head of service', pupils: [] },
    { days: 10, to: 'Director', pupils: [made.amara, made.ben] },
  ])
})

test('scenario 10: when to tell whom is the council’s own policy, from the day it says', async () => {
  const policy = {
    name: 'education-missed-escalation',
    value: [{ days: 1, to: 'Duty officer' }],
    valid: '[2022-02-01,)',
  }
  await recordChange(sql, { by, reason: 'policy', at: instant('2022-03-20T09:00') }, async (tx) => {
    await state(tx, 'policy', policy)
    return ok(null)
  })
  const { waiting } = await reportAsAt(sql, { on: monday, knownAt: instant('2022-03-21T07:00') })
  expect(waiting.escalations).toEqual([
    { days: 1, to: 'Duty officer', pupils: [made.amara, made.ben, made.chidi] },
  ])
  expect((await reportAsAt(sql, monday7)).waiting.escalations).toHaveLength(2)
})

test('scenario 3: a joiner can never be hidden behind the cohort that was promised', async () => {
  const frozen = await cohortFreezeCommand.run({
    ...anAsking(),
    words: ['Seats by half-term'],
    options: { on: '2022-02-11', knownAt: '2022-02-11T12:00' },
  })
  expect(frozen).toMatchObject({ answer: 'report', json: { name: 'Seats by half-term', members: 2 } })

  const answer = await sitrepCommand.run({
    ...anAsking(),
    options: { on: '2022-02-14', cohort: 'Seats by half-term' },
  })
  const report =
    answer.answer === 'report' ? sitrepJson.parse(JSON.parse(JSON.stringify(answer.json))) : undefined
  expect(report?.all).toMatchObject({ pupils: 3, withoutTransport: 3 })
  expect(report?.cohort).toMatchObject({
    frozen: 2,
    left: 0,
    members: { pupils: 2, withoutTransport: 2 },
    joiners: { pupils: 1, withoutTransport: 1 },
  })
  expect(answer.answer === 'report' && answer.text).toMatch(/Joined since +1 +1/)
})

test('a cohort is frozen once: its name is taken, its members cannot be changed, an unknown one is named', async () => {
  const again = await cohortFreezeCommand.run({ ...anAsking(), words: ['Seats by half-term'], options: {} })
  expect(again).toMatchObject({ answer: 'refused', sentence: expect.stringContaining('already frozen') })
  await expect(sql`update cohort set members = '{}'`).rejects.toThrow(/never changed/)

  const asked = { on: '2022-02-14', cohort: 'Seats by Easter' }
  expect(await sitrepCommand.run({ ...anAsking(), options: asked })).toEqual({
    answer: 'refused',
    sentence: 'No cohort is called "Seats by Easter". Choose one of: Seats by half-term.',
  })
})

test('what is remembered of a morning is what would be counted again', async () => {
  const counted = async () => ({ ...(await reportAsAt(sql, monday7)) })
  const remembered = await counted()
  expect((await sql`select count(*) from morning_remembered`)[0]).not.toEqual({ count: 0 })
  await sql`truncate morning_remembered`
  expect(await counted()).toEqual(remembered)
})

test('a county is asked once for a sealed revision, remembered by its rules, and asked anew once forgotten', async () => {
  const cut = await cutAt(sql, monday7)
  await forgetRemembered(sql)
  const asked = await peopleAt(sql, cut)
  expect(await peopleAt(sql, cut)).toEqual(asked)

  // Only what is remembered could answer with nobody.
  await sql`update county_remembered set legs = '{}' where revision = ${cut.revision}`
  expect(await peopleAt(sql, cut)).toEqual([])
  await sql`update county_remembered set rules = 'those of last year'`
  expect(await peopleAt(sql, cut)).toEqual(asked)
  await sql`update county_remembered set legs = '{}'`
  await forgetRemembered(sql)
  expect(await peopleAt(sql, cut)).toEqual(asked)
})

test('a revision that is still open is asked anew each time, and leaves nothing behind', async () => {
  await recordChange(sql, { by, reason: 'thought better of' }, async (tx) => {
    const asked = async () =>
      await tx`select distinct pupil_id from county_state(current_revision(), ${monday}::date)`
    const before = await asked()
    await aPupil(tx, { name: 'Dev Rao', school: 1, from: monday })
    expect(await asked()).toHaveLength(before.length + 1)
    expect(await tx`select from county_remembered where revision = current_revision()`).toHaveLength(0)
    return refuse('not after all')
  })
})

const weekdays = (from: string, until: string): number =>
  eachDay(plainDate(from), plainDate(until)).filter((day) => weekdayOf(day) <= 5).length
