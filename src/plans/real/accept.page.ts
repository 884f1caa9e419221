/** How far a plan has gone and what is in its way; and, for a manager, to accept it when nothing is. */
import { recordChange } from '#changeover/store'
import { type Id, readId } from '#ground/ids.ts'
import { revisionKnownAt } from '#knowledge/store'
import { isInterlock } from '#web/change.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { seesPlans } from '../roles.ts'
import { acceptView } from './accept.view.ts'
import { type Forward, forwardOf } from './forward-store.ts'
import { stepRefusedInWords } from './going-forward.view.ts'
import { acceptPlan, type Which } from './going-forward-store.ts'
import { routesOfPlan } from './step-store.ts'

/** The plan a page's address names, with what is in its way as known now. */
export async function forwardIn({
  sql,
  params,
  today,
  now,
}: Visit): Promise<{ forward: Forward; which: Which } | undefined> {
  const ids: (Id<'Scenario'> | undefined)[] = [readId(params['scenarioId']), readId(params['planId'])]
  const [scenario, plan] = ids
  if (!scenario || !plan) return undefined
  const revision = await revisionKnownAt(sql, now)
  const forward = await forwardOf(sql, { scenario, plan }, { today, revision })
  return forward && { forward, which: { scenario, plan, today } }
}

export const acceptPlanPage: Page = {
  path: '/plans/:scenarioId/found/:planId/accept',
  allow: seesPlans,
  change: ['manager'],

  async get(visit) {
    const found = await forwardIn(visit)
    return found ? await page(visit, found.forward, []) : notFound
  },

  async post(visit) {
    const found = await forwardIn(visit)
    if (!found) return notFound
    const { forward, which } = found
    const read = reading(visit.form)
    const given = read.answer(
      read.text('why', 'Enter why you accept it: it goes on the record under your name'),
    )
    if (!given.ok) return await page(visit, forward, given.refusal)
    const author = { by: visit.person.id, request: visit.request, reason: given.value }
    const done = await recordChange(visit.sql, author, (tx) => acceptPlan(tx, which))
    if (done.ok)
      return redirect(paths.acceptPlan(which.scenario, which.plan), `Plan ${which.plan} is accepted.`)
    const says = isInterlock(done.refusal)
      ? 'Accepting a plan changes nobody’s travel.'
      : stepRefusedInWords(done.refusal)
    return await page(visit, forward, [fieldError('why', says)])
  },
}

async function page(
  { sql, person, form }: Visit,
  forward: Forward,
  errors: readonly FieldError[],
): Promise<Reply> {
  const { scenario, kept } = forward
  const routes = forward.standing === 'real' ? await routesOfPlan(sql, kept.id, scenario.beginsOn) : []
  const view = { ...acceptView(forward, { routes, roles: person.roles }), errors, why: form['why'] ?? '' }
  const differences = forward.inTheWay.flatMap((one) =>
    one.because === 'register-differs' ? one.differences : [],
  )
  const about = { pupils: differences.map(({ pupil }) => pupil) }
  return (errors.length > 0 ? showAgain : show)('plans/real/accept.njk', view, about)
}
