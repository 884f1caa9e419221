import { beforeAll, expect, test } from 'vitest'
import { instant, plainDate, now as realNow } from '#ground/time.ts'
import { beginRevision, stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { baselinePage } from './baseline/baseline.page.ts'
import { foundPlanPage } from './found/found-plan.page.ts'
import { scenarioPage, scenarioPeoplePage } from './scenario/scenario.page.ts'
import { scenarioChoicePage, scenarioExceptionPage } from './scenario/scenario-pupil.page.ts'
import { newScenarioPage, scenariosPage } from './scenario/scenarios.page.ts'

const { sql } = realDatabase()
let county: SmallCounty
let made: { scenario: number; plan: number }

beforeAll(async () => {
  county = await smallCounty(sql)
  made = await plannedScenario(sql, county)
})

const now = instant('2022-02-14T18:30')
const visit = (but: Parameters<typeof aVisit>[1] = {}) =>
  aVisit(sql, {
    now,
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })
const ofPlan = () => ({ scenarioId: String(made.scenario), planId: String(made.plan) })

test('the scenarios are listed with how far each has come', async () => {
  const text = textOf(await scenariosPage.get(visit()))
  expect(text).toMatch(/Oakfield and Beacon.*2 schools.*1 March 2022.*Frozen/)
})
test('a scenario says first what is to be done, and every figure leads to the pupils it counts', async () => {
  const reply = await scenarioPage.get(visit({ params: ofPlan() }))
  const text = textOf(reply)
  expect(text).toMatch(new RegExp(`Look at plan ${made.plan}.*everybody has a place`))
  expect(text).toMatch(/In the way of looking for another.*Build them/)
  expect(htmlOf(reply)).toContain(`/plans/${made.scenario}/people?who=planned`)

  const listed = textOf(await scenarioPeoplePage.get(visit({ params: ofPlan(), query: { who: 'planned' } })))
  for (const name of ['Amara Osei', 'Musa Bello', 'Zoë Hart']) expect(listed).toContain(name)
})

test('on the day it was to begin, a scenario says that its day has come and what to do', async () => {
  const onTheDay = visit({ params: ofPlan(), now: instant('2022-03-01T07:00') })
  const text = textOf(await scenarioPage.get(onTheDay))
  expect(text).toContain('It was to begin on 1 March 2022. Begin a new scenario from a day to come.')
})

test('a plan shows its cost, its runs in any order, and whom it does not carry', async () => {
  const reply = await foundPlanPage.get(visit({ params: ofPlan() }))
  const text = textOf(reply)
  expect(text).toMatch(/£\d+\.\d\d a day/)
  expect(text).toContain('All 7 pupils of the plan have one.')
  expect(text).toMatch(/V1 to school.*V1 from school.*4 runs/)
  expect(reply).toMatchObject({ view: { map: { table: 'runs' } } })
  expect(reply.reply === 'show' && reply.pupils).toHaveLength(7)

  const query = { direction: '2', sort: '-pupils', q: 'oakfield' }
  const some = textOf(await foundPlanPage.get(visit({ params: ofPlan(), query })))
  expect(some).toMatch(/Oakfield School 3:20pm.* 1 run /)
  expect(some).not.toContain('to school Minibus')
})

test('a plan of another scenario is not there', async () => {
  const reply = await foundPlanPage.get(visit({ params: { ...ofPlan(), scenarioId: '999' } }))
  expect(reply).toEqual({ reply: 'not-found' })
})

const typed = { name: 'Beacon', from: '2022-04-25', whom: 'schools', change: '2.00' }
const begin = (form: Record<string, string>) => newScenarioPage.post?.(visit({ form: { ...typed, ...form } }))

test('a scenario is begun from a form, and its pupils are frozen', async () => {
  const reply = await begin({ schools: String(county.beacon), keep: 'BEA-02' })
  expect(reply).toMatchObject({ reply: 'redirect' })
  const [row] = await sql<{ members: number[]; routes: number[] }[]>`
    select members, fixed_routes as routes from scenario join scenario_terms using (scenario_id) where name = 'Beacon'`
  expect(row?.members).toHaveLength(3)
  expect(row?.routes).toEqual([county.route])
})

test.each([
  [{ schools: '' }, 'Select at least one school'],
  [{ schools: '1', keep: 'NIX-1' }, 'No route is called NIX-1'],
  [{ schools: '1', change: 'much' }, 'is not an amount. Enter pounds'],
  [{ schools: '1', from: '2022-02-14' }, 'A scenario begins on a later day than today'],
  [{ schools: '1', name: 'Oakfield and Beacon' }, 'is already there. Choose another name'],
  [{ name: 'Far', whom: 'area', area: 'Nowhere' }, 'Nobody of this scope must be carried'],
])('a scenario of %o is refused with what to do', async (form, says) => {
  expect(textOf(await begin(form))).toContain(says)
})

test('how one pupil is planned and how long they may ride stay on record with who said so', async () => {
  const params = { ...ofPlan(), pupilId: String(county.pupils.amara) }
  expect(textOf(await scenarioChoicePage.post?.(visit({ params, form: { choice: 'left-out' } })))).toContain(
    'Enter why',
  )
  await scenarioChoicePage.post?.(visit({ params, form: { choice: 'left-out', why: 'An aunt brings her' } }))
  const ride = { minutes: '50', 'approved-by': 'Dr Rao', why: 'She sleeps on the way' }
  expect(
    textOf(await scenarioExceptionPage.post?.(visit({ params, form: { ...ride, minutes: '0' } }))),
  ).toContain('is no ride. Enter minutes from 1 to 999')
  await scenarioExceptionPage.post?.(visit({ params, form: ride }))

  const text = textOf(await scenarioPage.get(visit({ params: ofPlan() })))
  expect(text).toMatch(/Left out, to be arranged by hand 1/)
  expect(text).toMatch(/Amara Osei 50 minutes Dr Rao She sleeps on the way Helen Marsh/)
})

test('the baseline is frozen once, and says with how many journeys there is to compare', async () => {
  const [row] = await sql<{ id: number }[]>`select scenario_id as id from scenario where name = 'Beacon'`
  const params = { scenarioId: String(row?.id) }
  expect(htmlOf(await baselinePage.get(visit({ params })))).toContain('Freeze today’s journeys')
  const frozen = await baselinePage.post?.(visit({ params }))
  expect(frozen).toMatchObject({
    notice: expect.stringMatching(/^The baseline is frozen\. \d+ of 6 journeys/),
  })
  const again = await baselinePage.post?.(visit({ params }))
  expect(again).toMatchObject({ notice: 'The baseline was frozen before, once and for all.' })
  expect(textOf(await baselinePage.get(visit({ params })))).toMatch(/As people travel on 14 February 2022/)
})

test('where prices are missing, a scenario says so and leads to where they are recorded', async () => {
  await sql.begin(async (tx) => {
    await beginRevision(tx, { by: county.people.manager, reason: 'No vehicle is to be had any more' })
    await stateFact(tx, 'policy', { name: 'plan-vehicles', value: [], valid: '[2022-01-01,)' })
  })
  const today = plainDate('2022-02-14')
  const reply = await scenarioPage.get({ ...visit({ now: realNow(), params: ofPlan() }), today })
  expect(textOf(reply)).toMatch(/Prices are missing\. Record what vehicles.*Open the policies for planning/)
  expect(htmlOf(reply)).toMatch(/href="\/plans\/policies">Open the policies for planning/)
})
