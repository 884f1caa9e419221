import { beforeAll, expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { beginRevision, stateFact } from '#knowledge/store'
import { check, NOWHERE } from '#optimiser'
import { crowFly } from '#roads'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Reply } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { everyVehicle } from '../by-hand/change-store.ts'
import { planHistoryPage } from '../by-hand/history.page.ts'
import { lockRun, locksOn, unlockRun } from '../by-hand/lock-store.ts'
import { latestPlan } from '../found/found-plan-store.ts'
import { planCostOf } from '../found/plan-cost.ts'
import { acceptPlanPage } from '../real/accept.page.ts'
import { questionNumbered } from '../search/question-store.ts'
import { questionOfPlan } from '../search/search-store.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'
import { runsOf } from '../translation/runs-of.ts'
import { bringUpToDatePage } from './bring-up.page.ts'

const { sql, inTransaction } = realDatabase()
let county: SmallCounty
let scenario = 0
let first = 0

beforeAll(async () => {
  county = await smallCounty(sql)
  const made = await plannedScenario(sql, county)
  scenario = made.scenario
  first = made.plan
})

const visit = (plan: number, form: Record<string, string> = {}) => ({
  ...aVisit(sql, {
    now: now(),
    person: { id: county.people.manager, name: 'Helen Marsh', roles: ['manager'] },
    params: { scenarioId: String(scenario), planId: String(plan) },
    form,
  }),
  today: plainDate('2022-02-14'),
})
const shown = async (plan: number) => textOf(await bringUpToDatePage.get(visit(plan)))
const posted = async (plan: number, form: Record<string, string>) =>
  (await bringUpToDatePage.post?.(visit(plan, form))) as Reply
const accepting = async (plan: number) => textOf(await acceptPlanPage.get(visit(plan)))
const planNow = async () => {
  const kept = await latestPlan(sql, scenario)
  if (!kept) throw new Error('There is no plan.')
  return kept
}
type Kept = Awaited<ReturnType<typeof planNow>>
const carries = ({ plan }: Kept, pupil: PupilId) =>
  plan.runs.filter(({ riders }) => riders.some((rider) => rider.pupil === pupil)).map(({ name }) => name)
/** Who rides what, but for one pupil. */
const others = ({ plan }: Kept, pupil: PupilId) =>
  plan.runs
    .flatMap(({ name, riders }) => riders.map((rider) => [rider.pupil, name] as const))
    .filter(([one]) => one !== pupil)
    .toSorted()

