import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { instant, momentAt, type PlainDate, plainDate, type WallTime } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { aPupil, aSchool, state } from '../travel-arrangements/testing.ts'
import { cutAt, peopleAt } from './store.ts'

// Two schools of one council: Alder keeps the county's half-term, Beech over the border is open in that week.
const { sql } = realDatabase()
const from = plainDate('2021-09-01')
const by = 1 as PersonId
const made = { alder: 0, beech: 0, atAlder: 0, atBeech: 0 }

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  await recordChange(sql, { by, reason: 'first load', at: instant('2021-07-01T09:00') }, async (tx) => {
    made.alder = await aSchool(tx, { name: 'Alder School', from })
    made.beech = await aSchool(tx, { name: 'Beech School', from })
    made.atAlder = await aPupil(tx, { name: 'Amara Osei', school: made.alder, from })
    made.atBeech = await aPupil(tx, { name: 'Ben Hale', school: made.beech, from })
    for (const school_id of [made.alder, made.beech]) {
      await state(tx, 'school_term', { school_id, name: 'Spring', valid: '[2022-01-04,2022-04-09)' })
      await state(tx, 'school_term', { school_id, name: 'Summer', valid: '[2022-04-25,2022-07-21)' })
    }
    const halfTerm = {
      school_id: made.alder,
      kind: 'half-term',
      part: 'whole-day',
      valid: '[2022-02-14,2022-02-21)',
    }
    await state(tx, 'school_closure', halfTerm)
    await state(tx, 'bank_holiday', { name: 'Early May', valid: '[2022-05-02,2022-05-03)' })
    const inset = {
      school_id: made.beech,
      kind: 'inset',
      part: 'whole-day',
      valid: '[2022-03-04,2022-03-05)',
    }
    await state(tx, 'school_closure', inset)
    return ok(null)
  })
  await recordChange(sql, { by, reason: 'Snow at Alder', at: instant('2022-01-27T06:10') }, async (tx) => {
    const snow = {
      school_id: made.alder,
      kind: 'closure',
      part: 'whole-day',
      reason: 'Snow',
      valid: '[2022-01-27,2022-01-28)',
    }
    await state(tx, 'school_closure', snow)
    return ok(null)
  })
})

/** Where the pupils of both schools stand on a day, as known at a wall time of it: Alder's first. */
async function both(on: string, time = '07:00') {
  const day: PlainDate = plainDate(on)
  const people = await peopleAt(sql, await cutAt(sql, { on: day, knownAt: momentAt(day, time as WallTime) }))
  return [made.atAlder, made.atBeech].map((pupil) => people.find((one) => one.pupil === pupil)?.toSchool)
}

test('scenario 9: the first travelling day is each school’s own: one is on half-term while the other teaches', async () => {
  for (const day of ['2022-02-14', '2022-02-18'])
    expect(await both(day)).toEqual(['not-requiring', 'no-offer'])
  expect(await both('2022-02-21')).toEqual(['no-offer', 'no-offer'])
})

test.each([
  ['a bank holiday closes every school', '2022-05-02', ['not-requiring', 'not-requiring']],
  ['an INSET day, one', '2022-03-04', ['no-offer', 'not-requiring']],
  ['snow, one', '2022-01-27', ['not-requiring', 'no-offer']],
  [
    'the Monday after the clocks go forward is a school day like any other',
    '2022-03-28',
    ['no-offer', 'no-offer'],
  ],
  ['the Sunday on which they do is none', '2022-03-27', ['not-requiring', 'not-requiring']],
])('scenario 80: %s', async (_what, day, standing) => {
  expect(await both(day)).toEqual(standing)
})

test('scenario 80: seven in the morning is seven by the clock on the wall, before and after it changes', async () => {
  expect(momentAt(plainDate('2022-03-25'), '07:00' as WallTime)).toBe('2022-03-25T07:00:00Z')
  expect(momentAt(plainDate('2022-03-28'), '07:00' as WallTime)).toBe('2022-03-28T06:00:00Z')
})

test('scenario 80: snow that was known at ten past six was not known at six', async () => {
  expect(await both('2022-01-27', '06:00')).toEqual(['no-offer', 'no-offer'])
  expect(await both('2022-01-27', '06:15')).toEqual(['not-requiring', 'no-offer'])
})
