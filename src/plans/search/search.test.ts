import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { connect } from '#adapters/postgres/connect.ts'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { type RunningWorker, startWorker } from '../../worker/main.ts'
import { foundPlanPage } from '../found/found-plan.page.ts'
import { standingOf } from '../scenario/standing-store.ts'
import { askToPlan } from './ask-store.ts'
import { inForce, numberedAgain } from './frozen.ts'
import { carryOnSearchesJob, lookForPlanJob, workOnSearch } from './look-for-plan.job.ts'
import { newSearchPage, searchPage } from './search.page.ts'
import { askToStop, betterPlans, claimSearch, handOnSilent, searchesOf } from './search-store.ts'

const { sql, url } = realDatabase()
const later = instant('2022-02-14T18:30')
let county: SmallCounty
let scenario = 0
const workers: RunningWorker[] = []
const children: ChildProcess[] = []

beforeAll(async () => {
  county = await smallCounty(sql)
  scenario = (await plannedScenario(sql, county)).scenario
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
})

async function asked(seconds: number, queued = true): Promise<number> {
  const standing = await standingOf(sql, scenario, later)
  if (!standing) throw new Error('There is no scenario.')
  const search = await askToPlan(sql, standing, {
    estimated: true,
    hasRoads: false,
    queued,
    seconds,
    seed: 1,
    today: plainDate('2022-02-14'),
    now: later,
    author: { by: county.people.manager, reason: 'A search' },
  })
  if (!search.ok) throw new Error(JSON.stringify(search.refusal))
  return search.value
}

const searchNow = async (search: number) => (await searchesOf(sql, scenario, search))[0]
async function until(
  search: number,
  isSo: (now: NonNullable<Awaited<ReturnType<typeof searchNow>>>) => boolean,
) {
  for (let tries = 0; tries < 600; tries++) {
    const now = await searchNow(search)
    if (now && isSo(now)) return now
    await sleep(50)
  }
  throw new Error(`Search ${search} did not come so far: ${JSON.stringify(await searchNow(search))}`)
}
const someWorker = async () => {
  workers.push(await startWorker({ sql, url: url(), jobs: [lookForPlanJob, carryOnSearchesJob] }))
}

function workerElsewhere(): ChildProcess {
  const child = spawn(process.execPath, ['test/support/worker-elsewhere.ts'], {
    env: { ...process.env, WORK_ON: url() },
    stdio: 'inherit',
  })
  children.push(child)
  return child
}

const growSilent = (search: number) =>
  sql`update plan_search set heard_at = heard_at - interval '1 minute' where search_id = ${search}`

test('a worker killed in the middle loses nothing: another goes on from its best plan', {
  timeout: 60_000,
}, async () => {
  const search = await asked(600)
  const child = workerElsewhere()
  for (let tries = 0; (await betterPlans(sql, search)).length === 0 && tries < 600; tries++) await sleep(50)
  child.kill('SIGKILL')
  await once(child, 'exit')

  const [best] = (await betterPlans(sql, search)).slice(-1)
  expect(best).toBeDefined()
  expect(await searchNow(search)).toMatchObject({ state: 'searching', plan: null })
  expect(await claimSearch(sql, search, 'too soon')).toBeUndefined()

  await growSilent(search)
  expect(await handOnSilent(sql)).toEqual([search])
  await askToStop(sql, search, county.people.manager)
  await someWorker()
  const kept = await until(search, ({ state }) => state === 'kept')

  expect(kept.rounds).toBeGreaterThanOrEqual(best?.rounds ?? Number.POSITIVE_INFINITY)
  const [plan] = await sql<{ weighed: number }[]>`
    select weighed_pence::integer as weighed from found_plan_summary where plan_id = ${kept.plan}`
  expect(plan?.weighed).toBeLessThanOrEqual(best?.weighedPence ?? 0)
})

test('several searches are worked on by several workers, each by one alone', {
  timeout: 60_000,
}, async () => {
  const searches = [await asked(2), await asked(2), await asked(2)]
  await Promise.all([someWorker(), someWorker()])
  const kept = await Promise.all(searches.map((one) => until(one, ({ state }) => state === 'kept')))

  expect(new Set(kept.map(({ plan }) => plan)).size).toBe(3)
  expect(await sql`select from found_plan_calls join plan_question using (question_id)`).not.toHaveLength(0)
})

test('a worker that is told to stop leaves its search to another, with the best so far', {
  timeout: 60_000,
}, async () => {
  const search = await asked(600, false)
  let stopping = false
  const gone = await workOnSearch({
    sql,
    search,
    roads: undefined,
    isStopping: () => stopping,
    tell: () => {
      stopping = true
    },
  })
  expect(gone).toBeUndefined()
  expect(await searchNow(search)).toMatchObject({ state: 'waiting' })
  const again = await claimSearch(sql, search, 'another')
  expect(again?.from).not.toBeNull()
  expect(again?.spent).toBeGreaterThan(0)
})

