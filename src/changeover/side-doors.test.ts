import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { endContract } from '#contracts/write-store'
import type { PersonId, PupilId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { stateFact, withdrawFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { endTravel, withdrawConsent } from '#travel-arrangements/arrangement-store'
import { retract } from '#travel-arrangements/confirmation-store'
import { acceptGaps, previewChange, recordChange, type Worsening } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let second = 0
/** Monday 7 February 2022, a second later each time it is asked. */
const then = (): Instant =>
  instant(
    `2022-02-07T09:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second++ % 60).padStart(2, '0')}`,
  )
const monday = plainDate('2022-02-14')
const by = (person: PersonId, reason = 'tried') => ({ by: person, reason, at: then() })

beforeAll(async () => {
  county = await smallCounty(sql)
})

type Work = (tx: TransactionSql) => Promise<unknown>
/** Whom a piece of work would make worse off, written down nowhere. */
async function worseBy(work: Work, person: PersonId = county.people.manager): Promise<readonly Worsening[]> {
  const shown = await previewChange(sql, by(person), async (tx) => ok(await work(tx)))
  if (!shown.ok) throw new Error('A preview is never refused by the interlock.')
  return shown.value.worse
}
/** What the database says to hand-written SQL: its error code, or 'done'. */
const byHand = (work: Work) =>
  sql
    .begin(async (tx) => {
      await tx`select begin_revision(1, 'psql', 'by hand', ${then()}::timestamptz)`
      await work(tx)
    })
    .then(
      () => 'done',
      (fault: { code?: string }) => fault.code,
    )
const everyDay = '{[0,5),[7,12)}'

test('consent taken back leaves a child without transport, so what replaces the allowance comes first', async () => {
  const withdraw: Work = (tx) =>
    withdrawConsent(tx, { pupil: county.pupils.niamh, kind: 'personal-travel-budget', from: monday })
  expect((await worseBy(withdraw)).map(({ after, reason }) => [after, reason])).toEqual([
    ['no-offer', 'consent-not-in-force'],
    ['no-offer', 'consent-not-in-force'],
  ])
})

test('a check newly required of every driver is refused while drivers have not got it', async () => {
  const checks = { driver: ['dbs', 'badge', 'licence', 'first-aid'], 'passenger-assistant': [], vehicle: [] }
  const worse = await worseBy((tx) =>
    stateFact(tx, 'policy', { name: 'required-checks', value: checks, valid: '[2022-02-14,)' }),
  )
  // Tomasz is provisional already, and Ivy and Ffion are confirmed until February ends.
  expect(new Set(worse.map(({ pupil }) => pupil))).toEqual(new Set([county.pupils.ffion, county.pupils.ivy]))
})

test('an operator of whom nothing was known is not first recorded as suspended over the heads of its children', async () => {
  const later = { operator_id: county.kestrel, name: 'Kestrel Cars', standing: 'suspended' }
  const [known] =
    await sql`select upper(valid) as until from operator_particulars where operator_id = ${county.kestrel}`
  expect(known).toEqual({ until: '2022-07-23' })
  const licence = { crew_id: 1, kind: 'licence', valid: '[2022-03-01,2023-06-01)' }
  const seats = [county.pupils.ffion, county.pupils.ivy]
  await recordChange(sql, by(county.people['transport-officer'], 'next year'), async (tx) => {
    await stateFact(tx, 'crew_check', licence)
    return ok(null)
  })
  const worse = await worseBy((tx) =>
    stateFact(tx, 'operator_particulars', { ...later, valid: '[2022-02-21,)' }),
  )
  expect(new Set(worse.map(({ pupil }) => pupil))).toEqual(new Set(seats))
})

test('a contract cut short two years from now is asked about two years from now', async () => {
  const { running, pupils } = county
  const longer = await recordChange(sql, by(county.people.commissioner, 'a long contract'), async (tx) => {
    for (const [table, key] of [
      ['contract_terms', { contract_id: running, operator_id: county.kestrel, reference: 'C-0902' }],
      [
        'route_terms',
        { route_id: county.route, contract_id: running, code: 'BEA-02', school_id: county.beacon },
      ],
      ['run_plan', { run_id: county.runs.morning, days: everyDay, vehicle_type: 'Minibus' }],
      [
        'travel_arrangement',
        { pupil_id: pupils.ffion, direction: 1, days: everyDay, kind: 'seat', run_id: county.runs.morning },
      ],
      ['placement', { pupil_id: pupils.ffion, school_id: county.beacon, pattern: '{[0,10),[14,24)}' }],
      ['eligibility', { pupil_id: pupils.ffion, state: 'eligible', grounds: ['special educational needs'] }],
    ] as const) {
      await stateFact(tx, table, { ...key, valid: '[2022-07-23,2027-07-23)' })
    }
    return ok(null)
  })
  expect(longer.ok).toBe(true)
  const ending: Work = (tx) => endContract(tx, { contract: running, lastDay: plainDate('2024-05-31') })
  const worse = await worseBy(ending)
  expect(worse.map(({ pupil, firstDay, after }) => [pupil, firstDay, after])).toEqual([
    [pupils.ffion, '2024-06-03', 'no-offer'],
  ])
  expect(
    await byHand((tx) =>
      withdrawFact(tx, 'contract_terms', { contract_id: running, valid: '[2024-06-01,)' }),
    ),
  ).toBe('FB010')
})

test('what was accepted as provisional is not accepted as nothing at all', async () => {
  const { ffion } = county.pupils
  const softer: Work = (tx) => retract(tx, { rung: 'contract-signed', contract: county.running }, monday)
  const gone: Work = (tx) => endTravel(tx, { pupil: ffion, directions: [1, 2], from: monday })
  const accepting =
    (work: Work): Work =>
    async (tx) => {
      const gaps = ([1, 2] as const).map((direction) => ({
        pupil: ffion,
        direction,
        firstDay: monday,
        after: 'provisional',
      }))
      const risk = {
        by: county.people.manager,
        reason: 'Being signed again',
        change: 'Terms',
        until: plainDate('2027-07-22'),
      }
      await acceptGaps(tx, gaps, risk)
      await work(tx)
    }
  const open = async (work: Work) =>
    (await worseBy(accepting(work))).filter(({ pupil, accepted }) => pupil === ffion && !accepted).length
  expect(await open(softer)).toBe(0)
  expect(await open(gone)).toBe(2)
})

test('an acceptance cannot be taken back while the child is as badly off as was accepted; afterwards it can', async () => {
  const { zoe } = county.pupils
  const accepted = await recordChange(sql, by(county.people.manager, 'hire ended'), async (tx) => {
    const gaps = ([1, 2] as const).map((direction) => ({
      pupil: zoe,
      direction,
      firstDay: monday,
      after: 'no-offer',
    }))
    const risk = {
      by: county.people.manager,
      reason: 'Mother drives',
      change: 'Hire',
      until: plainDate('2022-02-18'),
    }
    await acceptGaps(tx, gaps, risk)
    await endTravel(tx, { pupil: zoe, directions: [1, 2], from: monday })
    return ok(null)
  })
  expect(accepted.ok).toBe(true)
  const takeBack: Work = async (tx) => {
    for (const direction of [1, 2])
      await withdrawFact(tx, 'accepted_gap', { pupil_id: zoe, direction, valid: '[2022-02-16,)' })
  }
  const worse = await worseBy(takeBack)
  expect(worse.map(({ firstDay, lastDay, reason }) => [firstDay, lastDay, reason])).toEqual([
    ['2022-02-16', '2022-02-18', 'acceptance-taken-back'],
    ['2022-02-16', '2022-02-18', 'acceptance-taken-back'],
  ])
  const driven: Work = async (tx) => {
    for (const direction of [1, 2]) {
      const hire = {
        pupil_id: zoe,
        direction,
        days: everyDay,
        kind: 'temporary-vehicle',
        provider: 'Harbour Taxis',
      }
      await stateFact(tx, 'travel_arrangement', { ...hire, valid: '[2022-02-16,2022-02-19)' })
    }
    await takeBack(tx)
  }
  expect(await worseBy(driven)).toEqual([])
})

test('nobody accepts in another’s name, and nobody but a manager accepts at all', async () => {
  const { people, pupils } = county
  const accept = (author: PersonId, name: PersonId) =>
    previewChange(sql, by(author), async (tx) => {
      const gap = {
        pupil: pupils.musa as PupilId,
        direction: 1 as const,
        firstDay: monday,
        after: 'no-offer',
      }
      await acceptGaps(tx, [gap], { by: name, reason: 'x', change: 'x', until: monday })
      return ok(null)
    })
  await expect(accept(people.commissioner, people.manager)).rejects.toMatchObject({ code: 'FB011' })
  await expect(accept(people.commissioner, people.commissioner)).rejects.toMatchObject({ code: 'FB011' })
  await expect(accept(people.administrator, people.administrator)).rejects.toMatchObject({ code: 'FB011' })
  await expect(accept(people.manager, people.manager)).resolves.toMatchObject({ ok: true })
})

test.each([
  ['everything is checked at once', (tx: TransactionSql) => tx`set constraints all immediate`],
  ['the check alone is hurried', (tx: TransactionSql) => tx`set constraints seal immediate`],
])('asked early and written past: %s, and the sealed revision takes no more', async (_what, hurry) => {
  const ending: Work = (tx) =>
    withdrawFact(tx, 'contract_terms', { contract_id: county.running, valid: '[2022-02-14,)' })
  expect(
    await byHand(async (tx) => {
      await hurry(tx)
      await ending(tx)
    }),
  ).toBe('FB002')
})

test('a run, a route, a pupil stay what they are: only facts about them change', async () => {
  const { runs, route } = county
  for (const work of [
    (tx: TransactionSql) => tx`update run set route_id = route_id + 0 where run_id = ${runs.morning}`,
    (tx: TransactionSql) => tx`delete from route where route_id = ${route}`,
    (tx: TransactionSql) => tx`update contract set revision = 1`,
    (tx: TransactionSql) => tx`delete from guarded_fact where table_name = 'contract_terms'`,
    (tx: TransactionSql) => tx`update fact_kind set subject = '{}' where table_name = 'run_plan'`,
    (tx: TransactionSql) => tx`truncate guarded_fact`,
  ]) {
    expect(await byHand(work)).toBe('FB002')
  }
})

test('every guarded kind is refused to hand-written SQL too', async () => {
  const { pupils, running, route, runs, kestrel } = county
  const days = everyDay
  const subjects: Record<string, Record<string, unknown>> = {
    travel_arrangement: { pupil_id: pupils.ffion, direction: 1, days },
    travel_consent: { pupil_id: pupils.niamh, kind: 'personal-travel-budget' },
    confirmation: { kind: 'contract-signed', contract_id: running, run_id: 0, pupil_id: 0 },
    contract_terms: { contract_id: running },
    route_terms: { route_id: route },
    run_plan: { run_id: runs.morning, days },
    run_crew: { run_id: runs.morning, crew_id: 1, days },
    run_vehicle: { run_id: runs.morning, days },
    crew_check: { crew_id: 1, kind: 'dbs' },
    vehicle_check: { vehicle_id: 1, kind: 'mot' },
    accepted_gap: { pupil_id: pupils.zoe, direction: 1 },
    // Ended, it leaves no word of suspension; what is guarded of it is that word.
    operator_particulars: { operator_id: kestrel, name: 'Kestrel Cars', standing: 'suspended' },
    policy: { name: 'required-checks', value: { driver: ['juggling'] } },
  }
  const kinds = await sql<{ name: string }[]>`select table_name as name from guarded_fact order by 1`
  expect(kinds.map(({ name }) => name)).toEqual(Object.keys(subjects).sort())
  for (const [table, subject] of Object.entries(subjects)) {
    const fact = { ...subject, valid: '[2022-02-14,)' }
    const states = ['operator_particulars', 'policy'].includes(table)
    const work: Work = (tx) => (states ? stateFact(tx, table, fact) : withdrawFact(tx, table, fact))
    expect([table, await byHand(work)]).toEqual([table, 'FB010'])
  }
})
