import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { sitrepAsAt } from '#sitrep/store'
import { realDatabase } from '#test/database.ts'
import { storyOf } from './county.ts'
import { makeWestmarch, standingOf } from './store.ts'

const { sql } = realDatabase()
const wanted = { seed: 'westmarch', size: 500, years: 3, today: plainDate('2026-11-24') }
const quiet = { say: () => {} }

// Few enough to be made twice over: what is cut short, and what is not.
const cutShort = realDatabase()
const unbroken = realDatabase()
const few = { ...wanted, size: 60 }

beforeAll(async () => {
  await makeWestmarch(sql, wanted, quiet)
}, 240_000)

const hashOf = (story: object) => createHash('sha256').update(JSON.stringify(story)).digest('hex')
const situation = async (on: string, at?: Instant) => {
  const sitrep = await sitrepAsAt(sql, { on: plainDate(on), knownAt: at ?? instant(`${on}T07:00`) })
  const { states, withoutTransport, atRisk } = sitrep.directions['to-school']
  return { ...sitrep, states, withoutTransport, atRisk }
}

test('the same seed, size and day give the same county; another seed another', () => {
  const story = storyOf(wanted)
  expect(hashOf(storyOf(wanted).chapters)).toBe(hashOf(story.chapters))
  expect(hashOf(storyOf({ ...wanted, seed: 'elsewhere' }).chapters)).not.toBe(hashOf(story.chapters))
})

test('every kind of vehicle that its routes run has a price, so that plans can be made at once', async () => {
  const [prices] = await sql<{ kinds: string[] }[]>`
    select array(select jsonb_array_elements(value) ->> 'name' order by 1) as kinds
      from policy where name = 'plan-vehicles' and upper_inf(known) and valid @> ${wanted.today}::date`
  const run = await sql<{ kind: string }[]>`select distinct vehicle_type as kind from run_plan`
  expect(run.length).toBeGreaterThan(3)
  expect(prices?.kinds).toEqual(expect.arrayContaining(run.map(({ kind }) => kind)))
})

test('cut short by a kill and gone on with by two at once, it is the same to the last fact as made without a pause', async () => {
  const told: string[] = []
  const killed = (line: string) => {
    told.push(line)
    if (told.length === 20) throw new Error('killed')
  }
  expect(await standingOf(cutShort.sql)).toEqual({ standing: 'empty' })
  await expect(makeWestmarch(cutShort.sql, few, { say: killed })).rejects.toThrow('killed')
  const stands = await standingOf(cutShort.sql)
  if (stands.standing !== 'unfinished')
    throw new Error(`Expected an unfinished county, found ${stands.standing}.`)
  expect(stands.wanted).toEqual(few)
  // The one that was killed may still be committing.
  await Promise.all([
    makeWestmarch(cutShort.sql, stands.wanted, quiet),
    makeWestmarch(cutShort.sql, stands.wanted, quiet),
  ])
  expect(await standingOf(cutShort.sql)).toEqual({ standing: 'taken' })
  await verified(cutShort.sql, few)

  await makeWestmarch(unbroken.sql, few, quiet)
  const facts = await factsIn(unbroken.sql)
  expect(facts.length).toBeGreaterThan(30)
  expect(await factsIn(cutShort.sql)).toEqual(facts)
}, 120_000)

/** Every fact table, each with how many rows it has and a hash over what they say, in the order of what they say. */
async function factsIn(asked: typeof sql) {
  const kinds = await asked<
    { table: string }[]
  >`select table_name as table from fact_kind order by table_name`
  return Promise.all(
    kinds.map(async ({ table }) => {
      const [row] = await asked<{ rows: number; hash: string }[]>`
        select count(*)::integer as rows, md5(string_agg(said, ',' order by said)) as hash
          from (select (to_jsonb(f) - 'fact_id')::text as said from ${asked(table)} f) x`
      return { table, ...row }
    }),
  )
}

/** Every chapter is written once, in order, and the chain verifies. */
async function verified(asked: typeof sql, told: typeof wanted): Promise<void> {
  const { chapters } = storyOf(told)
  const [audit] = await asked`select revisions, first_bad from verify_audit()`
  expect(audit).toEqual({ revisions: chapters.length, first_bad: null })
  const reasons = await asked<{ reason: string }[]>`select reason from revision order by revision`
  expect(reasons.map(({ reason }) => reason)).toEqual(chapters.map(({ reason }) => reason))
}

test('every chapter is written once, in order, and the chain verifies', async () => {
  await verified(sql, wanted)
  expect(await standingOf(sql)).toEqual({ standing: 'taken' })
})

test('in the week before, everybody is carried; on the first morning of the new contracts a third are not, or not surely', async () => {
  const before = await situation('2026-02-11')
  expect(before.withoutTransport).toBe(0)
  const morning = await situation('2026-02-23')
  expect(morning.withoutTransport / morning.population).toBeGreaterThan(0.08)
  expect(morning.atRisk / morning.population).toBeGreaterThan(0.08)
})

test('a school with a calendar of its own shows it a week earlier', async () => {
  const halfTerm = await situation('2026-02-16')
  expect(halfTerm.withoutTransport).toBeGreaterThan(0)
  expect(halfTerm.states['not-requiring']).toBeGreaterThan(halfTerm.population * 0.8)
})

test('in three weeks it is put right, by way of every state there is', async () => {
  const met = new Set<string>()
  const course: number[] = []
  for (const day of ['2026-02-23', '2026-02-26', '2026-03-02', '2026-03-06', '2026-03-16', '2026-11-24']) {
    const { states, withoutTransport } = await situation(day)
    course.push(withoutTransport)
    for (const [state, pupils] of Object.entries(states)) if (pupils > 0) met.add(state)
  }
  const [first = 0, , second = 0, third = 0, last = 0] = course
  expect(second).toBeLessThan(first / 2)
  expect(third).toBeLessThan(second)
  expect(last).toBe(0)
  expect(met).toEqual(
    new Set([
      'not-requiring',
      'confirmed',
      'provisional',
      'temporary',
      'own-arrangement',
      'interim-by-family',
      'offer-declined',
      'no-offer',
      'eligibility-pending',
    ]),
  )
})

test('today a few are without transport, each for a reason, and most are confirmed', async () => {
  const today = await situation('2026-11-24')
  expect(today.withoutTransport).toBeGreaterThan(0)
  expect(today.withoutTransport).toBeLessThan(today.population * 0.03)
  expect(today.states.confirmed).toBeGreaterThan(today.population * 0.75)
})

test('who is made next gets the next number', async () => {
  const [made] = await sql<{ next: number; last: number }[]>`
    select nextval(pg_get_serial_sequence('pupil', 'pupil_id'))::integer as next, max(pupil_id) as last from pupil`
  expect(made?.next).toBe((made?.last ?? 0) + 1)
})
