import { beforeAll, expect, test } from 'vitest'
import type { Answer, Asked, Command } from '#cli/command.ts'
import { everySchoolDay, patternOf } from '#ground/pattern.ts'
import { now, plainDate } from '#ground/time.ts'
import { stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { prices } from '#test/planned.ts'
import { makeWestmarch } from '#westmarch/store'
import type { Impact } from '../impact/impact.ts'
import { planChooseCommand, planFreezeCommand, planNewCommand } from '../scenario/plan.command.ts'
import { aPerson } from '../translation/testing.ts'
import { planRunCommand, planShowCommand } from './found-plan.command.ts'
import { notAskedOf } from './found-plan.ts'
import type { KeptPlan } from './found-plan-store.ts'

const { sql, inTransaction } = realDatabase()
const today = plainDate('2026-11-24')
let school = 0

beforeAll(async () => {
  await makeWestmarch(sql, { seed: 'westmarch', size: 500, years: 3, today }, { say: () => {} })
  const [row] = await sql<{ id: number }[]>`
    select school_id as id from placement group by school_id order by count(*) desc limit 1`
  school = row?.id ?? 0
}, 240_000)

const ask = (command: Command, words: string[], options: Asked['options'] = {}): Promise<Answer> =>
  command.run({ words, options, sql, today, now: now(), say: () => {} })
const saidNo = async (...asked: Parameters<typeof ask>) => {
  const answer = await ask(...asked)
  return answer.answer === 'refused' ? answer.sentence : `not refused: ${answer.text}`
}

const straight = { crowFly: true, seconds: '1' } as const
let moved = 0

async function found(command: Command, words: string[], options: Asked['options'] = {}) {
  const answer = await ask(command, words, options)
  if (answer.answer === 'refused') throw new Error(answer.sentence)
  return { text: answer.text, json: answer.json as KeptPlan & { impact: Impact } }
}

test('a plan is refused, with what is in the way, until the baseline is frozen, everybody decided about and prices known', async () => {
  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'No vehicle is to be had any more')`
    await stateFact(tx, 'policy', { name: 'plan-vehicles', value: [], valid: '[2019-09-01,)' })
  })
  await ask(planNewCommand, ['Special'], { from: '2026-12-07', schools: String(school) })
  moved = await movesOffTheMap()
  const blocked = await saidNo(planRunCommand, ['Special'], straight)
  expect(blocked).toMatch(
    /“Special” cannot be planned yet:\n- 1 pupil of whom too little is known.*\n- The baseline/,
  )

  await ask(planFreezeCommand, ['Special'])
  expect(await saidNo(planRunCommand, ['Special'], straight)).toMatch(
    /too little is known[^\n]*\n- Prices are missing/,
  )
  await ask(planChooseCommand, ['Special', String(moved), 'left-out', 'An aunt brings them'])
  expect(await saidNo(planRunCommand, ['Special'], straight)).toMatch(/Prices are missing.*plan-vehicles/)

  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'Prices')`
    await stateFact(tx, 'policy', { name: 'plan-vehicles', value: prices, valid: '[2026-09-01,)' })
  })
  expect(await saidNo(planRunCommand, ['Special'])).toMatch(/no roads.*firstbell roads build/)
  expect(await saidNo(planRunCommand, ['Special'], { ...straight, seed: 'x' })).toMatch(/--seed is "x"/)
  expect(await sql`select from found_plan`).toHaveLength(0)
})