test('a database lost in the middle leaves nothing half kept, and the search is carried on', {
  timeout: 60_000,
}, async () => {
  const search = await asked(600, false)
  const before = await sql`select plan_id from found_plan order by plan_id`
  const line = connect(url(), { name: 'cut-off' })
  const broken = workOnSearch({
    sql: line,
    search,
    roads: undefined,
    isStopping: () => false,
    tell: () => {
      void sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut-off'`.then()
      void line.end({ timeout: 0 })
    },
  })
  expect(await broken.catch(() => undefined)).toBeUndefined()
  expect(await sql`select plan_id from found_plan order by plan_id`).toEqual(before)
  expect(await searchNow(search)).toMatchObject({ state: 'searching', plan: null })

  await growSilent(search)
  await handOnSilent(sql)
  const plan = await workOnSearch({
    sql,
    search,
    roads: undefined,
    isStopping: () => false,
    isEnough: () => true,
  })
  expect(await searchNow(search)).toMatchObject({ state: 'kept', plan })
})

test('a search goes on from a plan that leaves somebody out, and places them', {
  timeout: 60_000,
}, async () => {
  const search = await asked(600, false)
  await sql`update plan_search set vehicles = '[]' where search_id = ${search}`
  const gone = { sql, search, roads: undefined, isStopping: () => false }
  await workOnSearch({ ...gone, isEnough: () => true })
  expect(await searchNow(search)).toMatchObject({ state: 'kept' })

  const again = await asked(600, false)
  await sql`update plan_search set vehicles = '[]' where search_id = ${again}`
  let told = 0
  const plan = await workOnSearch({ ...gone, search: again, tell: () => ++told, isEnough: () => told > 0 })
  const [kept] = await sql<{ unplaced: unknown[] }[]>`
    select convert_from(bytes, 'utf8')::jsonb -> 'unplaced' as unplaced from found_plan_bytes where plan_id = ${plan ?? 0}`
  expect(kept?.unplaced).toEqual([])
})

test('a question whose bytes were changed is not searched', async () => {
  const search = await asked(60, false)
  await sql`alter table plan_question_bytes disable trigger kept`
  await sql`update plan_question_bytes set bytes = bytes || ' '::bytea
             where question_id = (select question_id from plan_search where search_id = ${search})`
  await expect(workOnSearch({ sql, search, roads: undefined, isStopping: () => false })).rejects.toThrow(
    /does not match its hash/,
  )
})

const visit = (but: Parameters<typeof aVisit>[1] = {}) =>
  aVisit(sql, {
    now: later,
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    ...but,
  })

test('a search is asked for on a page, watched, and stopped there', { timeout: 60_000 }, async () => {
  const params = { scenarioId: String(scenario) }
  expect(textOf(await newSearchPage.post?.(visit({ params, form: { minutes: '2' } })))).toMatch(
    /There are no roads to drive on/,
  )
  const reply = await newSearchPage.post?.(visit({ params, form: { minutes: '10', estimated: 'yes' } }))
  const search = Number(reply?.reply === 'redirect' && reply.to.split('/').at(-1))
  const here = { params: { ...params, searchId: String(search) } }
  expect(textOf(await searchPage.get(visit(here)))).toMatch(/Waiting for a worker/)
  await searchPage.post?.(visit(here))
  expect(textOf(await searchPage.get(visit(here)))).toMatch(/Helen Marsh asked it to stop/)
  await someWorker()
  const { plan } = await until(search, ({ state }) => state === 'kept')
  const text = textOf(await searchPage.get(visit(here)))
  expect(text).toMatch(
    new RegExp(`Plan ${plan} is kept.*stopped by Helen Marsh.*£\\d+\\.\\d\\d a day.*above the bound`),
  )

  const plans = { params: { ...params, planId: String(plan) } }
  expect(await foundPlanPage.get(visit(plans))).toMatchObject({
    view: { lookOn: `/plans/${scenario}/searches/new?from=${plan}` },
  })
  const on = visit({ params, query: { from: String(plan) }, form: { minutes: '2' } })
  expect(await newSearchPage.post?.(on)).toMatchObject({ reply: 'redirect' })
})

test('vehicles keep their numbers when a plan is searched on', () => {
  const run = (call: number) => ({ fleet: 0, runs: [[call, call + 1], []] })
  const idle = { fleet: 0, runs: [[], []] }
  const { present, numbers } = inForce([run(0), idle, run(4)])
  expect(numbers).toEqual([0, 2])
  expect(present.map(({ was }) => was)).toEqual([0, 1])

  const found = [
    { ...run(6), was: -1 },
    { ...run(4), was: 1 },
  ]
  expect(numberedAgain(found, numbers)).toEqual([run(6), idle, run(4)])
})