/** The fields in which a place is asked for. */
const placesAskedOf = (reply: Reply) => [
  ...new Set([...htmlOf(reply).matchAll(/name="(place-[^"]+)"/g)].map(([, name = '']) => name)),
]

/** Whether somebody is to be carried from the day of the plan on, as of this moment. */
const decide = (pupil_id: PupilId, state: 'eligible' | 'refused') =>
  inTransaction(async (tx) => {
    await beginRevision(tx, { by: county.people['transport-officer'], reason: state })
    const grounds = state === 'eligible' ? ['special-needs'] : []
    await stateFact(tx, 'eligibility', { pupil_id, state, grounds, valid: '[2022-02-21,)' })
  })

test('where nothing was learned since, nobody leaves and nobody is to be given a place', async () => {
  const text = await shown(first)
  expect(text).toContain('It is up to date: nobody has left the plan and nobody is to be given a place.')
  expect(text).not.toContain('Keep it as another plan')
})

test('whoever left is off their runs with their stops, and everybody else rides as before', async () => {
  const before = await planNow()
  const amara = county.pupils.amara as PupilId
  expect(carries(before, amara)).toHaveLength(2)
  await decide(amara, 'refused')
  expect(await accepting(first)).toMatch(/Amara Osei .*Bring the plan up to date/)
  expect(await shown(first)).toMatch(/Off their runs, their stops with them: Amara Osei\./)
  expect(textOf(await posted(first, { why: '' }))).toContain('Enter why')
  expect(await posted(first, { why: 'The family drives' })).toMatchObject({ reply: 'redirect' })

  const after = await planNow()
  expect(after.id).toBeGreaterThan(first)
  expect(carries(after, amara)).toEqual([])
  expect(others(after, amara)).toEqual(others(before, amara))
  expect(after.plan.journeys.some(({ pupil }) => pupil === amara)).toBe(false)
  expect(
    after.plan.runs.flatMap(({ stops }) => stops).some((stop) => JSON.stringify(stop).includes('Amara')),
  ).toBe(false)
  expect(after.plan.cost.money).toBeLessThan(before.plan.cost.money)
  expect(await accepting(after.id)).not.toContain('What the register says by now')
  expect(await posted(first, { why: 'Once more' })).toMatchObject({ reply: 'show' })
  expect(await shown(first)).toMatch(
    new RegExp(`up to date with the register: Amara Osei .* Plan ${after.id} came of it: go on from that`),
  )
})

test('whoever joined is put where the planner chooses, with what it does to others', async () => {
  const before = await planNow()
  const amara = county.pupils.amara as PupilId
  await decide(amara, 'eligible')
  const text = await shown(before.id)
  expect(text).toMatch(/2 rides to be given a place/)
  expect(text).toMatch(
    /Amara Osei, to school V\d+, \w+.* aboard; .* at another time; -?£\d+\.\d\d a day more/,
  )
  const fields = placesAskedOf(await bringUpToDatePage.get(visit(before.id)))
  expect(fields).toHaveLength(2)
  const [there = '', back = ''] = fields
  expect(textOf(await posted(before.id, { [there]: 'new', why: 'Back again' }))).toContain(
    'Select where they ride',
  )
  expect(textOf(await posted(before.id, { [there]: 'V99', [back]: 'none', why: 'Back again' }))).toContain(
    'That place is not to be had',
  )
  const chosen = { [there]: 'new', [back]: 'none', why: 'Back again' }
  expect(await posted(before.id, chosen)).toMatchObject({ reply: 'redirect' })

  const after = await planNow()
  const [run = ''] = carries(after, amara)
  expect(carries(after, amara)).toHaveLength(1)
  expect(before.plan.runs.map(({ vehicle }) => `V${vehicle + 1}`)).not.toContain(run.split(' ')[0])
  expect(after.plan.unplaced).toMatchObject([{ pupil: amara, direction: 2 }])
  expect(others(after, amara)).toEqual(others(before, amara))
  expect(await accepting(after.id)).toMatch(/Amara Osei .*no place/)

  const [place = ''] = placesAskedOf(await bringUpToDatePage.get(visit(after.id)))
  const [, cheapest = ''] = htmlOf(await bringUpToDatePage.get(visit(after.id))).match(/value="(V\d+)"/) ?? []
  expect(await posted(after.id, { [place]: cheapest, why: 'A place home too' })).toMatchObject({
    reply: 'redirect',
  })
  const whole = await planNow()
  expect(carries(whole, amara)).toHaveLength(2)
  expect(whole.plan.unplaced).toEqual([])
  expect(await accepting(whole.id)).not.toContain('What the register says by now')
})

test('a plan brought up to date can be searched on, at what it costs', { timeout: 60_000 }, async () => {
  const kept = await planNow()
  const asked = await questionOfPlan(sql, scenario, kept.id)
  const frozen = await questionNumbered(sql, asked?.question ?? 0)
  const drives = await askDrives(crowFly(), frozen.question)
  const whole = { question: frozen.question, drives, problem: problemOf(frozen.question, drives) }
  const vehicles = (await everyVehicle(sql, kept.id)) ?? []
  const plan = { vehicles: vehicles.map((vehicle) => ({ ...vehicle, was: NOWHERE })) }
  expect(check(whole.problem, plan)).toMatchObject({ words: [], unplaced: [] })
  // To the pence that three changes were rounded by.
  expect(Math.abs(planCostOf(whole, plan).money - kept.plan.cost.money)).toBeLessThan(4)
  expect(runsOf(whole, plan).map(({ name }) => name)).toEqual(kept.plan.runs.map(({ name }) => name))
})

test('it is one more change: taken back, and made by only one of two who make it at once', async () => {
  const amara = county.pupils.amara as PupilId
  const before = await planNow()
  await decide(amara, 'refused')
  const both = await Promise.all([
    posted(before.id, { why: 'The family drives' }),
    posted(before.id, { why: 'They drive' }),
  ])
  expect(both.map(({ reply }) => reply).toSorted()).toEqual(['redirect', 'show'])
  const after = await planNow()
  expect(textOf(await planHistoryPage.get(visit(after.id)))).toMatch(
    /Helen Marsh brought it up to date with the register: Amara Osei/,
  )
  expect(await planHistoryPage.post?.(visit(after.id, { why: 'Too soon' }))).toMatchObject({
    reply: 'redirect',
  })
  const back = await planNow()
  expect(carries(back, amara)).toEqual(carries(before, amara))
  expect(textOf(await planHistoryPage.get(visit(back.id)))).toContain('took back what brought it up to date')
})

test('a locked run is joined by nobody, and whoever left it waits until it is unlocked', async () => {
  const amara = county.pupils.amara as PupilId
  const before = await planNow()
  const [locked] = before.plan.runs.filter(({ riders }) => riders.some(({ pupil }) => pupil === amara))
  const { vehicle, direction } = locked ?? { vehicle: -1, direction: 1 }
  const author = { by: county.people.manager, reason: 'The school has agreed' }
  const ofBefore = { plan: before.id, vehicle, direction }
  await lockRun(sql, ofBefore, author)
  expect(await shown(before.id)).toMatch(
    /Helen Marsh locked V\d+ .* Somebody aboard has left: unlock it first/,
  )
  expect(await posted(before.id, { why: 'All the same' })).toMatchObject({ reply: 'show' })
  const [lock] = await locksOn(sql, before.id)
  await unlockRun(sql, { id: lock?.id ?? 0 }, author)
  expect(await posted(before.id, { why: 'Unlocked' })).toMatchObject({ reply: 'redirect' })

  const without = await planNow()
  await decide(amara, 'eligible')
  const offered = async () => [
    ...new Set(htmlOf(await bringUpToDatePage.get(visit(without.id))).match(/value="V\d+"/g)),
  ]
  const every = await offered()
  const taken = Number(every[0]?.match(/\d+/)?.[0]) - 1
  expect(taken).toBeGreaterThanOrEqual(0)
  const still = without.plan.runs.find((run) => run.vehicle === taken)
  await lockRun(sql, { plan: without.id, vehicle: taken, direction: still?.direction ?? 1 }, author)
  expect(await offered()).not.toContain(every[0])
})
