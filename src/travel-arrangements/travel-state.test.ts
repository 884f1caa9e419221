import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { addDays } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { anything, aWorld, everythingInPlace, first, type Saying, say, type World } from '#test/histories.ts'
import { travelHistoryOf } from './history-store.ts'
import { travelState } from './travel-state.ts'

const { sql } = realDatabase()
const by = 1 as PersonId

beforeAll(async () => {
  await recordChange(sql, { by, reason: 'calendar' }, async (tx) => {
    const christmas = { name: 'Christmas', valid: '[2021-09-06,2021-09-07)' }
    await tx`select state_fact('bank_holiday', ${tx.json(christmas)})`
    const checks = {
      name: 'required-checks',
      value: { driver: ['dbs'], 'passenger-assistant': ['badge'], vehicle: ['mot'] },
    }
    await tx`select state_fact('policy', ${tx.json({ ...checks, valid: '[2021-09-13,)' })})`
    return ok(null)
  })
})

test('the pure function and the query give the same state, on every day, at every revision, for one and for all', {
  timeout: 120_000,
}, async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(fc.array(anything, { maxLength: 7 }), { minLength: 1, maxLength: 3 }),
      async (inPlace, chapters) => {
        const world = await write(inPlace ? [everythingInPlace, ...chapters] : chapters)
        const [pupil = 0] = world.pupils
        const history = await travelHistoryOf(sql, pupil)
        const asked = Array.from({ length: 30 }, (_, i) => addDays(first, i))
        for (const revision of world.revisions) {
          const one = await answers(revision, asked, { pupils: [pupil], only: pupil })
          expect(await answers(revision, asked, { pupils: null, only: pupil })).toEqual(one)
          const pure = asked.flatMap((on) =>
            ([1, 2] as const).flatMap((direction) => {
              const standing = travelState(history, { on, revision }, direction)
              return standing ? [{ day: on, direction, ...standing }] : []
            }),
          )
          expect(one).toEqual(pure)
          // Of a single day the query reads less than of many.
          const [, , , day = first] = asked
          const alone = pure.filter((standing) => standing.day === day)
          expect(await answers(revision, [day], { pupils: null, only: pupil })).toEqual(alone)
          expect(await answers(revision, [day], { pupils: [pupil], only: pupil })).toEqual(alone)
          for (const { state, reason } of pure) met.add(`${state} ${reason ?? ''}`)
        }
      },
    ),
    { numRuns: 120, seed: 20_220_214 },
  )
  // A property over histories that never reach a state says nothing about it.
  for (const one of [
    'confirmed ',
    'provisional crew-and-vehicle-checked',
    'own-arrangement ',
    'interim-by-family ',
    'offer-declined ',
    'no-offer nothing-arranged',
    'no-offer run-does-not-run',
    'no-offer contract-not-in-force',
    'eligibility-pending pending',
    'not-requiring school-closed',
    'not-requiring absent',
  ]) {
    expect([...met]).toContain(one)
  }
})

const friday = addDays(first, 11)
/** Ends in the past, so that the interlock has nothing to say to what is taken back. */
const since = `[${first},${addDays(first, 60)})`
const weekdays = '{[0,5),[7,12)}'
const confirmed = (w: World) => ({
  contract_id: w.contracts[0],
  run_id: w.runs[0],
  pupil_id: 0,
  valid: since,
})
/** One thing each that makes a pupil with everything in place stand otherwise on the friday: said, or taken back. */
const oneThing: readonly [table: string, said: 'said' | 'taken back', fact: Saying['fact']][] = [
  ['pupil_registration', 'taken back', (w) => ({ pupil_id: w.pupils[0], valid: since })],
  ['placement', 'taken back', (w) => ({ pupil_id: w.pupils[0], pattern: '{[0,28)}', valid: since })],
  ['eligibility', 'said', (w) => ({ pupil_id: w.pupils[0], state: 'refused', grounds: [], valid: since })],
  ['pupil_absence', 'said', (w) => ({ pupil_id: w.pupils[0], notified_by: 'family', valid: since })],
  [
    'travel_arrangement',
    'taken back',
    (w) => ({ pupil_id: w.pupils[0], direction: 1, days: weekdays, valid: since }),
  ],
  [
    'school_term',
    'said',
    (w) => ({ school_id: w.schools[0], name: 'Spring', valid: '[2022-01-05,2022-04-01)' }),
  ],
  [
    'bell_time',
    'said',
    (w) => ({ school_id: w.schools[0], days: '{[0,1)}', opens: '08:45', closes: '15:15', valid: since }),
  ],
  [
    'school_closure',
    'said',
    (w) => ({ school_id: w.schools[0], kind: 'inset', part: 'whole-day', valid: since }),
  ],
  ['bank_holiday', 'said', () => ({ name: 'A day off', valid: `[${friday},${addDays(friday, 1)})` })],
  ['policy', 'said', () => ({ name: 'required-checks', value: { driver: ['first-aid'] }, valid: since })],
  ['run_plan', 'taken back', (w) => ({ run_id: w.runs[0], days: '{[0,14)}', valid: since })],
  [
    'run_crew',
    'taken back',
    (w) => ({ run_id: w.runs[0], crew_id: w.crews[0], days: '{[0,14)}', valid: since }),
  ],
  [
    'run_vehicle',
    'taken back',
    (w) => ({ run_id: w.runs[0], vehicle_id: w.vehicles[0], days: '{[0,14)}', valid: since }),
  ],
  ['route_terms', 'taken back', (w) => ({ route_id: w.routes[0], valid: since })],
  ['contract_terms', 'taken back', (w) => ({ contract_id: w.contracts[0], valid: since })],
  [
    'operator_particulars',
    'said',
    (w) => ({ operator_id: w.operators[0], name: 'Kestrel', standing: 'suspended', valid: since }),
  ],
  ['crew_check', 'taken back', (w) => ({ crew_id: w.crews[0], kind: 'dbs', valid: since })],
  ['vehicle_check', 'taken back', (w) => ({ vehicle_id: w.vehicles[0], kind: 'mot', valid: since })],
  ['confirmation', 'taken back', (w) => ({ ...confirmed(w), kind: 'contract-signed' })],
  ['confirmation', 'taken back', (w) => ({ ...confirmed(w), kind: 'school-told' })],
  ['confirmation', 'taken back', (w) => ({ ...confirmed(w), kind: 'family-told' })],
]

