import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { recordChange } from '#changeover/store'
import type { PersonId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { addDays, dayOf, type Instant, instant, now } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { anything, aWorld, everythingInPlace, first, say } from '#test/histories.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { checkPublishedJob } from './check-published.job.ts'
import { forgetRemembered } from './morning-store.ts'
import { publishedFilePage, publishedListPage, publishedPage, publishPage } from './published.page.ts'
import {
  checkPublished,
  publishedBytes,
  publishedReports,
  publishReport,
  recomputed,
} from './published-store.ts'
import { sitrepCheckCommand, sitrepCommand, sitrepPublishCommand } from './sitrep.command.ts'
import { sitrepJson } from './sitrep-json.ts'
import { todayPage } from './today.page.ts'

const noRoads = async () => undefined

const { sql } = realDatabase()
let county: SmallCounty
const by = 1 as PersonId
const ended = instant('2022-02-14T07:00')

beforeAll(async () => {
  county = await smallCounty(sql)
})

const aManager = (but: object = {}) =>
  aVisit(sql, {
    now: thatMorning,
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })
const anAsking = () => ({ words: [], options: {}, sql, today: dayOf(thatMorning), now: now(), say: () => {} })
const textIn = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8')

test('scenario 2: two people at one cut see identical figures, and commentary stands apart from them', async () => {
  const form = { title: 'For the board', commentary: 'Only 1 child is affected.\nWe are confident.' }
  const done = await publishPage.post?.(aManager({ form }))
  expect(done).toEqual({ reply: 'redirect', to: '/situation/published/1', notice: 'The report is published' })

  const params = { reportId: '1' }
  const officer = textOf(await publishedPage.get(aVisit(sql, { params, now: thatMorning })))
  const manager = textOf(await publishedPage.get(aManager({ params })))
  expect(manager).toBe(officer)
  const eligibility = {
    id: county.people['eligibility-officer'],
    name: 'Priya Nair',
    roles: ['eligibility-officer'],
  }
  expect(textOf(await publishedPage.get(aManager({ params, person: eligibility })))).toBe(officer)
  expect(officer).toMatch(/Definitions 2026-\d/)
  expect(officer).toMatch(
    /Commentary Only 1 child is affected\. We are confident\. Written by Helen Marsh\. No figure/,
  )
  expect(officer).toMatch(/3 pupils without transport/)

  const json = textIn(await publishedBytes(sql, 1))
  expect(sitrepJson.parse(JSON.parse(json)).all.withoutTransport).toBe(3)
  expect(json).not.toContain('confident')
})

test('scenario 2: no figure of a published report can be overridden, by any hand', async () => {
  const forged = Buffer.from('{"population":0}\n')
  await expect(sql`update published_bytes set bytes = ${forged}`).rejects.toThrow(/never changed/)
  await expect(sql`update published_report set commentary = 'all is well'`).rejects.toThrow(/never changed/)
  await expect(sql`delete from published_report`).rejects.toThrow(/never changed/)
})

test('only a manager or commissioner may publish; everyone with a role may read', () => {
  expect(publishPage.change).toEqual(['manager', 'commissioner'])
  expect(publishedPage.allow).toContain('auditor')
  expect(publishPage.allow).not.toContain('auditor')
})

test('a report without a title is asked for one, and what was typed is kept', async () => {
  const again = await publishPage.post?.(aManager({ form: { title: ' ', commentary: 'So far.' } }))
  expect(again?.reply === 'show' && again.status).toBe(400)
  expect(htmlOf(again)).toContain('So far.')
})

test('the file of a published report is the bytes whose hash it shows', async () => {
  const params = { reportId: '1', kind: 'json' }
  const reply = await publishedFilePage.get(aVisit(sql, { params, now: thatMorning }))
  const [published] = await publishedReports(sql, 1)
  if (reply.reply !== 'download' || typeof reply.body === 'string') throw new Error('Expected bytes.')
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(reply.body))
  expect(Buffer.from(digest).toString('hex')).toBe(published?.sha256)
})

test('the nightly check finds a published report the same, and says so on its page', async () => {
  await checkPublishedJob.run({
    payload: null,
    sql,
    today: dayOf(thatMorning),
    now: thatMorning,
    roads: noRoads,
  })

  expect((await publishedReports(sql)).map(({ outcome }) => outcome)).toEqual(['same'])
  expect(textOf(await publishedListPage.get(aManager()))).toMatch(
    /Comes out the same, checked 14 February 2022/,
  )
})

test('the command publishes, and checks, and refuses a cohort nobody froze', async () => {
  const options = { on: '2022-02-11', knownAt: '2022-02-11T07:00', commentary: 'Before half-term' }
  const published = await sitrepPublishCommand.run({
    ...anAsking(),
    words: ['Friday'],
    options,
  })
  expect(published).toMatchObject({ answer: 'report', json: { title: 'Friday', on: '2022-02-11' } })
  expect(await sitrepCheckCommand.run(anAsking())).toMatchObject({
    answer: 'report',
    text: '2  same  Friday\n1  same  For the board',
  })
  const asked = { ...anAsking(), words: ['x'], options: { cohort: 'Nobody' } }
  expect(await sitrepPublishCommand.run(asked)).toMatchObject({ answer: 'refused' })
})

