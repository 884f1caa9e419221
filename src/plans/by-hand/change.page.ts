/** A run of a plan changed by hand: what it does is shown first, and exactly that is kept as another plan. */
import type { PupilId } from '#ground/ids.ts'
import { pupilNames } from '#pupils/name-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { planOf } from '../found/found-plan-store.ts'
import { makesPlans } from '../roles.ts'
import type { Decided } from './asked-change.page.ts'
import { changeView } from './change.view.ts'
import { type Change, changesAbout, type Done, everyVehicle, keepChange } from './change-store.ts'
import { changedPlan } from './changed-plan.ts'
import { othersTouched } from './effect.ts'
import type { Changed } from './hand-change.ts'
import type { Lock } from './lock.ts'
import { lockedFirst, touchedBy, type Wanted, wantedChange } from './wanted-change.page.ts'

export const changeRunPage: Page = {
  path: '/plans/:scenarioId/found/:planId/runs/:runNumber/change',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const wanted = await wantedChange(visit)
    return wanted ? await shown(visit, wanted, {}) : notFound
  },

  async post(visit) {
    const wanted = await wantedChange(visit)
    if (!wanted) return notFound
    const read = reading(visit.form)
    const given = read.answer(read.text('why', 'Enter why: it stays on record under your name'))
    if (!given.ok) return await shown(visit, wanted, { errors: given.refusal })
    return await kept(visit, wanted, given.value)
  },
}

type Saying = { errors?: readonly FieldError[]; since?: Change; lock?: Lock }

async function shown(
  visit: Visit,
  wanted: Wanted,
  { errors = wanted.wrong, since, lock }: Saying,
): Promise<Reply> {
  const { sql, today, now, form } = visit
  const { plan, run, made, effects } = wanted
  const last = since ?? (await changesAbout(sql, plan.id)).since
  const pupils = [
    ...new Set<PupilId>([
      ...run.riders.map(({ pupil }) => pupil),
      ...effects.flatMap(({ pupil, before, after }) => [pupil, ...before.sharesWith, ...after.sharesWith]),
      ...(made && !made.ok ? made.refusal.flatMap((one) => one.pupils) : []),
      ...(last?.pupils ?? []),
    ]),
  ]
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  const view = changeView({
    ...wanted,
    chosen: wanted.pupils,
    names,
    errors,
    why: form['why'] ?? '',
    since: last,
    ...(lock && { cannot: lockedFirst(lock) }),
  })
  return (errors.length > 0 || since || lock ? showAgain : show)('plans/by-hand/change.njk', view, { pupils })
}

async function kept(visit: Visit, wanted: Wanted, why: string): Promise<Reply> {
  const { sql, person, request, form } = visit
  const { scenario, plan, run, kind, what, changing, made, effects, seal } = wanted
  if (!kind || !what || !changing || !made?.ok) return await shown(visit, wanted, {})
  if (form['seal'] !== seal)
    return await shown(visit, wanted, {
      errors: [
        fieldError('why', 'What it does has changed since it was shown. Look again before you keep it'),
      ],
    })
  const [from, vehicles] = await Promise.all([planOf(sql, scenario.id, plan.id), everyVehicle(sql, plan.id)])
  if (!from || !vehicles) return notFound
  const whole = { plan: from.plan, vehicles, frozen: changing.frozen }
  const done = await keepChange(sql, {
    scenario: scenario.id,
    from,
    question: changing.question,
    becomes: changedPlan(whole, { ...changing, changed: made.value }),
    done: {
      ...doneOf(what, made.value),
      kind,
      direction: kind === 'vehicle' ? null : run.direction,
      others: othersTouched(effects).length,
      restores: null,
    },
    touched: touchedBy(wanted, what),
    author: { by: person.id, request, reason: why },
  })
  if (!done.ok) return await shown(visit, wanted, done.refusal)
  return redirect(
    paths.foundPlan(scenario.id, done.value),
    `Plan ${done.value} is kept. Plan ${plan.id} stays as it was.`,
  )
}

/** Which vehicles it touched, and of which kind the one that was joined or changed is by now. */
function doneOf(
  { numbers: [from = 0, to], pupils }: Decided,
  { after }: Changed,
): Pick<Done, 'pupils' | 'from' | 'to' | 'offer'> {
  const about = to ?? from
  return {
    pupils,
    from,
    to: to ?? null,
    offer: after.runs.find(({ vehicle }) => vehicle === about)?.offer ?? null,
  }
}