test.each(oneThing)(
  'a day is carried on past a change of %s (%s) as everybody would be asked',
  async (table, said, fact) => {
    const world = await write([everythingInPlace, [{ table, withdraw: said === 'taken back', fact }]])
    const [before = 0, after = 0] = world.revisions
    const wasAsked = await county(before, friday)
    // What is remembered of the revision before is all that can be carried on.
    expect(await carriedOn(before, friday)).toEqual(wasAsked)
    const asked = await county(after, friday)
    expect(asked).not.toEqual(wasAsked)
    expect(await carriedOn(after, friday)).toEqual(asked)
    // Taken back again, so that the next is not told of a holiday or a rule for everybody.
    await write([[{ table, withdraw: true, fact: () => fact(world) }]])
  },
)

test('a day carried on from what was remembered before any change is what would be asked of everybody', {
  timeout: 120_000,
}, async () => {
  const carried = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anything, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 30 }),
      async (chapters, ahead) => {
        const { revisions } = await write([everythingInPlace, ...chapters])
        const day = addDays(first, ahead)
        await sql`delete from county_remembered`
        for (const [i, revision] of revisions.entries()) {
          const [reached] = await sql<{ pupils: number[] | null }[]>`
            select pupils_reached(${revisions[i - 1] ?? null}, ${revision}, ${day}::date) as pupils`
          carried.add(
            reached?.pupils === null ? 'everybody' : reached?.pupils.length === 0 ? 'nobody' : 'some',
          )
          expect(await carriedOn(revision, day)).toEqual(await county(revision, day))
        }
      },
    ),
    { numRuns: 40, seed: 20_220_214 },
  )
  expect(carried).toEqual(new Set(['everybody', 'nobody', 'some']))
})

const county = async (revision: number, day: string) =>
  await sql`select * from travel_state(${revision}, array[${day}::date]) order by pupil_id, direction`
const carriedOn = async (revision: number, day: string) =>
  await sql`select * from county_state(${revision}, ${day}::date) order by pupil_id, direction`

async function write(chapters: readonly (readonly Saying[])[]): Promise<World & { revisions: number[] }> {
  const made = await recordChange(sql, { by, reason: 'the world' }, async (tx) => ok(await aWorld(tx)))
  if (!made.ok) throw new Error('The interlock refused an empty world.')
  const revisions = []
  for (const sayings of chapters) {
    const told = await recordChange(sql, { by, reason: 'said' }, async (tx) => {
      for (const one of sayings) await say(tx, made.value, one)
      const [row] = await tx<{ revision: number }[]>`select current_revision() as revision`
      return ok(row?.revision ?? 0)
    })
    if (!told.ok) throw new Error('The interlock looked at days gone by.')
    revisions.push(told.value)
  }
  return { ...made.value, revisions }
}

async function answers(
  revision: number,
  asked: string[],
  { pupils, only }: { pupils: number[] | null; only: number },
) {
  return await sql`
    select day, direction, state, reason, missing from travel_state(${revision}, ${asked}::date[], ${pupils}::integer[])
     where pupil_id = ${only}
     order by day, direction`
}
