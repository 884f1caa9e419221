import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { instant } from '#ground/time.ts'
import { check, requestOf } from '#optimiser'
import { crowFly } from '#roads'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import type { Visit } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { foundPlanPage } from '../found/found-plan.page.ts'
import { readPlan } from '../found/found-plan.ts'
import { keepPlan, planOf } from '../found/found-plan-store.ts'
import { foundPlanOf } from '../found/kept-plan.view.ts'
import { partOf } from '../found/part.ts'
import { vehiclesOfPlan } from '../found/part-store.ts'
import { yardsticksFrom } from '../found/yardstick.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'
import { aPerson, askOf, planned } from '../translation/testing.ts'
import { changeRunPage } from './change.page.ts'
import { changedPlan } from './changed-plan.ts'
import { changeOf } from './hand-change.ts'

const usual = yardsticksFrom([])
if (!usual.ok) throw new Error('The usual yardsticks are not read.')
const known = { known: [], oddness: usual.value.oddness }

test('a move by hand leaves a plan that is, to the penny and to every stop, the whole plan read anew', async () => {
  const needs = fc.record({
    wheelchair: fc.boolean(),
    assistant: fc.constantFrom('none' as const, 'shared' as const),
    carer: fc.nat(2),
  })
  let moves = 0
  await fc.assert(
    fc.asyncProperty(fc.array(needs, { minLength: 5, maxLength: 8 }), fc.nat(20), async (all, which) => {
      const asked = await askOf(
        all.map(({ wheelchair, assistant, carer }, i) =>
          aPerson(i + 1, {
            carers: [carer + 1],
            needs: {
              mobility: wheelchair ? 'wheelchair' : 'seat',
              wheelchairTravel: wheelchair ? 'ride-on' : null,
              assistant,
            },
          }),
        ),
      )
      const plan = planned(asked, 30)
      const [from, to] = plan.vehicles
      if (!from || !to || plan.vehicles.length < 2) return
      const calls = from.runs.flat()
      const ride = requestOf(calls[which % calls.length] ?? 0)
      const part = partOf(asked.question, [from, to])
      const drives = await askDrives(crowFly(), part.question)
      const moved = changeOf({ part, numbers: [0, 1], drives, doing: { does: 'carry', rides: [ride] } })
      if (!moved.ok) {
        expect(moved.refusal.length).toBeGreaterThan(0)
        return
      }
      moves++
      const rest = { unplaced: [], onKeptRoutes: [], notAsked: [] }
      const whole = {
        plan: { ...readPlan(asked, plan, known), ...rest },
        vehicles: plan.vehicles,
        frozen: known,
      }
      const becomes = changedPlan(whole, { part, numbers: [0, 1], changed: moved.value })
      const vehicles = becomes.vehicles.map((vehicle) => ({ ...vehicle, was: -1 }))
      expect(check(asked.problem, { vehicles }).words).toEqual([])
      const anew = readPlan(asked, { vehicles }, known)
      expect(becomes.plan.runs).toEqual(anew.runs)
      expect(becomes.plan.journeys).toEqual(anew.journeys)
      expect(becomes.plan.anomalies).toEqual(anew.anomalies)
      expect(Math.abs(becomes.plan.cost.weighed - anew.cost.weighed)).toBeLessThanOrEqual(2)
      expect(Math.abs(becomes.plan.cost.money - anew.cost.money)).toBeLessThanOrEqual(2)
    }),
    { numRuns: 60 },
  )
  expect(moves).toBeGreaterThan(5)
})

const { sql } = realDatabase()
let county: SmallCounty
let found: { scenario: number; plan: number }

beforeAll(async () => {
  county = await smallCounty(sql)
  found = await plannedScenario(sql, county)
  found = { ...found, plan: await oneVehicleEach(found) }
})

/** A plan of the same question in which nobody shares, so that everybody could. Gives its number. */
async function oneVehicleEach({ scenario, plan }: typeof found): Promise<number> {
  const whole = await planOf(sql, scenario, plan)
  const kept = await vehiclesOfPlan(sql, plan, [])
  if (!whole || !kept) throw new Error('The plan was kept without its question.')
  const { question: number, frozen } = kept
  const { question } = frozen
  const drives = await askDrives(crowFly(), question)
  const rides = [...question.rides.entries()]
  const vehicles = [...new Set(question.rides.map(({ pupil }) => pupil))].map((pupil) => {
    const own = rides.filter(([, ride]) => ride.pupil === pupil)
    const runs = [1, 2].map((way) =>
      own.filter(([, { direction }]) => direction === way).flatMap(([r]) => [2 * r, 2 * r + 1]),
    )
    return { fleet: own.some(([, { wheelchair }]) => wheelchair) ? 1 : 0, runs }
  })
  const asked = { question, drives, problem: problemOf(question, drives) }
  return await keepPlan(sql, {
    scenario,
    cut: whole.cut,
    plan: foundPlanOf(asked, { vehicles, unplaced: [], bound: 0 }, frozen),
    how: whole,
    calls: { question: number, vehicles },
    author: { by: county.people.manager, reason: 'One vehicle each' },
  })
}

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
