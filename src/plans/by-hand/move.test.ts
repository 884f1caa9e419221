import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { instant } from '#ground/time.ts'
import { check, requestOf } from '#optimiser'
import { crowFly } from '#roads'
import { realDatabase } from '#test/database.ts'
import { plannedScenario } from '#test/planned.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, textOf } from '#web/testing.ts'
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
import { changedPlan } from './changed-plan.ts'
import { movePage } from './move.page.ts'
import { moveOf } from './move.ts'

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
      const moved = moveOf({ part, numbers: [0, 1], drives, ride: part.rides.indexOf(ride) })
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
      const becomes = changedPlan(whole, { part, numbers: [0, 1], moved: moved.value })
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

/** A move that keeps every rule, of all the plan has; by run, pupil and run to join. */
async function someMove(): Promise<{ run: string; pupil: string; to: string }> {
  const rows = await sql<{ run: number; to: number; pupil: number }[]>`
    select a.run_number as run, b.run_number as to, p as pupil
      from found_run a join found_run b on a.plan_id = b.plan_id and a.direction = b.direction and a.vehicle <> b.vehicle,
           unnest(a.pupils) p
     where a.plan_id = ${found.plan}`
  for (const { run, pupil, to } of rows) {
    const params = { runNumber: String(run), pupilId: String(pupil) }
    if (/refereed anew/i.test(textOf(await movePage.get(visit(params, { query: { to: String(to) } })))))
      return { run: String(run), pupil: String(pupil), to: String(to) }
  }
  throw new Error(`No pupil of ${rows.length} possible moves can be moved.`)
}

test('a pupil is moved to another run: shown first, kept as another plan, and a second planner is told', async () => {
  const { run, pupil, to } = await someMove()
  const here = { runNumber: run, pupilId: pupil }
  const before = await planOf(sql, found.scenario, found.plan)
  expect(textOf(await movePage.get(visit(here)))).toMatch(/To which run\?/)
  expect(textOf(await movePage.get(visit(here, { query: { to } })))).toMatch(
    /£\d+\.\d\d a day.*Everybody aboard either run.*becomes/s,
  )
  expect(textOf(await movePage.post?.(visit(here, { form: { to, why: '' } })))).toMatch(/Enter why/)

  const form = { to, why: 'Their mother asked' }
  const first = await movePage.post?.(visit(here, { form }))
  const made = Number(first?.reply === 'redirect' && first.to.split('/').at(-1))
  const after = await planOf(sql, found.scenario, made)
  expect(after?.id).toBeGreaterThan(found.plan)
  expect(after?.plan.runs.length).toBeGreaterThan(0)
  expect(await planOf(sql, found.scenario, found.plan)).toEqual(before)
  expect(textOf(await foundPlanPage.get(visit({ planId: String(made) })))).toMatch(/moved .* from V\d to V\d/)

  const second = await movePage.post?.(visit(here, { form: { to, why: 'I want it too' } }))
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
  const { run, pupil, to } = await someMove()
  const here = { runNumber: run, pupilId: pupil }
  const both = await Promise.all(
    ['One', 'Two'].map((why) => movePage.post?.(visit(here, { form: { to, why } }))),
  )
  expect(both.map((reply) => reply?.reply).toSorted()).toEqual(['redirect', 'show'])
})
