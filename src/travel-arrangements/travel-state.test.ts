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
