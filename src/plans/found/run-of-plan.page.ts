/** One run of a found plan: its stops, who shares with whom, why this vehicle, and which rules leave no room. */
import { keepingAnswers } from '#distances/kept-answers-store'
import { readId } from '#ground/ids.ts'
import { explain, NOWHERE } from '#optimiser'
import { pupilNames } from '#pupils/name-store'
import { crowFly, type TravelTimes } from '#roads'
import { runWay } from '#routes'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { lockOver } from '../by-hand/lock.ts'
import { locksOn } from '../by-hand/lock-store.ts'
import { mayPlan, seesPlans } from '../roles.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import { planIn } from './found-plan.page.ts'
import { partOf } from './part.ts'
import { type AskedOfPlan, vehiclesOfPlan } from './part-store.ts'
import { runOfPlan } from './plan-list-store.ts'
import { runOfPlanView, stopsToDrive, type WhySo } from './run-of-plan.view.ts'

export const runOfPlanPage: Page = {
  path: '/plans/:scenarioId/found/:planId/runs/:runNumber',
  allow: seesPlans,

  async get(visit) {
    const { sql, params, today, now, person } = visit
    const found = await planIn(visit)
    const number = readId<'PlanRun'>(params['runNumber'])
    const run = found && number && (await runOfPlan(sql, found.plan.id, number))
    if (!found || !number || !run) return notFound
    const pupils = run.riders.map(({ pupil }) => pupil)
    const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
    const roads = await roadsOf(visit, found.plan.times)
    const driven = { stops: stopsToDrive(run), direction: run.direction, vehicleType: run.offer }
    const way = await runWay(roads, driven)
    const kept = await vehiclesOfPlan(sql, found.plan.id, [run.vehicle])
    const locks = await locksOn(sql, found.plan.id)
    const lock = lockOver(locks, { vehicles: [run.vehicle], direction: run.direction })
    const why = kept && roads && (await whySo(keepingAnswers(sql, roads), kept, run))
    const rides = kept?.frozen.question.rides
    return show(
      'plans/found/run-of-plan.njk',
      runOfPlanView({ ...found, number, run, names, way, rides, why, lock, mayPlan: mayPlan(person) }),
      {
        pupils,
      },
    )
  },
}

/** The roads the plan was found by: a straight line, or those of today where they are the same network still. */
export async function roadsOf(visit: Visit, times: string): Promise<TravelTimes | undefined> {
  if (times.startsWith('crow-fly')) return crowFly()
  const roads = await visit.roads()
  return roads?.network === times ? roads : undefined
}

/** What limits the run, by the prices and rules that were frozen when the plan was looked for. */
async function whySo(roads: TravelTimes, { frozen, vehicles }: AskedOfPlan, run: PlanRun): Promise<WhySo> {
  const part = partOf(frozen.question, vehicles)
  const problem = problemOf(part.question, await askDrives(roads, part.question))
  const plan = { vehicles: part.vehicles.map((vehicle) => ({ ...vehicle, was: NOWHERE })) }
  const aboard = new Set(run.riders.map(({ pupil }) => pupil))
  const bindings = explain(problem, plan, { vehicle: 0, session: run.direction - 1 }).filter(({ requests }) =>
    requests.every((request) => aboard.has(part.question.rides[request]?.pupil ?? (0 as never))),
  )
  return { bindings, rides: part.question.rides, offers: part.question.policy.vehicles }
}
