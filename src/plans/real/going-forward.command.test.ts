import { beforeAll, expect, test } from 'vitest'
import type { Answer, Asked, Command } from '#cli/command.ts'
import type { PupilId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { planAcceptCommand, planMakeRealCommand, planTakeBackCommand } from './going-forward.command.ts'
import { inTheWayInWords, worseInWords } from './going-forward.view.ts'
import { type PlannedCounty, plannedCounty, today } from './testing.ts'

const { sql } = realDatabase()
let county: PlannedCounty
const by = 'helen.marsh@westmarch.example'

beforeAll(async () => {
  county = await plannedCounty(sql)
})

const ask = (command: Command, reason: string, options: Asked['options'] = {}): Promise<Answer> =>
  command.run({ words: ['Beacon anew', reason], options, sql, today, now: now(), say: () => {} })
const said = (answer: Answer) => (answer.answer === 'refused' ? answer.sentence : answer.text)

test('only a manager accepts, and says why', async () => {
  expect(said(await ask(planAcceptCommand, 'Looked at', { by: 'asha.kaur@westmarch.example' }))).toMatch(
    /“?asha.kaur@westmarch.example"?, which is no manager’s/,
  )
  expect(said(await ask(planAcceptCommand, ' ', { by }))).toBe('Say why: the reason stays on record.')
  expect(said(await ask(planAcceptCommand, 'Looked at', { by, plan: '99' }))).toMatch(/no such plan/)
  expect(said(await ask(planAcceptCommand, 'Looked at', { by }))).toMatch(/is accepted/)
  const [step] = await sql`
    select p.name, r.reason from plan_step join revision r using (revision) join person p using (person_id)`
  expect(step).toEqual({ name: 'Helen Marsh', reason: 'Looked at' })
})

test('what it would do is told before it is done, and then it is done', async () => {
  const options = { by, operators: `Taxi=${county.kestrel}`, lastDay: '2022-07-22' }
  const { operators: _, ...unnamed } = options
  expect(said(await ask(planMakeRealCommand, 'Go', { ...options, lastDay: 'soon' }))).toMatch(
    /--last-day is "soon"/,
  )
  expect(said(await ask(planMakeRealCommand, 'Go', unnamed))).toMatch(/--operators is ""/)
  const preview = said(await ask(planMakeRealCommand, 'Go', { ...options, preview: true }))
  expect(preview).toContain(`P${county.plan}-1, Taxi: 2 runs, 2 pupils, £102.00 a day`)
  expect(preview).toContain('3 pupils get a seat on 2 new routes from 28 February 2022')
  expect(preview).toMatch(/Nothing is recorded\.$/)
  expect(await sql`select from plan_route`).toHaveLength(0)

  expect(said(await ask(planMakeRealCommand, 'Go', options))).toContain('all of it can be taken back')
  expect(await sql`select from plan_route`).toHaveLength(2)
  expect(said(await ask(planMakeRealCommand, 'Go', options))).toBe('The plan is real already.')
})

test('it is taken back step by step, and the second time there is nothing to take back', async () => {
  expect(said(await ask(planTakeBackCommand, 'Not yet', { by }))).toMatch(/is taken back: 6 seats withdrawn/)
  expect(said(await ask(planTakeBackCommand, 'Not at all', { by }))).toMatch(/is not accepted any more/)
  expect(said(await ask(planTakeBackCommand, 'Again', { by }))).toBe('The plan is not accepted.')
})

test('who would be worse off and what is in the way are told by name', () => {
  const worse = {
    pupil: 3 as PupilId,
    direction: 1 as const,
    firstDay: plainDate('2022-02-28'),
    lastDay: plainDate('2022-03-04'),
    days: 5,
    before: 'confirmed',
    after: 'provisional',
    reason: null,
    accepted: false,
  }
  expect(worseInWords([worse])).toContain(
    'pupil 3, to school, 28 February 2022 to 4 March 2022: confirmed becomes not yet confirmed',
  )
  expect(inTheWayInWords({ because: 'anomalies-open', anomalies: 2 })).toMatch(/^2 oddities in it/)
})