test('the JSON of the command is what is published, and the names beside it', async () => {
  const options = { on: '2022-02-11', knownAt: '2022-02-11T07:00' }
  const answer = await sitrepCommand.run({ ...anAsking(), options })
  const { names, ...figures } = (answer.answer === 'report' ? answer.json : {}) as Record<string, unknown>
  expect(JSON.parse(textIn(await publishedBytes(sql, 2)))).toEqual(figures)
  expect(Object.values(names as object)).toContain('Amara Osei')
})

test('a report published by the definitions of 2026-1 comes out the same, and tells nothing they did not', async () => {
  const [board] = await publishedReports(sql, 1)
  if (!board) throw new Error('Nothing was published.')
  const { accepted, ...told } = JSON.parse(textIn(await publishedBytes(sql, 1)))
  expect(accepted).toEqual({ acceptances: 0, pupils: 0, firstLapses: null })
  const earlier = Buffer.from(`${JSON.stringify({ ...told, definitions: '2026-1' })}\n`)
  const hash = createHash('sha256').update(earlier).digest()
  const { on, knownAt, revision, since } = board
  const id = await write(async (tx) => {
    const made = await tx<{ id: number }[]>`
      insert into published_report
             (title, on_day, known_at, cut, since_day, since_known_at, definitions, sha256, commentary)
      values ('Before', ${on}, ${knownAt}, ${revision}, ${since.on}, ${since.knownAt}, '2026-1', ${hash}, '')
      returning report_id as id`
    await tx`insert into published_bytes (report_id, bytes) values (${made[0]?.id ?? 0}, ${earlier})`
    return made[0]?.id
  })
  const [kept] = await publishedReports(sql, id)
  if (!kept) throw new Error('Nothing was kept.')

  const unknown = { ...kept, definitions: '2025-9' }
  expect(await checkPublished(sql, unknown, thatMorning)).toBe('other-definitions')
  expect(await checkPublished(sql, kept, thatMorning)).toBe('same')

  const opened = async (reportId: string) =>
    textOf(await publishedPage.get(aManager({ params: { reportId } })))
  expect(await opened('1')).toContain('Accepted by managers Gaps accepted 0')
  expect(await opened(String(kept.id))).not.toContain('Accepted by managers')
})

test('a published report never changes, whatever is written after it', { timeout: 120_000 }, async () => {
  const world = await write((tx) => aWorld(tx))
  await write(async (tx) => {
    for (const one of everythingInPlace) await say(tx, world, one)
  })
  const asked = [10, 18, 25].map((days) => addDays(first, days))
  for (const [i, on] of asked.entries()) {
    const author = { by, reason: 'published' }
    await publishReport(sql, { asAt: { on, knownAt: now() }, title: `Day ${i}`, commentary: '', author })
  }
  const before = await publishedReports(sql)
  const kept = await Promise.all(before.map(({ id }) => publishedBytes(sql, id)))

  await fc.assert(
    fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 8 }), async (sayings) => {
      await write(async (tx) => {
        for (const one of sayings) await say(tx, world, one)
      })
      await forgetRemembered(sql)
      for (const [i, published] of before.entries()) {
        expect(textIn(await recomputed(sql, published))).toBe(textIn(kept[i]))
      }
    }),
    { numRuns: 5, seed: 20_220_214 },
  )
  // A property over writes that never change the present says nothing about the past.
  const [latest] = before
  if (!latest) throw new Error('Nothing was published.')
  const [{ revision } = { revision: 0 }] = await sql<
    { revision: number }[]
  >`select revision from knowledge_clock`
  expect(textIn(await recomputed(sql, { ...latest, revision }))).not.toBe(textIn(kept[0]))
})

test('when what a report was computed from is changed behind the guards, the job shouts, and so does the site', async () => {
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`
    await tx`update travel_arrangement set kind = 'offer-declined' where kind = 'interim-parental'`
  })

  const run = checkPublishedJob.run({
    payload: null,
    sql,
    today: dayOf(ended),
    now: now() as Instant,
    roads: noRoads,
  })
  await expect(run).rejects.toThrow(/^Published reports [\d, ]*1 do not come out as they were published/)
  await expect(run).rejects.not.toThrow(/Amara|小龍|Osei/)
  expect(textOf(await todayPage.get(aManager()))).toMatch(
    /no longer comes? out as (it was|they were) published/,
  )
  expect(textOf(await publishedPage.get(aManager({ params: { reportId: '1' } })))).toMatch(/DIFFERS/)
})

async function write<T>(
  work: (tx: Parameters<Parameters<typeof recordChange>[2]>[0]) => Promise<T>,
): Promise<T> {
  const done = await recordChange(sql, { by, reason: 'said' }, async (tx) => ok(await work(tx)))
  if (!done.ok) throw new Error('The interlock looked at days gone by.')
  return done.value
}
