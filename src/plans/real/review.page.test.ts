import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { recordChange } from '#changeover/store'
import { instant } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import type { OpenVisit, Reply, Visit } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { assessmentsPage, newAssessmentPage } from './assessment.page.ts'
import { acceptPlan } from './going-forward-store.ts'
import { askSchoolPage, remindSchoolPage, reviewPage } from './review.page.ts'
import { planReviewsCommand } from './reviews.command.ts'
import { reviewLinkPage, schoolReviewPage } from './school-review.page.ts'
import { keptPlanOf, type PlannedCounty, plannedCounty, taxi, today } from './testing.ts'

const { sql, inTransaction } = realDatabase()
const now = instant('2022-02-14T12:00')
let county: PlannedCounty
let plan: number
let token = ''

beforeAll(async () => {
  county = await plannedCounty(sql)
  const { tomasz, ffion, ivy } = county.pupils
  const author = { by: county.people['transport-officer'], reason: 'Found', at: instant('2022-02-14T08:00') }
  plan = await keptPlanOf(sql, county.scenario, { runs: taxi(0, [tomasz, ffion, ivy]), author })
  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'From three up')`
    const value = { fromPupils: 3, needs: [] }
    await stateFact(tx, 'policy', { name: 'mix-assessment', value, valid: '[2021-09-01,)' })
  })
})

type Posting = { post?: ((visit: Visit & OpenVisit) => Promise<Reply>) | undefined }
const visit = (but: Parameters<typeof aVisit>[1] = {}, role: Role = 'transport-officer') =>
  aVisit(sql, {
    now,
    person: { id: county.people[role], name: 'Asha Kaur', roles: [role] },
    params: {
      scenarioId: String(county.scenario),
      planId: String(plan),
      schoolId: String(county.beacon),
      reviewToken: token,
    },
    ...but,
  })
const post = async (page: Posting, form: Record<string, string>) => {
  if (!page.post) throw new Error('unreachable')
  return await page.post(visit({ form }))
}
const accept = () =>
  recordChange(sql, { by: county.people.manager, reason: 'Accepted' }, (tx) =>
    acceptPlan(tx, { scenario: county.scenario, plan, today }),
  )
const inTheWay = async () => JSON.stringify(await accept())

test('a plan does not go forward while a school has not answered', async () => {
  expect(await inTheWay()).toContain('"because":"schools-have-not-agreed","rejected":0,"unanswered":2')
  expect(textOf(await reviewPage.get(visit()))).toMatch(
    /1 school has not answered.*The Beacon 2 0 0 2 Not yet/,
  )
})

test('a school is sent a link that is kept as a hash, and opens its own pupils without signing in', async () => {
  expect(textOf(await post(askSchoolPage, { school: '', 'last-day': '2022-02-01' }))).toMatch(
    /Choose a school.*1 February 2022 is past/,
  )
  const reply = await post(askSchoolPage, { school: String(county.beacon), 'last-day': '2022-02-21' })
  token = /\/reviews\/([\w-]{43})/.exec(htmlOf(reply))?.[1] ?? ''
  expect(token).not.toBe('')
  const [kept] = await sql`select to_jsonb(l)::text as row from review_link l`
  expect(kept?.['row']).not.toContain(token)

  const text = textOf(await reviewLinkPage.get?.(visit()))
  expect(text).toMatch(/Runs to The Beacon.*2 runs to answer.*Ffion Price-Hargreaves/)
  for (const elsewhere of ['Amara', 'Niamh', 'Mill Lane']) expect(text).not.toContain(elsewhere)
  const [look] = await sql`select page, person_id from look order by looked_at desc limit 1`
  expect(look).toEqual({ page: 'the review link of The Beacon', person_id: 1 })
})

test('a link that nobody was given, that has run out, or was replaced opens nothing', async () => {
  const at = (but: object) => reviewLinkPage.get?.(visit(but))
  expect(await at({ params: { reviewToken: 'x'.repeat(43) } })).toEqual({ reply: 'not-found' })
  expect(await at({ now: instant('2022-02-22T00:01') })).toEqual({ reply: 'not-found' })
  const old = token
  const reply = await post(askSchoolPage, { school: String(county.beacon), 'last-day': '2022-02-21' })
  token = /\/reviews\/([\w-]{43})/.exec(htmlOf(reply))?.[1] ?? ''
  expect(await at({ params: { reviewToken: old } })).toEqual({ reply: 'not-found' })
})

test('scenario 35: a run that the school rejects does not go forward until it agrees', async () => {
  const { ffion } = county.pupils
  expect(textOf(await post(reviewLinkPage, { 'answer-0': 'some' }))).toMatch(
    /Select for whom it is not suitable.*Enter why it is not suitable.*Enter your name/,
  )
  const said = { 'said-by': 'Mrs Bell, head', 'answer-1': 'accepted' }
  const not = { ...said, 'answer-0': 'some', 'pupils-0': String(ffion), 'reason-0': 'Not beside Tomasz' }
  expect(await post(reviewLinkPage, not)).toMatchObject({ reply: 'redirect' })
  expect(await inTheWay()).toContain('"rejected":1,"unanswered":0')
  expect(textOf(await reviewPage.get(visit()))).toMatch(
    /1 run rejected.*V1 to school.*Ffion Price-Hargreaves Not beside Tomasz Mrs Bell, head/,
  )

  await post(schoolReviewPage, { 'said-by': 'Mrs Bell, on the telephone', 'answer-0': 'accepted' })
  expect(await inTheWay()).not.toContain('schools-have-not-agreed')
  const rows =
    await sql`select link_id is null as told, answer from run_review where plan_id = ${plan} order by review_id`
  expect(rows).toHaveLength(5)
  expect(rows.at(-1)).toEqual({ told: true, answer: 'accepted' })
})

test('a school that does not answer is chased, and that is counted', async () => {
  await post(remindSchoolPage, { school: String(county.beacon), how: 'Rang the office' })
  expect(textOf(await reviewPage.get(visit()))).toMatch(/reminded 1 time, last on/)
  const answer = await planReviewsCommand.run({
    words: ['Beacon anew'],
    options: {},
    sql,
    today,
    now,
    say: () => {},
  })
  expect(answer).toMatchObject({
    text: expect.stringMatching(/The Beacon: 2 of 2 runs agreed.*reminded 1 time/),
  })
})

test('scenario 28: a run that needs a risk assessment does not go forward without one', async () => {
  const later = { now: instant('2099-12-31T00:00'), today }
  expect(await inTheWay()).toContain('{"because":"not-assessed","runs":2}')
  const page = async () => textOf(await assessmentsPage.get(visit(later)))
  expect(await page()).toMatch(/2 runs not assessed.*V1 to school.*3 pupils aboard.*Not yet/)
  const record = async (form: Record<string, string>, runs: string[]) =>
    await newAssessmentPage.post?.(visit({ ...later, form, formLists: { runs } }))
  expect(textOf(await record({}, []))).toMatch(/Select which runs.*Enter who made it.*Enter what was found/)
  const made = { by: 'Tom Reeve', on: '2022-02-10', findings: 'Ffion sits in front' }
  expect(await record(made, ['V1 to school', 'V1 from school'])).toMatchObject({ reply: 'redirect' })
  expect(await page()).toMatch(
    /Every run that needs one is assessed.*Ffion sits in front Tom Reeve, 10 February 2022/,
  )
  expect(await accept()).toMatchObject({ ok: true })
})

test('once the plan is accepted, its link opens nothing more', async () => {
  expect(await reviewLinkPage.get?.(visit())).toEqual({ reply: 'not-found' })
})
