import { beforeAll, expect, test } from 'vitest'
import { dayOf, instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty, thatMorning } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { countMorningsJob } from './count-mornings.job.ts'
import { breakdownPage, reportFilePage, reportPage } from './report.page.ts'
import { sitrepJson } from './sitrep-json.ts'
import { situationPupilsPage } from './situation-pupils.page.ts'
import { todayPage } from './today.page.ts'

const noRoads = async () => undefined

const { sql } = realDatabase()
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
})

const visit = (path: string, but: object = {}) => aVisit(sql, { now: thatMorning, path, ...but })
const numberIn = (text: string) => Number(text.replaceAll(',', ''))

test('every figure on the page and in the report leads to as many pupils as it says', async () => {
  const pages = [
    htmlOf(await todayPage.get(visit('/'))),
    htmlOf(await reportPage.get(visit('/situation/report', { query: { on: '2022-02-14' } }))),
  ]
  const links = pages.flatMap((html) => [
    ...html.matchAll(/href="(\/situation\/pupils\?[^"]*)"[^>]*>\s*([\d,]+)(?: of [\d,]+)?[^<]*</g),
  ])
  expect(links.length).toBeGreaterThan(40)

  for (const [, href = '', figure = ''] of links) {
    const query = Object.fromEntries(new URLSearchParams(href.replaceAll('&amp;', '&').split('?')[1]))
    const list = textOf(await situationPupilsPage.get(visit('/situation/pupils', { query })))
    const [, said = '0'] = /([\d,]+) pupils? (?:Pupil|On)/.exec(list) ?? []
    expect(`${href} ${numberIn(said)}`).toBe(`${href} ${numberIn(figure)}`)
  }
})

test('mornings nobody has counted yet are said to be counted, once; then the report names who waits', async () => {
  await sql`truncate morning_remembered`
  const opened = async () => textOf(await reportPage.get(visit('/situation/report')))
  const text = await opened()
  await opened()
  expect(text).toMatch(/3 pupils without transport/)
  expect(text).toMatch(/mornings of this school year are being counted/)
  const asked = await sql`select 1 from graphile_worker.jobs where task_identifier = 'count-mornings'`
  expect(asked).toHaveLength(1)

  await countMorningsJob.run({
    payload: null,
    sql,
    today: dayOf(thatMorning),
    now: thatMorning,
    roads: noRoads,
  })

  const counted = await opened()
  expect(counted).toMatch(/79 pupil-days of education missed By 4 pupils over 25 school days/)
  expect(counted).toMatch(/10 school days or more: for the Director 3 Amara Osei, 小龍 李, Musa Bello/)
})

test('scenario 10: whoever is told of three days without transport sees each pupil’s reason, and what they have for now', async () => {
  const report = htmlOf(await reportPage.get(visit('/situation/report')))
  const [, href = ''] =
    /href="(\/situation\/pupils\?[^"]*waiting=3[^"]*|\/situation\/pupils\?[^"]*waiting=10[^"]*)"/.exec(
      report,
    ) ?? []
  const query = Object.fromEntries(new URLSearchParams(href.replaceAll('&amp;', '&').split('?')[1]))
  const list = textOf(await situationPupilsPage.get(visit('/situation/pupils', { query })))
  expect(list).toMatch(/Amara Osei 25 No transport Their run does not run on this day/)
  expect(list).toMatch(/小龍 李 25 Family driving/)
  expect(list).toMatch(/Musa Bello 25 Offer unsuitable/)
})

test('scenario 5: the pupils on no run stand above the contracts awarded, and are what the page opens with', async () => {
  const text = textOf(await todayPage.get(visit('/')))
  const [first, placed, awarded] = [
    /\d+ pupils? without transport/,
    /Pupils on no run \d+/,
    /Contracts awarded/,
  ].map((words) => text.search(words))
  expect(first).toBeGreaterThan(-1)
  expect(placed).toBeGreaterThan(first ?? 0)
  expect(awarded).toBeGreaterThan(placed ?? 0)
  expect(text).toMatch(/A contract counts no pupil: a child can be on no run of it\. 1 of 1 \(100%\)/)
})

test.each([
  ['csv', /^.?Table,Row/],
  ['json', /"withoutTransport": 3/],
  ['pdf', /^%PDF-1\.7/],
  ['xlsx', /^PK/],
])('the report can be taken away as %s, with who is in it on the record', async (kind, begins) => {
  const reply = await reportFilePage.get(visit(`/situation/report/${kind}`, { params: { kind } }))
  if (reply.reply !== 'download') throw new Error(`Expected a download, got ${reply.reply}.`)

  expect(Buffer.from(reply.body).toString('utf8')).toMatch(begins)
  expect(reply.filename).toBe(`situation-2022-02-14.${kind}`)
  expect(reply.pupils).toContain(county.pupils.amara)
  if (kind === 'json') sitrepJson.parse(JSON.parse(String(reply.body)))
})

test('a breakdown in full is sorted as asked, worst first otherwise', async () => {
  const worst = textOf(await breakdownPage.get(visit('/situation/by/school', { params: { kind: 'school' } })))
  expect(worst.indexOf('Oakfield')).toBeLessThan(worst.indexOf('Beacon'))
  const byName = { params: { kind: 'school' }, query: { sort: '-name' } }
  const named = textOf(await breakdownPage.get(visit('/situation/by/school', byName)))
  expect(named.indexOf('Beacon')).toBeLessThan(named.indexOf('Oakfield'))

  expect(await breakdownPage.get(visit('/situation/by/hair', { params: { kind: 'hair' } }))).toEqual({
    reply: 'not-found',
  })
})

test('a list keeps the day and the moment it was asked for', async () => {
  const query = { on: '2022-02-11', 'known-at': '2022-02-11T07:00', state: 'without-transport' }
  const html = htmlOf(await situationPupilsPage.get(visit('/situation/pupils', { query })))

  expect(html).toContain('on=2022-02-11&amp;known-at=2022-02-11T07:00')
  expect(instant('2022-02-11T07:00')).toBe('2022-02-11T07:00:00Z')
})
