import { beforeAll, expect, test } from 'vitest'
import type { Role } from '#access'
import { instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { foundPlanPage } from '../found/found-plan.page.ts'
import {
  anomaliesPage,
  anomalyAcceptedPage,
  anomalyOwnerPage,
  anomalyPage,
  anomalyResolvedPage,
  newAnomalyPage,
} from './anomalies.page.ts'
import { anomaliesOf } from './anomaly-store.ts'
import { isOpen, mayGoForward } from './gate.ts'

const { sql } = realDatabase()
let county: SmallCounty
let made: { scenario: number; plan: number }

beforeAll(async () => {
  county = await smallCounty(sql)
  made = await plannedScenario(sql, county)
})

const now = instant('2022-02-14T18:30')
const visit = (role: Role, but: Parameters<typeof aVisit>[1] = {}) =>
  aVisit(sql, {
    now,
    person: { id: county.people[role], name: 'Helen Marsh', roles: [role] },
    ...but,
    params: { scenarioId: String(made.scenario), planId: String(made.plan), ...but.params },
  })
const all = () => anomaliesOf(sql, made)
const of = (id: number) => ({ params: { anomalyId: String(id) } })

test('scenario 34: an officer reports, owns and resolves on pages, a manager accepts by name, and only then the plan may go forward', async () => {
  const form = { says: 'The gate of Mill Lane is locked at eight', pupils: String(county.pupils.amara) }
  expect(await newAnomalyPage.post?.(visit('transport-officer', { form }))).toMatchObject({
    reply: 'redirect',
  })
  const open = (await all()).filter(isOpen)
  const list = textOf(await anomaliesPage.get(visit('auditor')))
  expect(list).toContain(`${open.length} anomalies to look at`)
  expect(list).toMatch(/The gate of Mill Lane is locked at eight Amara Osei V\d+ to school/)
  expect(textOf(await foundPlanPage.get(visit('manager')))).toContain(`${open.length} open: each is resolved`)

  const [first, ...others] = open
  if (!first) throw new Error('Nothing is odd in this plan.')
  const owner = { owner: String(county.people.commissioner) }
  await anomalyOwnerPage.post?.(visit('transport-officer', { ...of(first.id), form: owner }))
  expect(textOf(await anomalyPage.get(visit('auditor', of(first.id))))).toMatch(
    /Owner .*What happened Given to/,
  )
  const says = { says: 'There is no other way' }
  await anomalyAcceptedPage.post?.(visit('manager', { ...of(first.id), form: says }))
  expect(mayGoForward(await all(), made.plan).ok).toBe(false)

  for (const { id } of others)
    await anomalyResolvedPage.post?.(visit('transport-officer', { ...of(id), form: says }))
  expect(mayGoForward(await all(), made.plan).ok).toBe(true)
  expect(textOf(await anomaliesPage.get(visit('manager')))).toContain('Nothing odd is open')
  expect(textOf(await anomalyPage.get(visit('manager', of(first.id))))).toMatch(
    /Accepted by .*There is no other way/,
  )
})

test.each([
  [{ says: '', pupils: '' }, 'Enter what is odd'],
  [{ says: 'Odd', pupils: 'Amara' }, 'Enter pupil numbers with commas'],
  [{ says: 'Odd', pupils: '9999' }, 'The plan has no pupil 9999'],
])('a report of %o is refused with what to do', async (form, says) => {
  expect(textOf(await newAnomalyPage.post?.(visit('manager', { form })))).toContain(says)
})

test('nothing is resolved without saying how', async () => {
  const [one] = await all()
  const reply = await anomalyResolvedPage.post?.(
    visit('manager', { ...of(one?.id ?? 0), form: { says: ' ' } }),
  )
  expect(textOf(reply)).toContain('Enter how it was resolved')
})
