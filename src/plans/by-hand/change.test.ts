import { beforeAll, expect, test } from 'vitest'
import { instant } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Visit } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { foundPlanPage } from '../found/found-plan.page.ts'
import { planOf } from '../found/found-plan-store.ts'
import { runOfPlanPage } from '../found/run-of-plan.page.ts'
import { changeRunPage } from './change.page.ts'
import { everyVehicle } from './change-store.ts'
import { planHistoryPage } from './history.page.ts'
import { lockRunPage, unlockRunPage } from './lock.page.ts'
import { locksOn } from './lock-store.ts'
import { oneVehicleEach, searchedOn } from './testing.ts'

const { sql } = realDatabase()
let county: SmallCounty
let found: { scenario: number; plan: number }

beforeAll(async () => {
  county = await smallCounty(sql)
  found = await plannedScenario(sql, county)
  found = { ...found, plan: await oneVehicleEach(sql, { ...found, by: county.people.manager }) }
})

const visit = (params: Record<string, string>, but: Parameters<typeof aVisit>[1] = {}) =>
  aVisit(sql, {
    now: instant('2022-02-14T18:30'),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    params: { scenarioId: String(found.scenario), planId: String(found.plan), ...params },
    ...but,
  })

type Lists = Visit['queryLists']

/** What a change of a run would do, asked for as a browser asks. */
const asking = (run: number, lists: Lists) =>
  visit({ runNumber: String(run) }, { query: firsts(lists), queryLists: lists })

const firsts = (lists: Lists) =>
  Object.fromEntries(Object.entries(lists).flatMap(([name, [first]]) => (first ? [[name, first]] : [])))

/** Keeps what a page shows with what it would send, as a browser does. */
async function keep(run: number, shown: string, why: string) {
  const lists: Record<string, string[]> = { why: [why] }
  for (const [, name = '', value = ''] of shown.matchAll(
    /<input type="hidden" name="(\w+)" value="([^"]*)">/g,
  ))
    lists[name] = [...(lists[name] ?? []), value]
  const form = visit({ runNumber: String(run) }, { form: firsts(lists), formLists: lists })
  return await changeRunPage.post?.(form)
}

type Found = { run: number; lists: Lists; shown: string }

/** The first of some changes that keeps every rule, as the page shows it. */
async function firstThatHolds(all: readonly { run: number; lists: Lists }[]): Promise<Found> {
  for (const one of all) {
    const shown = htmlOf(await changeRunPage.get(asking(one.run, one.lists)))
    if (/Refereed anew/.test(shown)) return { ...one, shown }
  }
  throw new Error(`None of ${all.length} changes keeps every rule.`)
}

type Pair = { run: number; to: number; pupils: number[] }

const pairs = () => sql<Pair[]>`
  select a.run_number as run, b.run_number as to, a.pupils
    from found_run a join found_run b on a.plan_id = b.plan_id and a.direction = b.direction and a.vehicle <> b.vehicle
   where a.plan_id = ${found.plan} order by 1, 2`

const someMove = async () =>
  await firstThatHolds(
    (await pairs()).map(({ run, to, pupils: [pupil] }) => ({
      run,
      lists: { kind: ['move'], pupil: [String(pupil)], to: [String(to)] },
    })),
  )

const runs = (plan: number) =>
  sql<{ run: number; vehicle: number; direction: number; offer: string; pupils: number[] }[]>`
    select run_number as run, vehicle, direction, offer, pupils from found_run where plan_id = ${plan} order by 1`

/** Everybody who rides, in which direction. */
const riding = async (plan: number) =>
  (await runs(plan)).flatMap(({ direction, pupils }) => pupils.map((pupil) => `${pupil} ${direction}`)).sort()

/** Keeps a change and goes on from the plan it made. */
async function goOn({ run, shown }: Found, why: string): Promise<void> {
  const kept = await keep(run, shown, why)
  if (kept?.reply !== 'redirect') throw new Error(`Not kept: ${textOf(kept)}`)
  found = { ...found, plan: Number(kept.to.split('/').at(-1)) }
}

