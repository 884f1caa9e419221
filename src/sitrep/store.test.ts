import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { aPupil, aRun, aSchool, aSeat, state } from '../travel-arrangements/testing.ts'
import { sitrepCommand } from './sitrep.command.ts'
import { situationPupilsPage } from './situation-pupils.page.ts'
import { legsAsAt, sitrepAsAt } from './store.ts'
import { todayPage } from './today.page.ts'

const { sql } = realDatabase()
const september = plainDate('2021-09-01')
const monday = plainDate('2022-02-14')
const by = 1 as PersonId
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
  const legs = await legsAsAt(sql, { on: monday, knownAt: instant('2022-02-14T07:00') }, ['no-offer'])
  expect(legs.find(({ pupil, direction }) => pupil === made.amara && direction === 1)).toMatchObject({
    name: 'Amara Osei',
    school: 'Oakfield School',
    reason: 'contract-not-in-force',
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
