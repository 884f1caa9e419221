/**
 * The second promise, tried to be broken: whatever is said of a pupil's carrying, in whatever order, what commits
 * leaves no later day worse without an acceptance, and what is refused would have. Judged by the pure function, which
 * shares nothing with the interlock.
 */
import fc from 'fast-check'
import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { acceptGaps, recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { addDays, instant, type PlainDate, plainDate } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { anything, aWorld, everythingInPlace, first, type Saying, say, type World } from '#test/histories.ts'
import { travelHistoryOf } from './history-store.ts'
import { travelState } from './travel-state.ts'

const { sql } = realDatabase()
const by = 1 as PersonId
const today = plainDate('2021-08-27')
// Everything the histories speak of but what has no end; that is the same from week to week.
const asked = Array.from({ length: 140 }, (_, i) => addDays(today, i + 1))
let minutes = 0
const author = (reason: string) => {
  const hour = String(8 + Math.floor(minutes / 3600)).padStart(2, '0')
  const minute = String(Math.floor(minutes / 60) % 60).padStart(2, '0')
  return { by, reason, at: instant(`${today}T${hour}:${minute}:${String(minutes++ % 60).padStart(2, '0')}`) }
}

beforeAll(async () => {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  await recordChange(sql, author('a manager'), async (tx) => {
    await stateFact(tx, 'person_role', { person_id: by, role: 'manager', valid: '[2019-09-01,)' })
    return ok(null)
  })
})

const rank = (state: string | undefined): number | undefined =>
  state === undefined || state === 'not-requiring'
    ? undefined
    : ['confirmed', 'own-arrangement'].includes(state)
      ? 0
      : ['temporary', 'provisional'].indexOf(state) + 1 || 3

type Accepted = { direction: 1 | 2; weeks: number; after: 'provisional' | 'no-offer' }
const acceptance = fc.option(
  fc.record({
    direction: fc.constantFrom(1 as const, 1 as const, 2 as const),
    weeks: fc.integer({ min: 1, max: 20 }),
    after: fc.constantFrom('provisional' as const, 'no-offer' as const),
  }),
)
const chapter = fc.tuple(fc.array(anything, { minLength: 1, maxLength: 4 }), acceptance)

type Gap = {
  direction: number
  from: PlainDate
  until: PlainDate
  worst: string
  knownFrom: number
  knownUntil: number | null
}

/** The first day in each direction that is worse at a revision than before it, and that nobody has accepted. */
async function worseByThePureFunction(tx: TransactionSql, pupil: number, revision: number) {
  const history = await travelHistoryOf(tx as never, pupil)
  const gaps = await tx<Gap[]>`
    select direction, lower(valid) as from, upper(valid) as until, at_worst as worst, lower(known) as "knownFrom",
           upper(known) as "knownUntil" from accepted_gap where pupil_id = ${pupil}`
  const covering = (on: PlainDate, direction: number, at: number) =>
    gaps.filter(
      (gap) =>
        gap.direction === direction &&
        gap.from <= on &&
        on < gap.until &&
        gap.knownFrom <= at &&
        (gap.knownUntil === null || at < gap.knownUntil),
    )
  return ([1, 2] as const).flatMap((direction) => {
    const firstDay = asked.find((on) => {
      const before = rank(travelState(history, { on, revision: revision - 1 }, direction)?.state)
      const after = rank(travelState(history, { on, revision }, direction)?.state)
      if (after === undefined) return false
      const now = covering(on, direction, revision)
      const accepted = now.some(({ worst }) => after <= (rank(worst) ?? 0))
      const takenBack = covering(on, direction, revision - 1).some(
        (gap) => after >= (rank(gap.worst) ?? 0) && !now.some(({ worst }) => worst === gap.worst),
      )
      return !accepted && (takenBack || (before !== undefined && after > before))
    })
    return firstDay ? [{ direction, firstDay }] : []
  })
}

async function tell(world: World, [sayings, accepted]: readonly [Saying[], Accepted | null]) {
  const [pupil = 0] = world.pupils
  const expected: { direction: number; firstDay: PlainDate }[] = []
  const done = await recordChange(sql, author('said'), async (tx) => {
    if (accepted) {
      const { direction, weeks, after } = accepted
      const gap = { pupil: pupil as never, direction, firstDay: first, after }
      await acceptGaps(tx, [gap], { by, reason: 'known', change: 'known', until: addDays(first, weeks * 7) })
    }
    for (const one of sayings) await say(tx, world, one)
    const [row] = await tx<{ revision: number }[]>`select current_revision() as revision`
    expected.push(...(await worseByThePureFunction(tx, pupil, row?.revision ?? 0)))
    return ok(null)
  })
  const refused = done.ok
    ? []
    : done.refusal.worse.map(({ direction, firstDay }) => ({ direction, firstDay }))
  const near = refused.filter(({ firstDay }) => firstDay <= (asked.at(-1) ?? today))
  return { expected, refused: near, accepted: accepted !== null, done: done.ok }
}

test('whatever is said in whatever order: refused exactly when a later day would be worse and nobody accepted it', {
  timeout: 240_000,
}, async () => {
  const met = { refused: 0, committed: 0, acceptedAndCommitted: 0 }
  await fc.assert(
    fc.asyncProperty(fc.array(chapter, { minLength: 2, maxLength: 5 }), async (chapters) => {
      const made = await recordChange(sql, author('the world'), async (tx) => {
        const world = await aWorld(tx)
        for (const one of everythingInPlace) await say(tx, world, one)
        return ok(world)
      })
      if (!made.ok) throw new Error('The interlock refused an improvement.')
      for (const one of chapters) {
        const told = await tell(made.value, one)
        const byDirection = (a: { direction: number }, b: { direction: number }) => a.direction - b.direction
        expect(told.refused.sort(byDirection)).toEqual(told.expected)
        met[told.done ? 'committed' : 'refused']++
        if (told.done && told.accepted) met.acceptedAndCommitted++
      }
    }),
    { numRuns: 24, seed: 20_220_214 },
  )
  // A property under which nothing is ever refused, or nothing ever done, says nothing.
  expect(Math.min(...Object.values(met))).toBeGreaterThan(5)
})