test('a pupil is moved to another run: shown first, kept as another plan, and a second planner is told', async () => {
  const move = await someMove()
  const before = await planOf(sql, found.scenario, found.plan)
  expect(textOf(await changeRunPage.get(asking(move.run, {})))).toMatch(/Split this run.*Reverse the order/s)
  expect(textOf(await changeRunPage.get(asking(move.run, { kind: ['move'] })))).toMatch(/To which run\?/)
  expect(textOf(await changeRunPage.get(asking(move.run, move.lists)))).toMatch(
    /£\d+\.\d\d a day.*Everybody aboard, before and after.*becomes/s,
  )
  expect(textOf(await keep(move.run, move.shown, ''))).toMatch(/Enter why/)

  const first = await keep(move.run, move.shown, 'Their mother asked')
  const made = Number(first?.reply === 'redirect' && first.to.split('/').at(-1))
  const after = await planOf(sql, found.scenario, made)
  expect(after?.id).toBeGreaterThan(found.plan)
  expect(after?.plan.runs.length).toBeGreaterThan(0)
  expect(await planOf(sql, found.scenario, found.plan)).toEqual(before)
  expect(textOf(await foundPlanPage.get(visit({ planId: String(made) })))).toMatch(/moved .* from V\d to V\d/)

  const second = await keep(move.run, move.shown, 'I want it too')
  expect(textOf(second)).toMatch(
    new RegExp(
      `Plan ${found.plan} has been changed since.*moved.*Their mother asked.*Go to plan ${made}`,
      's',
    ),
  )
  const [{ plans } = { plans: 0 }] = await sql<{ plans: number }[]>`
    select count(*)::integer as plans from plan_change where changed_from = ${found.plan}`
  expect(plans).toBe(1)
})

test('two planners who keep at the same moment make one plan, and one of them is told', async () => {
  const [last] = await sql<{ plan: number }[]>`select max(plan_id) as plan from found_plan`
  found = { ...found, plan: last?.plan ?? 0 }
  const move = await someMove()
  const both = await Promise.all(['One', 'Two'].map((why) => keep(move.run, move.shown, why)))
  expect(both.map((reply) => reply?.reply).toSorted()).toEqual(['redirect', 'show'])
})

test('nothing else is kept than what was shown', async () => {
  const [last] = await sql<{ plan: number }[]>`select max(plan_id) as plan from found_plan`
  found = { ...found, plan: last?.plan ?? 0 }
  const move = await someMove()
  const other = move.shown.replace(/name="seal" value="\w+"/, 'name="seal" value="0123456789abcdef"')
  expect(other).not.toBe(move.shown)
  expect(textOf(await keep(move.run, other, 'As I saw it'))).toMatch(/has changed since it was shown/)
})

test('a run is merged into another and split again, changed in kind and reversed: nobody is lost on the way', async () => {
  const everybody = await riding(found.plan)
  const merge = await firstThatHolds(
    (await pairs()).map(({ run, to }) => ({ run, lists: { kind: ['merge'], to: [String(to)] } })),
  )
  const before = await runs(found.plan)
  const merged = before.find(({ run }) => run === merge.run)
  await goOn(merge, 'One vehicle fewer')
  expect(await riding(found.plan)).toEqual(everybody)
  expect(await runs(found.plan)).toHaveLength(before.length - 1)

  const joined = (await runs(found.plan)).find(
    ({ direction, pupils }) => direction === merged?.direction && pupils.includes(merged?.pupils[0] ?? 0),
  )
  const split = await firstThatHolds([
    { run: joined?.run ?? 0, lists: { kind: ['split'], pupil: (merged?.pupils ?? []).map(String) } },
  ])
  await goOn(split, 'They do not get on')
  expect(await riding(found.plan)).toEqual(everybody)
  const apart = (await runs(found.plan)).find(
    ({ direction, pupils }) => direction === merged?.direction && pupils.includes(merged?.pupils[0] ?? 0),
  )
  expect(apart?.pupils.toSorted()).toEqual(merged?.pupils.toSorted())
  expect(apart?.vehicle).not.toBe(joined?.vehicle)

  const offers = ['Taxi', 'Minibus', 'Minibus with lift', 'Accessible minibus']
  const change = await firstThatHolds(
    (await runs(found.plan)).flatMap(({ run }) =>
      offers.map((offer) => ({ run, lists: { kind: ['vehicle'], offer: [offer] } })),
    ),
  )
  await goOn(change, 'The taxi firm has given up')
  expect((await runs(found.plan)).find(({ run }) => run === change.run)?.offer).toBe(
    change.lists['offer']?.[0],
  )
  expect(await riding(found.plan)).toEqual(everybody)

  const reverse = await firstThatHolds(
    (await runs(found.plan)).map(({ run }) => ({ run, lists: { kind: ['reverse'] } })),
  )
  await goOn(reverse, 'The quay first')
  expect(await riding(found.plan)).toEqual(everybody)
  expect(textOf(await foundPlanPage.get(visit({})))).toMatch(/reversed V\d+ (to|from) school/)
})

