import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { instant } from '#ground/time.ts'
import { beginRevision, stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import type { Reply } from '#web/page.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { acceptPlanPage } from './accept.page.ts'
import { leaveOutPage } from './leave-out.page.ts'
import { makePlanRealPage, takePlanBackPage } from './make-real.page.ts'
import { type PlannedCounty, plannedCounty } from './testing.ts'

const { sql, inTransaction } = realDatabase()
let county: PlannedCounty

beforeAll(async () => {
  county = await plannedCounty(sql)
})

const visit = (form: Record<string, string> = {}, role: Role = 'manager') =>
  aVisit(sql, {
    now: instant('2022-02-14T09:00'),
    person: { id: county.people[role], name: 'Helen Marsh', roles: [role] },
    params: { scenarioId: String(county.scenario), planId: String(county.plan) },
    form,
  })
const posting = async (page: { post?: unknown }, form: Record<string, string>) =>
  await (page.post as (one: ReturnType<typeof visit>) => Promise<Reply>)(visit(form))
const shown = async (role?: Role) => textOf(await acceptPlanPage.get(visit({}, role)))

test('whose register changed is named on the page, and is left out there', async () => {
  const { ivy } = county.pupils
  await inTransaction(async (tx) => {
    const by = county.people['transport-officer']
    await beginRevision(tx, { by, reason: 'A wheelchair', at: instant('2022-02-14T08:00') })
    const need = { mobility: 'wheelchair', wheelchair_travel: 'ride-on', assistant: 'none' }
    await stateFact(tx, 'travel_need', { pupil_id: ivy, ...need, valid: '[2022-02-14,2022-07-23)' })
  })
  expect(await shown()).toMatch(/1 thing in the way.*Ivy Lane Has another need form.*Leave some of them out/)
  expect(textOf(await posting(leaveOutPage, { why: '' }))).toMatch(/Select who is left out.*Enter why/)
  const reply = await posting(leaveOutPage, { pupils: String(ivy), why: 'Found by hand' })
  expect(reply).toMatchObject({
    reply: 'redirect',
    notice: '1 pupil left out: their travel is arranged by hand.',
  })
})

test('an officer sees that a manager accepts it, and a manager says why', async () => {
  expect(await shown('transport-officer')).toMatch(/Nothing is in the way.*A manager accepts it/)
  expect(textOf(await posting(acceptPlanPage, { why: '' }))).toContain('Enter why you accept it')
  expect(await posting(acceptPlanPage, { why: 'Schools are content' })).toMatchObject({ reply: 'redirect' })
  expect(await shown()).toMatch(/Accepted by Helen Marsh.*Make it real.*Steps taken.*Schools are content/)
})

test('who drives is asked, what it would do is shown, and then it is real', async () => {
  const wrong = textOf(await posting(makePlanRealPage, { 'last-day': '2022-02-20' }))
  expect(wrong).toContain('Choose who drives Taxi')
  const form = { 'operator-1': String(county.kestrel), 'last-day': '2022-07-22', why: '' }
  expect(textOf(await posting(makePlanRealPage, { ...form, 'last-day': '2022-02-20' }))).toContain(
    'before the plan begins on 28 February 2022',
  )
  const preview = textOf(await posting(makePlanRealPage, form))
  expect(preview).toMatch(/2 pupils get a seat on 1 new route from 28 February 2022/)
  expect(await posting(makePlanRealPage, { ...form, step: 'record' })).toMatchObject({ reply: 'redirect' })
  expect(await shown()).toMatch(
    /Real from 28 February 2022.*P\d+-1 28 February 2022 Kestrel Cars P\d+-OP\d+ 2/,
  )
})

test('it is taken back on a page too', async () => {
  expect(textOf(await posting(takePlanBackPage, { why: '' }))).toContain('Enter why')
  const form = { why: 'The schools want more time', step: 'record' }
  expect(await posting(takePlanBackPage, form)).toMatchObject({ reply: 'redirect' })
  expect(await shown()).toMatch(/Accepted by Helen Marsh.*Taken back/)
})
