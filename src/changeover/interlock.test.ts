import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import { endContract, extendContract } from '#contracts/write-store'
import type { PersonId, PupilId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { recordOperator, revokeCheck } from '#operators/write-store'
import { endRoute, endRun, standDownCrew } from '#routes/write-store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { endTravel } from '#travel-arrangements/arrangement-store'
import { retract } from '#travel-arrangements/confirmation-store'
import { acceptGaps, previewChange, recordChange, type Worsening } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let minute = 0
/** Monday 7 February 2022, a minute later each time it is asked. */
const then = (): Instant => instant(`2022-02-07T09:${String(minute++).padStart(2, '0')}`)
const author = (reason: string) => ({ by: county.people.commissioner, reason, at: then() })
const manager = (reason: string) => ({ by: county.people.manager, reason, at: then() })
const friday = plainDate('2022-03-04')
const monday = plainDate('2022-03-07')
// The driver's licence ends with February: what is confirmed is confirmed until then.
const valentine = plainDate('2022-02-14')

beforeAll(async () => {
  county = await smallCounty(sql)
})

const whom = (worse: readonly Worsening[]) =>
  worse.map(({ pupil, direction, firstDay, before, after }) => ({
    pupil,
    direction,
    firstDay,
    before,
    after,
  }))

test('scenario 43: a contract is not let end over the heads of the children on it', async () => {
  const ending = { contract: county.running, lastDay: friday }
  const shown = await previewChange(sql, author('end C-0902'), (tx) => endContract(tx, ending))
  const { tomasz, ffion, ivy } = county.pupils
  const expected = [tomasz, ffion, ivy]
    .flatMap((pupil) => [
      { pupil, direction: 1, firstDay: monday },
      { pupil, direction: 2, firstDay: monday },
    ])
    .map((one) => ({
      ...one,
      before: one.pupil === tomasz ? 'provisional' : expect.stringMatching(/confirmed|provisional/),
      after: 'no-offer',
    }))
  expect(shown.ok && whom(shown.value.worse)).toEqual(expected)

  const tried = await recordChange(sql, author('end C-0902'), (tx) => endContract(tx, ending))
  expect(!tried.ok && tried.refusal.because).toBe('pupils-would-be-worse-off')
  const [terms] = await sql`select upper(valid) - 1 as last_day from contract_terms
                             where contract_id = ${county.running} and upper_inf(known)`
  expect(terms).toEqual({ last_day: '2023-07-22' })
})

test('scenario 43: a manager may accept it, for named pupils, until a day; one left out, or a day too few, and it is refused', async () => {
  const { tomasz, ffion, ivy } = county.pupils
  const shown = await previewChange(sql, author('end'), (tx) =>
    endContract(tx, { contract: county.running, lastDay: friday }),
  )
  if (!shown.ok) throw new Error('A preview is never refused by the interlock.')
  const accepting = (pupils: PupilId[], until: string) =>
    previewChange(sql, manager('hand-back'), async (tx) => {
      const gaps = shown.value.worse.filter(({ pupil }) => pupils.includes(pupil))
      const risk = {
        by: county.people.manager,
        reason: 'Successor signed, starts later',
        change: 'End C-0902',
      }
      await acceptGaps(tx, gaps, { ...risk, until: plainDate(until) })
      return await endContract(tx, { contract: county.running, lastDay: friday })
    })
  const unaccepted = async (pupils: PupilId[], until: string) => {
    const asked = await accepting(pupils, until)
    return asked.ok ? asked.value.worse.filter(({ accepted }) => !accepted).map(({ pupil }) => pupil) : []
  }
  expect(await unaccepted([tomasz, ffion, ivy], '2022-07-22')).toEqual([])
  expect([...new Set(await unaccepted([tomasz, ffion], '2022-07-22'))]).toEqual([ivy])
  expect(new Set(await unaccepted([tomasz, ffion, ivy], '2022-03-18'))).toEqual(new Set([tomasz, ffion, ivy]))
})

test('a contract that runs on instead is no threat to anybody', async () => {
  const later = { contract: county.running, lastDay: plainDate('2024-07-19') }
  const shown = await previewChange(sql, author('extend'), (tx) => extendContract(tx, later))
  expect(shown.ok && shown.value.worse).toEqual([])
})

// Every way in which a write of the program can loosen what carries a child.
const loosenings: Record<string, Parameters<typeof recordChange>[2]> = {
  'a contract ended': (tx) => endContract(tx, { contract: county.running, lastDay: friday }),
  'a route ended': async (tx) => ok(await endRoute(tx, county.route, monday)),
  'a run ended': async (tx) => ok(await endRun(tx, { run: county.runs.morning, from: monday })),
  'an operator suspended': async (tx) =>
    ok(
      await recordOperator(tx, county.kestrel, {
        name: 'Kestrel Cars',
        standing: 'suspended',
        from: valentine,
      }),
    ),
  'a driver stood down': async (tx) =>
    ok(await standDownCrew(tx, { run: county.runs.morning, crew: await driver(), from: valentine })),
  'a check revoked': async (tx) =>
    ok(await revokeCheck(tx, { crew: await driver() }, { kind: 'dbs', from: valentine })),
  'a seat ended': async (tx) =>
    ok(await endTravel(tx, { pupil: county.pupils.ffion, directions: [1], from: monday })),
  'an allowance ended': async (tx) =>
    ok(await endTravel(tx, { pupil: county.pupils.niamh, directions: [1, 2], from: monday })),
  'a signature taken back': async (tx) =>
    ok(await retract(tx, { rung: 'contract-signed', contract: county.running }, valentine)),
  'an acceptance taken back': async (tx) =>
    ok(
      await retract(
        tx,
        { rung: 'operator-accepted', contract: county.running, run: county.runs.morning },
        valentine,
      ),
    ),
}

async function driver() {
  const [row] = await sql<{ crew: never }[]>`select crew_id as crew from crew_particulars limit 1`
  return row?.crew as never
}

test.each(Object.keys(loosenings))('%s is refused with the names of those it would strand', async (what) => {
  const work = loosenings[what]
  if (!work) throw new Error('unreachable')
  const before = await sql`select revision from knowledge_clock`
  const tried = await recordChange(sql, author(what), work)
  expect(!tried.ok && tried.refusal).toMatchObject({ because: 'pupils-would-be-worse-off' })
  expect(await sql`select revision from knowledge_clock`).toEqual(before)
})

test.each([
  ['contract_terms', () => ({ contract_id: county.running })],
  ['route_terms', () => ({ route_id: county.route })],
  ['run_plan', () => ({ run_id: county.runs.morning, days: '{[0,5),[7,12)}' })],
  ['run_vehicle', () => ({ run_id: county.runs.morning, days: '{[0,5),[7,12)}' })],
])('psql itself cannot end a %s: the database asks at commit', async (table, subject) => {
  const written = sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'psql', 'by hand', ${then()}::timestamptz)`
    await tx`select withdraw_fact(${table}::regclass, ${tx.json({ ...subject(), valid: '[2022-02-14,)' } as never)})`
  })
  await expect(written).rejects.toMatchObject({ code: 'FB010' })
})

test('no table of facts can be written, changed or emptied outside a revision', async () => {
  const tables = await sql<{ name: string }[]>`select table_name as name from fact_kind order by 1`
  expect(tables.length).toBeGreaterThan(25)
  for (const { name } of tables) {
    await expect(sql`truncate ${sql(name)} cascade`, name).rejects.toThrow()
    const [row] = await sql`select count(*)::integer as rows from ${sql(name)}`
    if (row?.['rows'] === 0) continue
    await expect(sql`delete from ${sql(name)}`, name).rejects.toThrow()
    await expect(sql`update ${sql(name)} set valid = '[2020-01-01,2020-01-02)'`, name).rejects.toThrow()
  }
})

test('one place in the program opens a revision for what carries a child, and it asks the interlock', async () => {
  const guarded = (await sql<{ name: string }[]>`select table_name as name from guarded_fact`).map(
    ({ name }) => name,
  )
  const opening = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|testing\.ts$/.test(name))
    .filter((name) => /\bbeginRevision\(|begin_revision\(/.test(readFileSync(`src/${name}`, 'utf8')))
    .filter((name) => !name.startsWith('westmarch/'))
  expect(opening).toContain('changeover/store.ts')
  // Whoever opens one besides writes reports and cohorts, and names no fact on which a travel state hangs.
  const beside = opening.filter((name) => !['changeover/store.ts', 'knowledge/store.ts'].includes(name))
  const writesOf = new RegExp(`(insert into|update|delete from|Fact\\(tx, ')\\s*'?(${guarded.join('|')})\\b`)
  expect(beside.filter((name) => writesOf.test(readFileSync(`src/${name}`, 'utf8')))).toEqual([])
})

test('an acceptance is on record with its name, and lapses by itself', async () => {
  const { niamh } = county.pupils
  const by: PersonId = county.people.manager
  const until = plainDate('2022-03-11')
  const done = await recordChange(sql, manager('budget paused'), async (tx) => {
    const gaps = [1, 2].map((direction) => ({
      pupil: niamh,
      direction: direction as 1 | 2,
      firstDay: monday,
      after: 'no-offer',
    }))
    await acceptGaps(tx, gaps, { by, reason: 'Mother away; grandmother drives', change: 'Pause', until })
    await endTravel(tx, { pupil: niamh, directions: [1, 2], from: monday })
    await tx`select state_fact('travel_arrangement', ${tx.json({
      pupil_id: niamh,
      direction: 1,
      days: '{[0,5),[7,12)}',
      kind: 'personal-travel-budget',
      valid: '[2022-03-12,2022-07-23)',
    })})`
    await tx`select state_fact('travel_arrangement', ${tx.json({
      pupil_id: niamh,
      direction: 2,
      days: '{[0,5),[7,12)}',
      kind: 'personal-travel-budget',
      valid: '[2022-03-12,2022-07-23)',
    })})`
    return ok(null)
  })
  expect(done.ok).toBe(true)
  const accepted = await sql`
    select p.name as by, g.reason, upper(g.valid) - 1 as until, count(*)::integer as legs
      from accepted_gap g join person p on p.person_id = g.accepted_by
     where upper_inf(g.known) and pupil_id = ${niamh} group by 1, 2, 3`
  expect(accepted).toEqual([
    { by: 'Helen Marsh', reason: 'Mother away; grandmother drives', until: '2022-03-11', legs: 2 },
  ])
})
