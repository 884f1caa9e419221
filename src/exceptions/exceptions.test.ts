import type { TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import { acceptGaps, recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { type Instant, instant, plainDate } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { changePupil } from '../changeover/pupil-change-store.ts'
import { answering, type ExceptionKind } from './exception.ts'
import { exceptionsCommand } from './exceptions.command.ts'
import { exceptionsCsvPage, exceptionsPage } from './exceptions.page.ts'
import { exceptionInWords, nextStepOf, subjectOf } from './exceptions.view.ts'
import { exceptionsAsAt } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let second = 0
/** The evening of Monday 14 February 2022, a second later each time. */
const then = (): Instant =>
  instant(
    `2022-02-14T17:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second++ % 60).padStart(2, '0')}`,
  )
const monday = plainDate('2022-02-14')
const everyDay = '{[0,5),[7,12)}'

beforeAll(async () => {
  county = await smallCounty(sql)
})

async function write(work: (tx: TransactionSql) => Promise<unknown>, by: PersonId = county.people.manager) {
  const done = await recordChange(sql, { by, reason: 'for the list', at: then() }, async (tx) => {
    await work(tx)
    return ok(null)
  })
  expect(done).toEqual({ ok: true, value: null })
}
const listed = async (kind: ExceptionKind, on = monday) =>
  answering(await exceptionsAsAt(sql, { on, knownAt: then() }), { kind, words: '' })
const told = async (kind: ExceptionKind, on = monday) =>
  (await listed(kind, on)).map(
    (one) => `${subjectOf(one).text}. ${exceptionInWords(one)}. ${nextStepOf(one).text}`,
  )

test('whoever still sits on a run when its contract has ended is on the list, from the first day on', async () => {
  expect(await told('past-its-contract')).toEqual([
    'Amara Osei. OAK-07: no contract in force from 12 February 2022, after C-0881. Let the contract run on',
  ])
  expect(await told('past-its-contract', plainDate('2022-02-01'))).toHaveLength(1)
  expect(await told('past-its-contract', plainDate('2022-01-20'))).toEqual([])
})

test('scenario 27, as far as the list goes: a licence is on it twenty days before it runs out, and stays on', async () => {
  expect(await told('check-expiring', plainDate('2022-02-07'))).toEqual([])
  expect(await told('check-expiring', plainDate('2022-02-08'))).toEqual([
    'Colin Farrow. Licence runs out on 28 February 2022. 3 pupils ride with them. Ask for the new certificate',
  ])
  expect(await told('check-expiring', plainDate('2022-03-08'))).toEqual([
    'Colin Farrow. Licence ran out on 28 February 2022. 3 pupils ride with them. Ask for the new certificate',
  ])
  await write((tx) =>
    stateFact(tx, 'policy', { name: 'check-warning-days', value: 30, valid: '[2022-01-01,2022-02-08)' }),
  )
  expect(await told('check-expiring', plainDate('2022-02-07'))).toHaveLength(1)
  expect(await told('check-expiring', plainDate('2022-01-28'))).toEqual([])
})

test('a temporary vehicle is on the list with its last day, and whether anything follows', async () => {
  expect(await told('temporary-expiring')).toEqual([
    'Zoë Hart. Ends on 18 February 2022. Nothing follows. Find a seat',
  ])
  expect(await told('temporary-expiring', plainDate('2022-02-01'))).toEqual([])
})

test('scenario 6: moved house and left off the route, the child is in tonight’s list although the move is on Monday next', async () => {
  const { ffion } = county.pupils
  expect(await told('orphaned-by-a-move')).toEqual([])
  await write(async (tx) => {
    const gaps = ([1, 2] as const).map((direction) => ({
      pupil: ffion,
      direction,
      firstDay: plainDate('2022-02-21'),
      after: 'no-offer',
    }))
    const risk = { by: county.people.manager, reason: 'Aunt drives', change: 'Home move' }
    await acceptGaps(tx, gaps, { ...risk, until: plainDate('2022-07-22') })
    const moved = await changePupil(tx, {
      change: 'move-home',
      pupil: ffion,
      from: plainDate('2022-02-21'),
      home: { address: '9 Tide Row, Saltmouth', postcode: 'WQ9 2BB' },
      seats: 'release',
    })
    expect(moved.ok).toBe(true)
  })
  expect(await told('orphaned-by-a-move')).toEqual([
    'Ffion Price-Hargreaves. Moved home on 21 February 2022. Nothing is arranged to school or home after it. Find a seat',
  ])
  expect(await told('orphaned-by-a-move', plainDate('2022-03-14'))).toHaveLength(1)
})

test('scenario 25: a child who must travel alone and has company is flagged, with whom else it touches', async () => {
  const { tomasz } = county.pupils
  expect(await told('solo-need-shared')).toEqual([])
  await write((tx) =>
    stateFact(tx, 'travel_need', {
      pupil_id: tomasz,
      single_occupancy: true,
      single_occupancy_reason: 'Two incidents',
      single_occupancy_review_on: '2022-05-01',
      valid: '[2022-02-16,2022-07-23)',
    }),
  )
  const [one] = await listed('solo-need-shared')
  expect(one).toMatchObject({ pupil: tomasz, since: '2022-02-16', note: '2' })
  expect(one?.pupils).toHaveLength(3)
})

test('more than places: seats, wheelchairs and assistants are counted against every layout', async () => {
  const plan = { run_id: county.runs.morning, days: everyDay, vehicle_type: 'Minibus', assistant_posts: 0 }
  const places = async (layouts: number[][], assistant_posts = 0) =>
    write(async (tx) => {
      await stateFact(tx, 'vehicle_particulars', {
        vehicle_id: 1,
        operator_id: county.kestrel,
        registration: 'WQ21 KES',
        vehicle_type: 'Minibus',
        layouts,
        valid: '[2022-02-14,2022-07-23)',
      })
      await stateFact(tx, 'run_plan', { ...plan, layouts, assistant_posts, valid: '[2022-02-14,2022-07-23)' })
    })
  // Tomasz, Ivy, and Ffion until the 20th.
  await places([[3, 0]])
  expect(await told('more-than-places')).toEqual([])
  await places([[2, 1]])
  expect(await told('more-than-places')).toEqual([
    'BEA-02. BEA-02: 3 seats wanted, and the vehicle has 2 and 1 wheelchairs. Change the vehicle or move a seat',
  ])
  expect(await told('more-than-places', plainDate('2022-02-21'))).toEqual([])
  await write((tx) =>
    stateFact(tx, 'travel_need', {
      pupil_id: county.pupils.ivy,
      mobility: 'wheelchair',
      valid: '[2022-02-14,2022-07-23)',
    }),
  )
  await places([
    [3, 0],
    [2, 1],
  ])
  expect(await told('more-than-places')).toEqual([])
})

test('an acceptance that lapses is on the list before and after, as long as the child is no better off', async () => {
  const { musa } = county.pupils
  await write((tx) =>
    acceptGaps(tx, [{ pupil: musa, direction: 1, firstDay: monday, after: 'no-offer' }], {
      by: county.people.manager,
      reason: 'Family agrees',
      change: 'Offer under review',
      until: plainDate('2022-03-04'),
    }),
  )
  expect(await told('acceptance-lapsing')).toEqual([])
  expect(await told('acceptance-lapsing', plainDate('2022-02-25'))).toEqual([
    'Musa Bello. Accepted as worse off until 4 March 2022: Offer under review. Find a seat',
  ])
  expect(await told('acceptance-lapsing', plainDate('2022-03-10'))).toHaveLength(1)
})

test('what was known earlier gives the list of then, and a later correction changes nothing of it', async () => {
  const before = await exceptionsAsAt(sql, { on: monday, knownAt: instant('2022-02-14T07:00') })
  expect(answering(before, { kind: '', words: '' }).map(({ kind }) => kind)).toEqual([
    'past-its-contract',
    'check-expiring',
    'temporary-expiring',
  ])
})

const visit = (query: Record<string, string> = {}) =>
  aVisit(sql, { query, path: '/exceptions', now: instant('2022-02-14T18:00') })

test('the page counts by kind, filters in the URL, and names who, since when, and what to do next', async () => {
  const text = textOf(await exceptionsPage.get(visit()))
  expect(text).toContain('1 On a run past its contract')
  expect(text).toMatch(
    /Amara Osei On a run past its contract OAK-07: no contract in force from 12 February 2022/,
  )
  const one = await exceptionsPage.get(visit({ kind: 'solo-need-shared' }))
  expect(textOf(one)).toContain('1 exception')
  expect(textOf(one)).not.toContain('Amara Osei')
  expect(htmlOf(one)).toContain(`href="/pupils/${county.pupils.tomasz}/seat"`)
  expect(textOf(await exceptionsPage.get(visit({ q: 'nobody by this name' })))).toContain(
    'No exception matches',
  )
  const { tomasz, ffion, ivy } = county.pupils
  expect(one).toMatchObject({ pupils: expect.arrayContaining([tomasz, ffion, ivy]) })
})

test('the spreadsheet holds the same rows', async () => {
  const file = await exceptionsCsvPage.get(visit({ kind: 'past-its-contract' }))
  if (file.reply !== 'download') throw new Error('Expected a file.')
  const lines = Buffer.from(file.body).toString('utf8').trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('Amara Osei')
})

test('the command prints the list, or gives it to a program; a day that is none, or a kind that is none, is refused', async () => {
  const run = (options: Record<string, string>) =>
    exceptionsCommand.run({
      sql,
      options,
      words: [],
      today: monday,
      now: thatMorning,
      say: () => {},
    })
  const answer = await run({ on: '2022-02-14', knownAt: '2022-02-14T07:00' })
  expect(answer.answer === 'report' && answer.text).toMatchInlineSnapshot(`
    "14 February 2022, as known on 14 February 2022 at 7:00am: 3 exceptions

    On a run past its contract: 1
      Amara Osei. OAK-07: no contract in force from 12 February 2022, after C-0881. Let the contract run on.

    Check running out: 1
      Colin Farrow. Licence runs out on 28 February 2022. 3 pupils ride with them. Ask for the new certificate.

    Temporary vehicle ends: 1
      Zoë Hart. Ends on 18 February 2022. Nothing follows. Find a seat."
  `)
  expect(answer.answer === 'report' && answer.json).toMatchObject({
    on: '2022-02-14',
    counts: { 'past-its-contract': 1, 'ghost-route': 0 },
  })
  expect(await run({ on: 'tomorrow' })).toMatchObject({ answer: 'refused' })
  expect(await run({ kind: 'odd' })).toMatchObject({ answer: 'refused' })
})

test('scenario 8: when the last of its pupils leaves, a route is a ghost while a contract still pays for it', async () => {
  const { tomasz, ivy, ffion } = county.pupils
  const april = plainDate('2022-03-21')
  expect(await told('ghost-route', april)).toEqual([])
  await write(async (tx) => {
    for (const pupil of [tomasz, ivy, ffion]) {
      const left = await changePupil(tx, { change: 'leave', pupil, lastDay: plainDate('2022-03-04') })
      expect(left.ok).toBe(true)
    }
  })
  expect(await told('ghost-route', april)).toEqual([
    'BEA-02. Nobody aboard since 5 March 2022, and still under C-0902. End it, or give its seats',
  ])
})