test('a pupil is given a vehicle of their own', async () => {
  const everybody = await riding(found.plan)
  const own = await firstThatHolds(
    (await runs(found.plan)).flatMap(({ run, pupils }) =>
      pupils.length < 2
        ? []
        : pupils.map((pupil) => ({ run, lists: { kind: ['move'], pupil: [String(pupil)], to: ['new'] } })),
    ),
  )
  const vehicles = new Set((await runs(found.plan)).map(({ vehicle }) => vehicle))
  await goOn(own, 'He needs quiet')
  const pupil = Number(own.lists['pupil']?.[0])
  expect(
    (await runs(found.plan)).some(
      (one) => !vehicles.has(one.vehicle) && String(one.pupils) === String(pupil),
    ),
  ).toBe(true)
  expect(await riding(found.plan)).toEqual(everybody)
})

const here = (run: number, but: Parameters<typeof visit>[1] = {}) => visit({ runNumber: String(run) }, but)

test('the last change is taken back, and that is in the history too; nothing is erased', async () => {
  const before = await planOf(sql, found.scenario, found.plan)
  const vehicles = await everyVehicle(sql, found.plan)
  await goOn(await someMove(), 'Their mother asked')
  const changed = found.plan
  expect(textOf(await planHistoryPage.get(visit({})))).toMatch(
    /Their mother asked.*Take the last change back/s,
  )
  expect(textOf(await planHistoryPage.post?.(visit({}, { form: { why: '' } })))).toMatch(/Enter why/)

  const both = await Promise.all(
    ['She asked again', 'I thought so too'].map((why) =>
      planHistoryPage.post?.(visit({}, { form: { why } })),
    ),
  )
  expect(both.map((reply) => reply?.reply).toSorted()).toEqual(['redirect', 'show'])
  const made = both.flatMap((reply) =>
    reply?.reply === 'redirect' ? Number(reply.to.split('/').at(-1)) : [],
  )
  found = { ...found, plan: made[0] ?? 0 }
  expect((await planOf(sql, found.scenario, found.plan))?.plan).toEqual(before?.plan)
  expect(await everyVehicle(sql, found.plan)).toEqual(vehicles)
  const history = textOf(await planHistoryPage.get(visit({})))
  expect(history).toMatch(/took back the change of V\d+.*moved .*“Their mother asked”/s)
  expect(textOf(await foundPlanPage.get(visit({ planId: String(changed) })))).toMatch(/took back/)
})

test('a locked run is changed by nobody and by no search until it is unlocked', async () => {
  const all = await runs(found.plan)
  const move = await someMove()
  const run = all.find((one) => one.run === move.run)
  expect(textOf(await lockRunPage.post?.(here(move.run, { form: { why: '' } })))).toMatch(/Enter why/)
  const locked = await Promise.all(
    ['Their school agreed it', 'I agree'].map((why) => lockRunPage.post?.(here(move.run, { form: { why } }))),
  )
  expect(locked.map((reply) => reply?.reply).toSorted()).toEqual(['redirect', 'show'])
  expect(await locksOn(sql, found.plan)).toHaveLength(1)
  expect(textOf(await runOfPlanPage.get(here(move.run)))).toMatch(/Helen Marsh locked .* on .*: “/)

  // Kept by whoever was shown it before the lock, asked for after it, and by way of the run that would be joined.
  expect(textOf(await keep(move.run, move.shown, 'I had it open'))).toMatch(
    /Helen Marsh locked V\d+ (to|from) school on /,
  )
  expect(textOf(await changeRunPage.get(asking(move.run, move.lists)))).toMatch(
    /Helen Marsh locked .*Unlock it/,
  )
  const joining = (await pairs())
    .filter(({ to }) => to === move.run)
    .map(({ run: from }) => asking(from, { kind: ['merge'], to: [String(move.run)] }))
  const told = await Promise.all(joining.map(async (one) => textOf(await changeRunPage.get(one))))
  expect(told.join()).toMatch(/Helen Marsh locked/)

  for (const from of [found.plan, undefined]) {
    const plan = await searchedOn(sql, { ...found, plan: from, by: county.people.manager })
    const same = (await runs(plan)).find(
      ({ vehicle, direction }) => vehicle === run?.vehicle && direction === run?.direction,
    )
    expect(same?.pupils.toSorted()).toEqual(run?.pupils.toSorted())
    expect(await locksOn(sql, plan)).toHaveLength(1)
    expect(await riding(plan)).toEqual(await riding(found.plan))
  }

  expect(textOf(await unlockRunPage.get(here(move.run)))).toMatch(/Unlock V\d+/)
  await unlockRunPage.post?.(here(move.run, { form: { why: 'The school has changed its mind' } }))
  expect(await locksOn(sql, found.plan)).toEqual([])
  expect(textOf(await changeRunPage.get(asking(move.run, move.lists)))).toMatch(/Refereed anew/)
})
