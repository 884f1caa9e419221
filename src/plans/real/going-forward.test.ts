import { spawn } from 'node:child_process'
import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { acceptGaps, previewChange, recordChange } from '#changeover/store'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import { instant, plainDate } from '#ground/time.ts'
import { beginRevision, revisionKnownAt, stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { anomaliesOf, doAboutAnomaly } from '../anomalies/anomaly-store.ts'
import { choose } from '../scenario/scenario-store.ts'
import { acceptPlan, makePlanReal, takeAcceptanceBack, takePlanBack } from './going-forward-store.ts'
import {
  beginsOn,
  keptPlanOf,
  type PlannedCounty,
  plannedCounty,
  scenarioOf,
  taxi,
  today,
} from './testing.ts'

const { sql, inTransaction, url } = realDatabase()
const lastDay = plainDate('2022-07-22')
let county: PlannedCounty
let clock = 20

beforeAll(async () => {
  county = await plannedCounty(sql)
})

const at = () => instant(`2022-02-14T0${Math.floor(clock / 60) + 8}:${String(clock++ % 60).padStart(2, '0')}`)
const manager = (reason: string) => ({ by: county.people.manager, reason, at: at() })
const which = (but: object = {}) => ({ scenario: county.scenario, plan: county.plan, today, ...but })
const operators = () => new Map([['Taxi', county.kestrel]])
const record = <T, R>(reason: string, work: (tx: TransactionSql) => Promise<Result<T, R>>) =>
  recordChange(sql, manager(reason), work)
const real =
  (but: object = {}) =>
  (tx: TransactionSql) =>
    makePlanReal(tx, { ...which(but), operators: operators(), lastDay })

/** Makes the plan real, and accepts by name that whoever was confirmed is provisional on its first day. */
async function madeReal() {
  const shown = await previewChange(sql, manager('What would happen'), real())
  if (!shown.ok) throw new Error(JSON.stringify(shown.refusal))
  const acceptance = { by: county.people.manager, reason: 'Told', change: 'Anew', until: beginsOn }
  return await record('Made real', async (tx) => {
    await acceptGaps(tx, shown.value.worse, acceptance)
    return await real()(tx)
  })
}

async function statesOn(day: string, revision?: number) {
  const known = revision ?? (await revisionKnownAt(sql, instant('2022-02-14T23:00')))
  const rows = await sql<{ pupil: PupilId; direction: number; state: string; missing: string[] }[]>`
    select pupil_id as pupil, direction, state, missing
      from travel_state(${known}, array[${day}::date]) order by pupil_id, direction`
  return new Map(rows.map(({ pupil, direction, ...stands }) => [`${pupil} ${direction}`, stands]))
}
const refusalOf = <R>(refused: unknown) => (refused as { refusal: R }).refusal
const written = async () => {
  const [row] = await sql`
    select (select count(*) from route) as routes, (select count(*) from contract) as contracts,
           (select count(*) from travel_arrangement) as arrangements, (select count(*) from plan_step) as steps,
           (select count(*) from revision) as revisions`
  return row
}

test('a plan that nobody accepted is not made real, and an acceptance is taken back once', async () => {
  const stands = { ok: false, refusal: { because: 'stands-elsewhere', standing: 'found' } }
  expect(await record('Too soon', real())).toEqual(stands)
  expect(await record('Nothing to take', (tx) => takeAcceptanceBack(tx, which()))).toEqual(stands)
  expect(await record('No such', (tx) => acceptPlan(tx, which({ plan: 99 })))).toMatchObject({
    refusal: { because: 'no-such-plan' },
  })
  expect(await record('Accepted', (tx) => acceptPlan(tx, which()))).toMatchObject({ ok: true })
  expect(await record('Twice', (tx) => acceptPlan(tx, which()))).toMatchObject({
    refusal: { because: 'stands-elsewhere', standing: 'accepted' },
  })
})

test('made real, it is refused while a child who is confirmed would be less, unless a manager accepts that by name', async () => {
  const before = await written()
  const refused = await record('Made real', real())
  expect(refused).toMatchObject({ ok: false, refusal: { because: 'pupils-would-be-worse-off' } })
  const { ffion, ivy } = county.pupils
  const { worse } = refusalOf<{ worse: { pupil: PupilId; after: string }[] }>(refused)
  expect([...new Set(worse.map(({ pupil }) => pupil))].sort()).toEqual([ffion, ivy].sort())
  expect(worse.every(({ after }) => after === 'provisional')).toBe(true)
  expect(await written()).toEqual(before)
})

test('killed with kill -9 in the middle, it leaves nothing', { timeout: 60_000 }, async () => {
  const before = await written()
  const { scenario, plan, kestrel, people } = county
  const script = `
    import { connect } from '#adapters/postgres/connect.ts'
    import { recordChange } from '#changeover/store'
    import { makePlanReal } from './src/plans/real/going-forward-store.ts'
    const making = { scenario: ${scenario}, plan: ${plan}, today: '${today}', lastDay: '${lastDay}' }
    const operators = new Map([['Taxi', ${kestrel}]])
    const author = { by: ${people.manager}, reason: 'Made real' }
    await recordChange(connect('${url()}', { atMost: 1 }), author, (tx) => makePlanReal(tx, { ...making, operators }))`
  // Held up where the first seat is given, when contracts, routes and runs are written and not yet committed.
  await sql.begin(async (tx) => {
    await tx`lock table travel_arrangement in share mode`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    const ended = new Promise((done) => child.once('exit', (_code, signal) => done(signal)))
    await heldUp(1)
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
  })
  await heldUp(0)
  expect(await written()).toEqual(before)
})

/** Waits until so many others wait to write an arrangement. */
async function heldUp(count: number): Promise<void> {
  for (;;) {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::integer as waiting from pg_locks
       where relation = 'travel_arrangement'::regclass and mode = 'RowExclusiveLock' and not granted
         and database = (select oid from pg_database where datname = current_database())`
    if (row?.waiting === count) return
    await new Promise((later) => setTimeout(later, 20))
  }
}

test('a kind of vehicle that nobody is to drive, and contracts that end too early, are refused', async () => {
  const but = (over: object) => (tx: TransactionSql) =>
    makePlanReal(tx, { ...which(), operators: operators(), lastDay, ...over })
  expect(await record('Nobody drives', but({ operators: new Map() }))).toMatchObject({
    refusal: { because: 'no-operator', offers: ['Taxi'] },
  })
  expect(await record('Ends first', but({ lastDay: plainDate('2022-02-27') }))).toMatchObject({
    refusal: { because: 'ends-before-it-begins' },
  })
})

test('made real, its pupils stand at their rung from the first day, everybody else where they were', async () => {
  const was = await statesOn('2022-02-28')
  const earlier = await statesOn('2022-02-17')
  expect(await madeReal()).toMatchObject({ ok: true })

  const is = await statesOn('2022-02-28')
  const { tomasz, ffion, ivy } = county.pupils
  const rungs = [
    'contract-signed',
    'operator-accepted',
    'crew-and-vehicle-checked',
    'family-told',
    'school-told',
  ]
  for (const pupil of [tomasz, ffion, ivy])
    for (const direction of [1, 2])
      expect(is.get(`${pupil} ${direction}`)).toEqual({ state: 'provisional', missing: rungs })
  for (const [who, stands] of was)
    if (![tomasz, ffion, ivy].some((pupil) => who.startsWith(`${pupil} `)))
      expect(is.get(who)).toEqual(stands)
  const without = (states: Map<string, { state: string }>) =>
    [...states].filter(([, { state }]) => state === 'no-offer').map(([who]) => who)
  expect(without(is)).toEqual(without(was))
  expect(await statesOn('2022-02-17')).toEqual(earlier)
})

test('its routes, runs and stops are written as they were planned', async () => {
  const routes = await sql`
    select r.code, r.name, r.school_id as school, c.reference, c.daily_rate_pence as rate
      from route_terms r join contract_terms c using (contract_id) join plan_route p using (route_id)
     order by r.code`
  const kept = {
    name: 'Beacon anew',
    school: county.beacon,
    reference: `P${county.plan}-OP${county.kestrel}`,
  }
  expect(routes).toEqual([
    // Two taxis at £90, and six miles each at £2.
    { code: `P${county.plan}-1`, ...kept, rate: 20_400 },
    { code: `P${county.plan}-2`, ...kept, rate: 20_400 },
  ])
  const [run] = await sql`
    select x.stops, x.vehicle_type as vehicle, x.layouts from run_plan x join run using (run_id) join plan_route p using (route_id)
     where direction = 1 order by x.run_id limit 1`
  const { tomasz, ffion } = county.pupils
  expect(run).toMatchObject({ vehicle: 'Taxi', layouts: [[4, 0]] })
  expect(run?.['stops']).toMatchObject([
    { at: '08:10', kind: 'home', pupil: tomasz },
    { at: '08:11', kind: 'home', pupil: ffion },
    { at: '08:40', kind: 'school', school: county.beacon },
  ])
})

test('two accepted plans that touch one pupil are refused, with who it is', async () => {
  const other = await scenarioOf(sql, county, { name: 'Beacon otherwise', at: at() })
  clock += 2
  const author = manager('Found')
  const plan = await keptPlanOf(sql, other, { runs: taxi(0, [county.pupils.ivy]), author })
  const refused = await record('Accepted', (tx) => acceptPlan(tx, which({ scenario: other, plan })))
  expect(refused).toMatchObject({ refusal: { because: 'in-the-way' } })
  const { inTheWay } = refusalOf<{ inTheWay: object[] }>(refused)
  const others = [{ scenario: 'Beacon anew', plan: county.plan, pupils: [county.pupils.ivy] }]
  expect(inTheWay).toContainEqual({ because: 'planned-elsewhere', others })
})

test('scenario 34: a plan with something odd in it waits until a named owner accepts that', async () => {
  const { scenario } = county
  const odd = { kind: 'very-early-pick-up' as const, key: 'odd', runs: [], minutes: null }
  const anomalies = [{ ...odd, pupils: [county.pupils.ivy] }]
  const plan = await keptPlanOf(sql, scenario, { runs: [], anomalies, author: manager('Found') })
  const refused = await record('Accepted', (tx) => acceptPlan(tx, which({ plan })))
  const { inTheWay } = refusalOf<{ inTheWay: object[] }>(refused)
  expect(inTheWay).toContainEqual({ because: 'anomalies-open', anomalies: 1 })

  const [anomaly] = await anomaliesOf(sql, { scenario, plan })
  const doing = { step: 'accepted' as const, owner: county.people.manager, says: 'The family asked for it' }
  await doAboutAnomaly(sql, anomaly?.id ?? 0, { doing, author: manager('Accepted') })
  const later = await record('Accepted', (tx) => acceptPlan(tx, which({ plan })))
  expect(
    refusalOf<{ inTheWay: { because: string }[] }>(later).inTheWay.map(({ because }) => because),
  ).toEqual(['another-is-accepted', 'register-differs'])
})

test('taken back before its day, everybody is where they were, and what was believed meanwhile is still known', async () => {
  const meanwhile = await revisionKnownAt(sql, instant('2022-02-14T23:00'))
  const { ffion } = county.pupils
  expect(await record('Taken back', (tx) => takePlanBack(tx, which()))).toEqual({ ok: true, value: 6 })

  expect((await statesOn('2022-02-28')).get(`${ffion} 1`)).toEqual({ state: 'confirmed', missing: [] })
  expect((await statesOn('2022-02-28', meanwhile)).get(`${ffion} 1`)?.state).toBe('provisional')
  const left = await sql`
    select from route_terms r join plan_route using (route_id) where upper_inf(r.known) and upper_inf(r.valid)`
  expect(left).toHaveLength(0)
  const [{ first_bad: bad } = {}] = await sql`select first_bad from verify_audit()`
  expect(bad).toBeNull()
})

test('whose need changed since it was planned is named, and the plan waits until they are dealt with', async () => {
  const { ivy } = county.pupils
  await inTransaction(async (tx) => {
    await beginRevision(tx, manager('Ivy uses a wheelchair now'))
    const need = { mobility: 'wheelchair', wheelchair_travel: 'ride-on', assistant: 'none' }
    await stateFact(tx, 'travel_need', { pupil_id: ivy, ...need, valid: '[2022-02-14,2022-07-23)' })
  })
  const refused = await record('Made real', real())
  expect(refused).toMatchObject({
    refusal: {
      because: 'in-the-way',
      inTheWay: [
        { because: 'register-differs', differences: [{ pupil: ivy, name: 'Ivy Lane', kinds: ['need'] }] },
      ],
    },
  })

  const author = manager('Her taxi is found by hand')
  await choose(sql, { scenario: county.scenario, pupil: ivy, choice: 'left-out', author })
  const was = (await statesOn('2022-02-28')).get(`${ivy} 1`)
  expect(await madeReal()).toMatchObject({
    ok: true,
    value: { pupils: [expect.any(Number), expect.any(Number)] },
  })
  expect((await statesOn('2022-02-28')).get(`${ivy} 1`)).toEqual(was)
})

test('on its first day nothing is taken back, and nothing is accepted that was to begin already', async () => {
  const late = which({ today: beginsOn })
  expect(await record('Too late', (tx) => takePlanBack(tx, late))).toEqual({
    ok: false,
    refusal: { because: 'begun', on: beginsOn },
  })
  expect(await record('Back', (tx) => takePlanBack(tx, which()))).toMatchObject(ok(4))
  await record('Unaccepted', (tx) => takeAcceptanceBack(tx, which()))
  expect(await record('Accepted', (tx) => acceptPlan(tx, late))).toMatchObject({
    refusal: { because: 'in-the-way', inTheWay: [{ because: 'begins-in-the-past', on: beginsOn }] },
  })
})
