/** Scenario 1 at the size it is told in: 5,600 pupils in the midst of a re-tender, one in nine in each travel state. */
import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { travelStates } from '#travel-arrangements'
import { aRun, aSchool, state } from '../travel-arrangements/testing.ts'
import { forgetRemembered } from './morning-store.ts'
import { sitrepAsAt } from './store.ts'

const { sql } = realDatabase()
const from = plainDate('2021-09-01')
const by = 1 as PersonId
const PUPILS = 5600
const that7 = { on: plainDate('2022-02-14'), knownAt: instant('2022-02-14T07:00') }

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  await recordChange(sql, { by, reason: 'first load', at: instant('2021-09-01T09:00') }, async (tx) => {
    await everyPupil(tx, await aSchool(tx, { name: 'Oakfield School', from }))
    return ok(null)
  })
}, 60_000)

/** The pupils of every ninth number are in one state: 0 away, 1 confirmed, 2 with a rung missing, and so on. */
async function everyPupil(tx: TransactionSql, school: number): Promise<void> {
  const { run, contract } = await aRun(tx, { school, from })
  await inPlace(tx, { run, contract })
  await tx`insert into pupil (revision) select current_revision() from generate_series(1, ${PUPILS})`
  await tx`insert into pupil_registration (pupil_id, valid) select pupil_id, '[2021-09-01,)' from pupil`
  await tx`
    insert into placement (pupil_id, school_id, pattern, valid)
    select pupil_id, ${school}, '{[0,28)}', '[2021-09-01,)' from pupil`
  await tx`
    insert into eligibility (pupil_id, state, grounds, valid)
    select pupil_id, case pupil_id % 9 when 8 then 'pending' else 'eligible' end, '{cannot-reasonably-walk}', '[2021-09-01,)' from pupil`
  await tx`
    insert into pupil_absence (pupil_id, notified_by, valid)
    select pupil_id, 'family', '[2022-02-14,2022-02-15)' from pupil where pupil_id % 9 = 0`
  await tx`
    insert into travel_arrangement (pupil_id, direction, kind, run_id, reason, valid)
    select pupil_id, direction, kind, case kind when 'seat' then ${run}::integer end, 'Re-tender',
           case kind when 'temporary-vehicle' then '[2021-09-01,2022-04-01)' else '[2021-09-01,)' end::daterange
      from pupil
     cross join generate_series(1, 2) direction
     cross join lateral (select (array['seat', 'seat', 'travel-pass', 'temporary-vehicle', 'interim-parental', 'offer-declined'])[pupil_id % 9]) k (kind)
     where pupil_id % 9 between 1 and 6`
  await tx`
    insert into confirmation (kind, contract_id, run_id, pupil_id, evidence, given_on, valid)
    select 'family-told', ${contract}::integer, ${run}::integer, pupil_id, 'Text delivered', '2021-09-01', '[2021-09-01,)'
      from pupil where pupil_id % 9 = 1`
}

/** Everything of the run but what each family is told. */
async function inPlace(tx: TransactionSql, { run, contract }: { run: number; contract: number }) {
  const [made] = await tx<{ crew: number; vehicle: number }[]>`
    with c as (insert into crew default values returning crew_id), v as (insert into vehicle default values returning vehicle_id)
    select crew_id as crew, vehicle_id as vehicle from c, v`
  const valid = '[2021-09-01,)'
  const days = '{[0,5),[7,12)}'
  await state(tx, 'run_crew', { run_id: run, crew_id: made?.crew, post: 'driver', days, valid })
  await state(tx, 'run_vehicle', { run_id: run, vehicle_id: made?.vehicle, days, valid })
  for (const kind of ['dbs', 'badge', 'licence'])
    await state(tx, 'crew_check', { crew_id: made?.crew, kind, valid })
  for (const kind of ['mot', 'insurance'])
    await state(tx, 'vehicle_check', { vehicle_id: made?.vehicle, kind, valid })
  const said = { contract_id: contract, pupil_id: 0, evidence: 'Letter', given_on: '2021-08-20', valid }
  await state(tx, 'confirmation', { ...said, kind: 'contract-signed', run_id: 0 })
  for (const kind of ['operator-accepted', 'crew-and-vehicle-checked', 'school-told'])
    await state(tx, 'confirmation', { ...said, kind, run_id: run })
}

test('scenario 1: of 5,600 pupils the nine states sum to 5,600 both ways, and a month later the same instant says the same', async () => {
  const then = await sitrepAsAt(sql, that7)
  expect(then.population).toBe(PUPILS)
  for (const { states } of Object.values(then.directions)) {
    expect(Object.keys(states)).toHaveLength(9)
    expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(PUPILS)
    for (const { state } of travelStates) expect([622, 623]).toContain(states[state])
  }

  // A month later much is learned of that very day: who had left, who rode after all, whose contract had been signed late.
  const learned = { by, reason: 'put right', at: instant('2022-03-10T09:00') }
  const done = await recordChange(sql, learned, async (tx) => {
    const [run = { run: 0, contract: 0 }] = await tx<{ run: number; contract: number }[]>`
      select run_id as run, contract_id as contract from confirmation where run_id > 0 limit 1`
    for (let pupil = 1; pupil <= 90; pupil++) {
      const valid = '[2022-02-01,2022-03-01)'
      if (pupil % 9 === 7) await state(tx, 'travel_arrangement', { ...seat(pupil, run.run), valid })
      if (pupil % 9 === 3)
        await tx`select withdraw_fact('pupil_registration', ${tx.json({ pupil_id: pupil, valid })})`
    }
    const signed = { kind: 'contract-signed', contract_id: run.contract, run_id: 0, pupil_id: 0 }
    await tx`select withdraw_fact('confirmation', ${tx.json({ ...signed, valid: '[2021-09-01,2022-02-20)' })})`
    return ok(null)
  })
  expect(done.ok).toBe(true)
  await forgetRemembered(sql)

  expect(await sitrepAsAt(sql, that7)).toEqual(then)
  const now = await sitrepAsAt(sql, { ...that7, knownAt: instant('2022-03-14T07:00') })
  expect(now.population).toBe(PUPILS - 10)
  expect(now.directions['to-school'].states.confirmed).toBe(0)
  expect(now.directions['to-school'].states['no-offer']).toBe(
    then.directions['to-school'].states['no-offer'] - 10,
  )
})

const seat = (pupil_id: number, run_id: number) => ({
  pupil_id,
  direction: 1,
  kind: 'seat',
  run_id,
  days: '{[0,5),[7,12)}',
})
