import { spawn } from 'node:child_process'
import type { Sql, TransactionSql } from 'postgres'
import { beforeAll, expect, test } from 'vitest'
import type { Asked, Command } from '#cli/command.ts'
import { now, plainDate } from '#ground/time.ts'
import { beginRevision, stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { plannedScenario, prices } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { planRunCommand } from './found/found-plan.command.ts'
import { latestPlan } from './found/found-plan-store.ts'
import { planAcceptCommand } from './real/going-forward.command.ts'
import { planFreezeCommand, planNewCommand } from './scenario/plan.command.ts'
import { standingOf } from './scenario/standing-store.ts'

// Two accepted plans of one pupil, and a day gone by: real/going-forward.test.ts. Prices, roads and points: found-plan.test.ts.
const { sql, inTransaction, url } = realDatabase()
const today = plainDate('2022-02-14')
const name = 'Oakfield and Beacon'
const straight = { crowFly: true, seconds: '1' } as const
let county: SmallCounty
let scenario = 0

beforeAll(async () => {
  county = await smallCounty(sql)
  scenario = (await plannedScenario(sql, county)).scenario
}, 120_000)

async function say(command: Command, words: string[], options: Asked['options'] = {}) {
  const answer = await command.run({ words, options, sql, today, now: now(), say: () => {} })
  return answer.answer === 'refused' ? answer.sentence : answer.text
}
const howManyPlans = async () => {
  const [row] = await sql<{ plans: number; bytes: number }[]>`
    select (select count(*)::integer from found_plan) as plans, (select count(*)::integer from found_plan_bytes) as bytes`
  return row
}

test('the database lost while a plan is being kept leaves nothing of it, and the next is kept whole', {
  timeout: 60_000,
}, async () => {
  const before = await howManyPlans()
  const script = `
    import { connect } from '#adapters/postgres/connect.ts'
    import { keepPlan, latestPlan } from './src/plans/found/found-plan-store.ts'
    const sql = connect('${url()}', { atMost: 1 })
    const { plan, cut } = await latestPlan(sql, ${scenario})
    const how = { seed: 1, seconds: 1, rounds: 1, times: 'crow-fly' }
    const author = { by: 1, reason: 'Found' }
    await keepPlan(sql, { scenario: ${scenario}, cut, plan, how, author })`
  await sql.begin(async (tx) => {
    await tx`lock table found_plan_bytes in share mode`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' })
    const ended = new Promise((done) => child.once('exit', done))
    await expect.poll(() => lostConnections(tx), { timeout: 50_000, interval: 100 }).toBe(1)
    expect(await ended).not.toBe(0)
  })
  expect(await howManyPlans()).toEqual(before)

  expect(await say(planRunCommand, [name], straight)).toMatch(/^Plan \d+/)
})

/** Ends whatever waits to keep a plan, as a database that goes down would. */
async function lostConnections(tx: Sql | TransactionSql): Promise<number> {
  const rows = await (tx as Sql)`
    select pg_terminate_backend(pid) from pg_locks
     where relation = 'found_plan_bytes'::regclass and not granted
       and database = (select oid from pg_database where datname = current_database())`
  return rows.length
}

test('rules that contradict one another leave nobody out of sight: each is named with why, and the plan goes nowhere', async () => {
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: county.people.manager, reason: 'Only places for wheelchairs, by mistake' })
    const value = prices.map((offer) => ({ ...offer, layouts: [[0, 1]] }))
    await stateFact(tx, 'policy', { name: 'plan-vehicles', value, valid: '[2022-01-01,)' })
  })
  const standing = await standingOf(sql, scenario, now())
  const planned = standing?.population.planned ?? []

  const told = await say(planRunCommand, [name], straight)

  const kept = await latestPlan(sql, scenario)
  expect(new Set(kept?.plan.unplaced.map(({ pupil }) => pupil))).toEqual(
    new Set(planned.map(({ pupil }) => pupil)),
  )
  expect(told).toContain('Every time is estimated by a straight line, not measured along roads')
  expect(kept?.plan.unplaced.every(({ reasons }) => reasons.length > 0)).toBe(true)
  for (const { pupil } of planned) expect(told).toContain(`pupil ${pupil} to school: No vehicle on offer`)
  const manager = { by: 'helen.marsh@westmarch.example', plan: String(kept?.id) }
  expect(await say(planAcceptCommand, [name, 'Approved'], manager)).toMatch(
    /cannot go forward yet:[\s\S]*has no place in the plan/,
  )
})

test('a school without bells is named, with where to record them', async () => {
  await inTransaction(async (tx) => {
    await beginRevision(tx, { by: county.people.manager, reason: 'The bells of The Beacon were wrong' })
    await tx`select withdraw_fact('bell_time', to_jsonb(b) - 'fact_id' - 'known')
               from bell_time b where school_id = ${county.beacon} and upper_inf(known)`
  })
  const before = await howManyPlans()

  expect(await say(planRunCommand, [name], straight)).toBe(
    `“${name}” cannot be planned yet:\n- The Beacon has no bell times. Record them on the school’s page.`,
  )
  expect(await howManyPlans()).toEqual(before)
})

test('a scenario from a day gone by is not begun', async () => {
  expect(await say(planNewCommand, ['Late'], { from: '2022-02-14', county: true })).toBe(
    'A scenario begins on a later day than today. Choose one to come.',
  )
  expect(await say(planFreezeCommand, ['Late'])).toMatch(/No scenario is called "Late"/)
})
