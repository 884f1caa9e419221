/** A pupil moved to another run of a plan by hand: what it does is shown first, and kept as another plan. */
import { readId } from '#ground/ids.ts'
import { pupilNames } from '#pupils/name-store'
import { fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { planIn } from '../found/found-plan.page.ts'
import { planOf } from '../found/found-plan-store.ts'
import { runOfPlan } from '../found/plan-list-store.ts'
import { roadsOf } from '../found/run-of-plan.page.ts'
import { makesPlans } from '../roles.ts'
import { type Change, changesAbout, everyVehicle, keepMove, runsBeside } from './change-store.ts'
import { changedPlan } from './changed-plan.ts'
import { moveOf } from './move.ts'
import { type MoveShown, moveView } from './move.view.ts'
import { movingIn } from './moving-store.ts'

export const movePage: Page = {
  path: '/plans/:scenarioId/found/:planId/runs/:runNumber/riders/:pupilId/move',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const wanted = await wantedIn(visit)
    return wanted ? await shown(visit, wanted, {}) : notFound
  },

  async post(visit) {
    const wanted = await wantedIn(visit)
    if (!wanted) return notFound
    const read = reading(visit.form)
    const given = read.answer(read.text('why', 'Enter why: it stays on record under your name'))
    if (!given.ok) return await shown(visit, wanted, { errors: given.refusal })
    return await kept(visit, wanted, given.value)
  },
}

type Wanted = NonNullable<Awaited<ReturnType<typeof wantedIn>>>

/** Who is to move from which run, and where to if that is said already. */
async function wantedIn(visit: Visit) {
  const { sql, params, query, form } = visit
  const found = await planIn(visit)
  const [number, pupil] = [readId<'PlanRun'>(params['runNumber']), readId<'Pupil'>(params['pupilId'])]
  if (!found || !number || !pupil) return undefined
  const run = await runOfPlan(sql, found.plan.id, number)
  const rider = run?.riders.find((one) => one.pupil === pupil)
  if (!run || !rider) return undefined
  const targets = await runsBeside(sql, found.plan.id, number)
  const asked = Number(form['to'] ?? query['to'])
  const to = targets.find((one) => one.number === asked)
  const roads = await roadsOf(visit, found.plan.times)
  const moving =
    to && roads && (await movingIn(sql, roads, { plan: found.plan.id, run, rider, to: to.vehicle }))
  return {
    ...found,
    number,
    run,
    rider,
    targets,
    to,
    moving,
    mayMove: roads !== undefined && found.plan.goesOn,
  }
}

type Saying = Pick<MoveShown, 'errors' | 'changed'>

async function shown(
  visit: Visit,
  wanted: Wanted,
  { errors = [], changed }: Partial<Saying>,
): Promise<Reply> {
  const { sql, today, now } = visit
  const { moving, plan } = wanted
  const moved = moving && moveOf(moving)
  const pupils = [
    ...new Set([wanted.rider.pupil, ...(moving?.part.question.rides.map((ride) => ride.pupil) ?? [])]),
  ]
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  const since = changed ?? (await changesAbout(sql, plan.id)).since
  const view = moveView({ ...wanted, names, moved, ride: moving?.ride ?? -1, errors, changed: since })
  return (errors.length > 0 || changed ? showAgain : show)('plans/by-hand/move.njk', view, { pupils })
}

async function kept(visit: Visit, wanted: Wanted, why: string): Promise<Reply> {
  const { sql, person, request } = visit
  const { scenario, plan, run, rider, to, moving } = wanted
  const moved = moving && moveOf(moving)
  if (!to || !moving || !moved?.ok)
    return await shown(visit, wanted, { errors: to ? [] : [fieldError('to', 'Select a run')] })
  const [from, vehicles] = await Promise.all([planOf(sql, scenario.id, plan.id), everyVehicle(sql, plan.id)])
  if (!from || !vehicles) return notFound
  const becomes = changedPlan(
    { plan: from.plan, vehicles, frozen: moving.frozen },
    { ...moving, moved: moved.value },
  )
  const done = await keepMove(sql, {
    scenario: scenario.id,
    from,
    question: moving.question,
    becomes,
    move: { pupil: rider.pupil, direction: run.direction, from: run.vehicle, to: to.vehicle },
    author: { by: person.id, request, reason: why },
  })
  if (!done.ok) return await shown(visit, wanted, { changed: done.refusal satisfies Change })
  return redirect(
    paths.foundPlan(scenario.id, done.value),
    `Plan ${done.value} is kept. Plan ${plan.id} stays as it was.`,
  )
}
