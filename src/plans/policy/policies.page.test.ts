import { beforeAll, expect, test } from 'vitest'
import { instant, now as realNow } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { planPoliciesCommand, planPolicyCommand } from './policies.command.ts'
import { planPoliciesPage, planPolicyPage } from './policies.page.ts'

const { sql } = realDatabase()
let county: SmallCounty

beforeAll(async () => {
  county = await smallCounty(sql)
})

const visit = (but: Parameters<typeof aVisit>[1] = {}) =>
  aVisit(sql, {
    now: realNow(),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })
const limits = {
  primaryMinutes: '40',
  secondaryMinutes: '75',
  muchLongerMinutes: '15',
  earliestPickUp: '07:00',
}
const decide = (form: Record<string, string>, policy = 'plan-limits') =>
  planPolicyPage.post?.(
    visit({ params: { policy }, form: { from: '2022-03-01', why: 'Cabinet, 3 March', ...form } }),
  )
const shown = async (query: Record<string, string> = {}) =>
  textOf(await planPoliciesPage.get(visit({ query })))

test('until the council decides, the guide stands and is said to', async () => {
  expect(await shown()).toMatch(
    /Long at primary age, in minutes 45 .*The council has said nothing: this stands until it does/,
  )
})

test('a decision holds from its day, with who recorded it and why, and what was known before stays known', async () => {
  const before = realNow()
  expect(await decide(limits)).toMatchObject({ reply: 'redirect' })
  expect(await shown()).toMatch(
    /Long at primary age, in minutes 40 .*From 1 March 2022, recorded by .*: Cabinet, 3 March/,
  )
  expect(await shown({ on: '2022-02-28' })).toContain('Long at primary age, in minutes 45')
  expect(await shown({ 'known-at': before })).toContain('Long at primary age, in minutes 45')
})

test.each([
  [{ ...limits, primaryMinutes: 'many' }, /primaryMinutes: /],
  [{ ...limits, earliestPickUp: '7am' }, /earliestPickUp: expected a time like 07:00/],
  [{ ...limits, why: '' }, /Enter who decided it and why/],
  [{ ...limits, from: '' }, /Enter the first day it holds/],
])('a decision of %o is refused with what is wrong', async (form, says) => {
  expect(textOf(await decide(form))).toMatch(says)
})

test('bands of deprivation are typed whole, and what is no JSON is said to be', async () => {
  expect(textOf(await decide({ value: 'Saltmouth: 1' }, 'area-deprivation'))).toContain('This is not JSON')
  await decide({ value: '{"Saltmouth":"1"}' }, 'area-deprivation')
  expect(await shown()).toContain('Saltmouth 1')
})

test('the command tells and records the same', async () => {
  const asked = { sql, today: visit().today, now: instant('2099-01-01T00:00'), say: () => {} }
  const words = ['plan-phasing', '{"atMostPercent":20}', 'Cabinet member']
  const done = await planPolicyCommand.run({ ...asked, words, options: { from: '2022-03-01' } })
  expect(done).toMatchObject({ answer: 'report' })
  const told = await planPoliciesCommand.run({ ...asked, words: [], options: {} })
  expect(told).toMatchObject({ text: expect.stringMatching(/may change crew on one day, of a hundred: 20/) })
  const wrong = await planPolicyCommand.run({
    ...asked,
    words: ['plan-phasing', '{"atMostPercent":200}', 'x'],
    options: { from: '2022-03-01' },
  })
  expect(wrong).toMatchObject({ answer: 'refused', sentence: expect.stringMatching(/atMostPercent/) })
})
