import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { ContractId, PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { aPupil, aRun, aSchool, aSeat, state } from '../travel-arrangements/testing.ts'
import { contractPage } from './contracts.page.ts'

const { sql } = realDatabase()
const from = plainDate('2022-02-14')
const by = 1 as PersonId
let contract: ContractId

/** A contract from Monday 14 February with a route to a school on half-term and one to a school over the border. */
beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  const done = await recordChange(
    sql,
    { by, reason: 'first load', at: instant('2022-01-10T09:00') },
    async (tx) => {
      const alder = await aSchool(tx, { name: 'Alder School', from: plainDate('2021-09-01') })
      const beech = await aSchool(tx, { name: 'Beech School', from: plainDate('2021-09-01') })
      const week = {
        school_id: alder,
        kind: 'half-term',
        part: 'whole-day',
        valid: '[2022-02-14,2022-02-21)',
      }
      await state(tx, 'school_closure', week)
      const made = await aRun(tx, { school: alder, from })
      contract = made.contract as ContractId
      const [other] = await tx<{ run: number; route: number }[]>`
      with r as (insert into route default values returning route_id)
      insert into run (route_id, direction) select route_id, 1 from r returning run_id as run, route_id as route`
      const valid = `[${from},)`
      const terms = { route_id: other?.route, contract_id: contract, code: 'R2', school_id: beech, valid }
      await state(tx, 'route_terms', terms)
      await state(tx, 'run_plan', { run_id: other?.run, vehicle_type: 'car', days: '{[0,5),[7,12)}', valid })
      for (const [name, school, run] of [
        ['Amara Osei', alder, made.run],
        ['Ben Hale', beech, other?.run ?? 0],
      ] as const) {
        const pupil = await aPupil(tx, { name, school, from: plainDate('2021-09-01') })
        await aSeat(tx, { pupil, run, from })
      }
      return ok(null)
    },
  )
  expect(done.ok).toBe(true)
})

const opened = async (on: string, now: Instant = instant(`${on}T09:00`)) => {
  const person = { id: by, name: 'Helen Marsh', roles: ['manager'] as const }
  return textOf(
    await contractPage.get(
      aVisit(sql, { params: { contractId: String(contract) }, query: { on }, now, person }),
    ),
  )
}

test('scenario 9: the first travelling day and the time left until it are each school’s own', async () => {
  expect(await opened('2022-02-07')).toMatch(
    /Beech School 14 February 2022 7 days 0 of 1 .*Alder School 21 February 2022 14 days 0 of 1/,
  )
  expect(await opened('2022-02-14')).toMatch(/14 February 2022 On this day .*21 February 2022 7 days/)
  expect(await opened('2022-02-18')).toMatch(/14 February 2022 Has begun .*21 February 2022 3 days/)
  expect(await opened('2022-03-01')).not.toContain('First travelling day')
})

test('whoever has every step in place for their school’s first day is counted as confirmed', async () => {
  const [told] = await sql<{ run: number; pupil: number }[]>`
    select run_id as run, pupil_id as pupil from travel_arrangement join run using (run_id)
      join route_terms using (route_id) where code = 'R2'`
  await recordChange(sql, { by, reason: 'all in place', at: instant('2022-02-08T09:00') }, async (tx) => {
    const [made] = await tx<{ crew: number; vehicle: number }[]>`
      with c as (insert into crew default values returning crew_id), v as (insert into vehicle default values returning vehicle_id)
      select crew_id as crew, vehicle_id as vehicle from c, v`
    const rostered = { run_id: told?.run, days: '{[0,5),[7,12)}', valid: `[${from},)` }
    await state(tx, 'run_crew', { ...rostered, crew_id: made?.crew, post: 'driver' })
    await state(tx, 'run_vehicle', { ...rostered, vehicle_id: made?.vehicle })
    for (const kind of ['dbs', 'badge', 'licence'])
      await state(tx, 'crew_check', { crew_id: made?.crew, kind, valid: `[${from},)` })
    for (const kind of ['mot', 'insurance'])
      await state(tx, 'vehicle_check', { vehicle_id: made?.vehicle, kind, valid: `[${from},)` })
    const said = { contract_id: contract, evidence: 'Letter', given_on: '2022-02-08', valid: `[${from},)` }
    for (const [kind, run_id, pupil_id] of [
      ['contract-signed', 0, 0],
      ['operator-accepted', told?.run, 0],
      ['crew-and-vehicle-checked', told?.run, 0],
      ['school-told', told?.run, 0],
      ['family-told', told?.run, told?.pupil],
    ])
      await state(tx, 'confirmation', { ...said, kind, run_id, pupil_id })
    // Nothing is arranged home again: that journey is not of this contract.
    return ok(null)
  })
  expect(await opened('2022-02-09')).toMatch(
    /Beech School 14 February 2022 5 days 1 of 1 .*Alder School .* 12 days 0 of 1/,
  )
})
