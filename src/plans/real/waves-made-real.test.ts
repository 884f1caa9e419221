import type { TransactionSql } from 'postgres'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { acceptGaps, previewChange, recordChange } from '#changeover/store'
import type { PupilId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import { instant, plainDate } from '#ground/time.ts'
import { beginRevision, stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { choosePhasing } from '../phasing/phasing-store.ts'
import { madeRealInWords } from './going-forward.view.ts'
import { acceptPlan, makePlanReal, takePlanBack } from './going-forward-store.ts'
import { routesOfPlan } from './step-store.ts'
import { beginsOn, type PlannedCounty, plannedCounty, today } from './testing.ts'

const { sql, inTransaction } = realDatabase()
const secondWave = plainDate('2022-03-07')
const lastDay = plainDate('2022-07-22')
let county: PlannedCounty
let clock = 20

// The taxi of Tomasz and Ffion comes on 28 February, that of Ivy a week later. Ffion and Ivy ride BEA-01 until then.
beforeAll(async () => {
  county = await plannedCounty(sql)
  // The driver's licence would lapse between the waves.
  await inTransaction(async (tx) => {
    await beginRevision(tx, manager('The licence is renewed'))
    const [{ crew_id: crew } = {}] = await tx`select crew_id from crew_check where kind = 'licence'`
    const valid = '[2022-03-01,2023-03-01)'
    await stateFact(tx, 'crew_check', { crew_id: crew, kind: 'licence', reference: 'L-3', valid })
  })
  const { tomasz, ffion, ivy } = county.pupils
  const waves = [
    { on: beginsOn, runs: ['V1'], pupils: [tomasz, ffion] },
    { on: secondWave, runs: ['V2'], pupils: [ivy] },
  ]
  const phasing = {
    school: county.beacon,
    pupils: 3,
    changing: [ffion, ivy],
    required: true,
    beyondRule: [],
    waves,
  }
  await choosePhasing(sql, { plan: county.plan, phasings: [phasing], author: manager('A week apart') })
  await record('Accepted', (tx) => acceptPlan(tx, which()))
})

const at = () => instant(`2022-02-14T0${Math.floor(clock / 60) + 8}:${String(clock++ % 60).padStart(2, '0')}`)
const manager = (reason: string) => ({ by: county.people.manager, reason, at: at() })
const which = (but: object = {}) => ({ scenario: county.scenario, plan: county.plan, today, ...but })
const record = <T, R>(reason: string, work: (tx: TransactionSql) => Promise<Result<T, R>>) =>
  recordChange(sql, manager(reason), work)
const real =
  (but: object = {}) =>
  (tx: TransactionSql) =>
    makePlanReal(tx, { ...which(), operators: new Map([['Taxi', county.kestrel]]), lastDay, ...but })

/** Makes it real, and accepts by name that whoever was confirmed is provisional from their wave on. */
async function madeReal() {
  const shown = await previewChange(sql, manager('What would happen'), real())
  if (!shown.ok) throw new Error(JSON.stringify(shown.refusal))
  const { worse } = shown.value
  const acceptance = {
    by: county.people.manager,
    reason: 'Told',
    change: 'Anew',
    until: plainDate('2022-04-01'),
  }
  const done = await record('Made real', async (tx) => {
    await acceptGaps(tx, worse, acceptance)
    return await real()(tx)
  })
  if (!done.ok) throw new Error(JSON.stringify(done.refusal))
  return { worse, made: done.value }
}

/** By pupil, the codes of the routes they have a seat on, on a day, in the morning. */
async function seatsOn(day: string) {
  const rows = await sql<{ pupil: PupilId; codes: string[] }[]>`
    select a.pupil_id as pupil, array_agg(t.code) as codes
      from travel_arrangement a join run using (run_id)
      join route_terms t on t.route_id = run.route_id and upper_inf(t.known) and t.valid @> ${day}::date
     where upper_inf(a.known) and a.valid @> ${day}::date and a.direction = 1 and a.days @> 0
     group by a.pupil_id`
  return new Map(rows.map(({ pupil, codes }) => [pupil, codes]))
}

/** What is believed now of every run, route and seat; stretches that follow one another are one. */
const travel = async () => {
  const [row] = await sql<{ all: unknown }[]>`
    select jsonb_build_object(
      'runs', (select jsonb_agg(x order by x::text) from (
        select run_id, days::text, stops, range_agg(valid)::text as valid from run_plan where upper_inf(known)
         group by run_id, days::text, stops) x),
      'routes', (select jsonb_agg(x order by x::text) from (
        select route_id, code, contract_id, range_agg(valid)::text as valid from route_terms where upper_inf(known)
         group by route_id, code, contract_id) x),
      'seats', (select jsonb_agg(x order by x::text) from (
        select pupil_id, direction, days::text, kind, run_id, range_agg(valid)::text as valid
          from travel_arrangement where upper_inf(known) group by pupil_id, direction, days::text, kind, run_id) x)) as all`
  return row?.all
}

let before: unknown
beforeEach(async () => {
  before = await travel()
})

describe('a plan that comes in waves', () => {
  test('is refused while somebody confirmed would be less from the day of their own wave', async () => {
    const refused = await record('Made real', real())

    expect(refused).toMatchObject({ ok: false, refusal: { because: 'pupils-would-be-worse-off' } })
    const { worse } = (refused as unknown as { refusal: { worse: { pupil: PupilId; firstDay: string }[] } })
      .refusal
    const { ffion, ivy } = county.pupils
    expect(new Map(worse.map(({ pupil, firstDay }) => [pupil, firstDay]))).toEqual(
      new Map([
        [ffion, beginsOn],
        [ivy, secondWave],
      ]),
    )
    expect(await travel()).toEqual(before)
  })

  test('needs contracts that last beyond its last wave', async () => {
    expect(await record('Ends first', real({ lastDay: plainDate('2022-03-06') }))).toMatchObject({
      refusal: { because: 'ends-before-it-begins', from: secondWave },
    })
  })

  test('moves each pupil on the day of their wave, nobody twice, and closes the run they leave', async () => {
    const { made } = await madeReal()

    const { tomasz, ffion, ivy } = county.pupils
    const codes = [1, 2].map((n) => [`P${county.plan}-${n}`])
    const first = await seatsOn('2022-02-28')
    expect([first.get(tomasz), first.get(ffion)]).toEqual([codes[0], codes[0]])
    expect(first.get(ivy)).toEqual([expect.not.stringMatching(/^P/)])
    const second = await seatsOn('2022-03-07')
    expect([second.get(ffion), second.get(ivy)]).toEqual([codes[0], codes[1]])
    for (const day of ['2022-02-25', '2022-02-28', '2022-03-04', '2022-03-07'])
      for (const held of (await seatsOn(day)).values()) expect(held).toHaveLength(1)

    expect(made.old.ended.map(({ run, from }) => [run, from])).toEqual([
      [county.runs.morning, secondWave],
      [county.runs.afternoon, secondWave],
    ])
    const [plan] = await sql`
      select max(upper(valid))::text as ends from run_plan where run_id = ${county.runs.morning} and upper_inf(known)`
    expect(plan?.['ends']).toBe(secondWave)
    expect(
      (await routesOfPlan(sql, county.plan, beginsOn)).map(({ from, reference, pupils }) => [
        from,
        reference,
        pupils,
      ]),
    ).toEqual([
      [beginsOn, `P${county.plan}-OP${county.kestrel}-W1`, 2],
      [secondWave, `P${county.plan}-OP${county.kestrel}-W2`, 1],
    ])
    const words = madeRealInWords(made).join('\n')
    expect(words).toMatch(/2 pupils get a seat on 1 new route from 28 February 2022/)
    expect(words).toMatch(/1 pupil gets a seat on 1 new route from 7 March 2022/)
    expect(words).toMatch(/2 runs on which nobody is left end: .* to school from 7 March 2022/)
  })

  test('between its waves, takes the later one back: its pupil keeps the run they have, which goes on', async () => {
    expect(
      await record('Not yet', (tx) => takePlanBack(tx, which({ today: plainDate('2022-03-01') }))),
    ).toMatchObject({
      ok: true,
      value: 2,
    })

    const { ffion, ivy } = county.pupils
    const [later] = [await seatsOn('2022-03-07')]
    expect(later.get(ffion)).toEqual([`P${county.plan}-1`])
    expect(later.get(ivy)).toEqual((await seatsOn('2022-02-25')).get(ivy))
    const [plan] = await sql`
      select from run_plan where run_id = ${county.runs.morning} and upper_inf(known) and valid @> '2022-03-07'::date`
    expect(plan).toBeDefined()
    expect(await routesOfPlan(sql, county.plan, beginsOn)).toHaveLength(1)
    expect(
      await record('Twice', (tx) => takePlanBack(tx, which({ today: plainDate('2022-03-01') }))),
    ).toMatchObject({ refusal: { because: 'begun', on: beginsOn } })
  })

  test('before its first day, is taken back whole: every run, route and seat is as it was', async () => {
    await record('All back', (tx) => takePlanBack(tx, which()))
    const whole = await travel()
    await madeReal()
    expect(await travel()).not.toEqual(whole)

    expect(await record('Back again', (tx) => takePlanBack(tx, which()))).toMatchObject({
      ok: true,
      value: 6,
    })
    expect(await travel()).toEqual(whole)
    const [{ first_bad: bad } = {}] = await sql`select first_bad from verify_audit()`
    expect(bad).toBeNull()
  })
})
