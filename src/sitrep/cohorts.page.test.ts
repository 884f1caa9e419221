import { beforeAll, expect, test } from 'vitest'
import { roles } from '#access'
import { instant, momentAt, plainDate, type WallTime } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { cohortPage, cohortsPage } from './cohorts.page.ts'
import { countMorningsJob } from './count-mornings.job.ts'
import { todayPage } from './today.page.ts'
import { trendPage } from './trend.page.ts'

const noRoads = async () => undefined

const { sql } = realDatabase()
let county: SmallCounty
const morning = momentAt(plainDate('2022-02-11'), '07:05' as WallTime)
const goLive = plainDate('2022-02-28')

beforeAll(async () => {
  county = await smallCounty(sql)
})

const aManager = (but: object = {}) =>
  aVisit(sql, {
    now: morning,
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })
// Recording is of now; the days it speaks of stay in February.
const clockOfRecord = { query: { on: '2022-02-11' }, now: instant('2099-01-01T07:00') }

test('a manager freezes a cohort and records its plan; a name twice and a plan without a day are sent back', async () => {
  const frozen = await cohortsPage.post?.(
    aManager({ ...clockOfRecord, form: { name: 'Promised by half-term' } }),
  )
  expect(frozen).toEqual({ reply: 'redirect', to: '/situation/cohorts/1', notice: '8 pupils are frozen' })
  const again = await cohortsPage.post?.(
    aManager({ ...clockOfRecord, form: { name: 'Promised by half-term' } }),
  )
  expect(textOf(again)).toMatch(/already frozen/)

  const params = { cohortId: '1' }
  const lame = await cohortPage.post?.(
    aManager({ ...clockOfRecord, params, form: { begins: '', points: 'soon' } }),
  )
  expect(textOf(lame)).toMatch(/Enter the day on which travel begins.*soon&quot; is not a point of a plan/)

  const form = { begins: goLive, points: '2022-02-11 80%\n2022-02-25 100%' }
  expect(await cohortPage.post?.(aManager({ ...clockOfRecord, params, form }))).toMatchObject({
    reply: 'redirect',
  })
})

test('scenario 4: behind its plan a cohort turns the first page red that day, with what the rate so far would lead to', async () => {
  const visit = { now: instant('2099-01-01T07:00'), query: { on: '2022-02-11' } }
  await countMorningsJob.run({
    payload: { on: '2022-02-11', knownAt: visit.now },
    sql,
    today: plainDate('2022-02-11'),
    now: visit.now,
    roads: noRoads,
  })

  const page = textOf(await cohortPage.get(aManager({ ...visit, params: { cohortId: '1' } })))
  expect(page).toMatch(/Behind plan: [\d.]+% confirmed for 28 February 2022/)
  expect(page).toMatch(/The plan says 80% by now/)
  // Whoever looks that day is told on the first page they open.
  for (const role of roles) {
    const person = { id: county.people[role], name: role, roles: [role] }
    expect(textOf(await todayPage.get(aManager({ ...visit, person })))).toMatch(
      /Promised by half-term is behind its plan.{0,80}[\d.]+% confirmed/,
    )
  }
  expect(textOf(await cohortsPage.get(aManager(visit)))).toMatch(/Red: [\d.]+% confirmed, 80% planned/)
})

test('the trend draws each school morning as it was known, and each leads to its own report', async () => {
  await countMorningsJob.run({
    payload: null,
    sql,
    today: plainDate('2022-02-11'),
    now: morning,
    roads: noRoads,
  })
  const query = { on: '2022-02-08', 'known-at': '2022-02-08T07:00' }
  const html = htmlOf(await trendPage.get(aManager({ query })))
  const text = textOf(await trendPage.get(aManager({ query })))

  expect(html).toContain('Pupils without transport, and not yet confirmed')
  expect(html).toContain('href="/?on=2022-02-07&amp;known-at=2022-02-07T07:00"')
  // Zoë's hired vehicle came on 17 January; until then she stood at the door with the three others.
  expect(text).toMatch(/From 4 without transport on 12 January 2022 to 3 on 8 February 2022/)
  expect(text).toContain('The same figures as a table')
})