/** Somebody of the school moves, and nobody says where on the map that is. */
async function movesOffTheMap(): Promise<number> {
  const [row] = await sql<{ pupil: number }[]>`
    select h.pupil_id as pupil from pupil_home h join scenario s on h.pupil_id = any(s.members)
     where upper_inf(h.known) and h.valid @> '2026-12-07'::date and h.pattern = '{[0,28)}' limit 1`
  const pupil = row?.pupil ?? 0
  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'A move')`
    const home = { address: '1 New Lane', postcode: 'WQ4 7AA', area: 'Harrow Vale' }
    await stateFact(tx, 'pupil_home', {
      pupil_id: pupil,
      pattern: '{[0,28)}',
      ...home,
      valid: '[2026-12-01,)',
    })
  })
  return pupil
}

test('scenario 32: a plan is found, kept and told against the baseline for every pupil', async () => {
  const { text, json } = await found(planRunCommand, ['Special'], straight)
  const { plan, impact } = json
  const pupils = new Set(plan.journeys.map(({ pupil }) => Number(pupil)))
  expect(pupils.has(moved)).toBe(false)
  expect(pupils.size).toBe(68)
  expect(new Set(impact.comparisons.map(({ pupil }) => Number(pupil)))).toEqual(pupils)
  expect(impact.comparisons.filter(({ before, after }) => before && after).length).toBeGreaterThan(100)

  const over = (minutes: number) =>
    new Set(
      impact.comparisons.filter(({ after }) => (after?.ridden ?? 0) > minutes * 60).map((one) => one.pupil),
    )
  const were = (minutes: number) =>
    new Set(
      impact.comparisons.filter(({ before }) => (before?.ridden ?? 0) > minutes * 60).map((one) => one.pupil),
    )
  const worse = impact.comparisons.filter(
    ({ before, after }) => before && after && after.ridden - before.ridden > 15 * 60,
  )
  expect(were(45).size).toBeGreaterThan(0)
  expect(text).toContain(`Over 45 minutes: ${were(45).size} before, ${over(45).size} after`)
  expect(text).toContain(`Over 75 minutes: ${were(75).size} before, ${over(75).size} after`)
  expect(text).toContain(`Worse by more than 15 minutes: ${new Set(worse.map(({ pupil }) => pupil)).size}`)
  expect(text).toMatch(/Every time is estimated by a straight line/)
  expect(plan.journeys.every(({ ride }) => ride === null || ride.estimated)).toBe(true)
  expect(plan.anomalies.map(({ kind }) => kind)).toContain('road-time-estimated')
})

test('what was kept is shown again to the last pupil, and never changes', async () => {
  const run = await found(planRunCommand, ['Special'], { ...straight, seed: '7' })
  const shown = await ask(planShowCommand, ['Special'])
  if (shown.answer === 'refused') throw new Error(shown.sentence)
  expect((shown.json as { plan: unknown }).plan).toEqual(run.json)
  expect(shown.text).toContain(run.text)
  expect(run.json).toMatchObject({ seed: 7, seconds: 1, foundBy: 'Firstbell' })
  await expect(sql`update found_plan set seed = 8`).rejects.toThrow(/never changed/)
  await expect(sql`delete from found_plan_bytes`).rejects.toThrow(/never changed/)
})

test('told to stop, it keeps the best so far', async () => {
  const { promise: told, resolve: stop } = Promise.withResolvers<void>()
  const began = performance.now()
  const asked = { sql, today, now: now(), told, say: () => stop() }
  const options = { crowFly: true, seconds: '600' } as const
  const answer = await planRunCommand.run({ ...asked, words: ['Special'], options })
  expect(answer).toMatchObject({ answer: 'report', json: { seconds: 600 } })
  expect(performance.now() - began).toBeLessThan(60_000)
})

test('who rides on a route that stays as it is keeps their seat, and is said to', async () => {
  const [row] = await sql<{ route: number; riders: number[] }[]>`
    select run.route_id as route, array_agg(distinct t.pupil_id) as riders
      from travel_arrangement t join run using (run_id) join scenario s on t.pupil_id = any(s.members)
     where upper_inf(t.known) and t.valid @> '2026-12-07'::date and t.pupil_id <> ${moved}
     group by run.route_id order by count(distinct t.direction) desc, count(*) desc, run.route_id limit 1`
  await ask(planNewCommand, ['Kept'], {
    from: '2026-12-07',
    schools: String(school),
    keepRoutes: String(row?.route),
  })
  await ask(planFreezeCommand, ['Kept'])
  await ask(planChooseCommand, ['Kept', String(moved), 'left-out', 'An aunt brings them'])
  const { text, json } = await found(planRunCommand, ['Kept'], straight)

  const { onKeptRoutes, journeys, notAsked } = json.plan
  expect([...new Set(onKeptRoutes.map(({ pupil }) => Number(pupil)))].sort()).toEqual(row?.riders.sort())
  for (const kept of onKeptRoutes) {
    const planned = journeys.filter((one) => one.pupil === kept.pupil && one.direction === kept.direction)
    expect(planned).toEqual([])
  }
  expect(notAsked).toEqual([])
  expect(text).toContain(`Left on routes that stay as they are: ${onKeptRoutes.length}`)
})

test('a day at school for which nothing could be asked is named', () => {
  const [rides, person] = [[], aPerson(1)]
  expect(notAskedOf([person], { rides }, [])).toEqual([
    { pupil: 1, direction: 1, days: everySchoolDay },
    { pupil: 1, direction: 2, days: everySchoolDay },
  ])
  const kept = [{ pupil: person.pupil, direction: 1 as const, days: patternOf([0, 1, 2, 3, 7, 8, 9, 10]) }]
  expect(notAskedOf([person], { rides }, kept)[0]?.days).toBe(patternOf([4, 11]))
})
