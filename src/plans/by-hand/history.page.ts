/** What was done to a plan by hand, from how it was found to what became of it; the last change can be taken back. */
import { pupilNames } from '#pupils/name-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { planIn } from '../found/found-plan.page.ts'
import { makesPlans, mayPlan, seesPlans } from '../roles.ts'
import { notKeptInWords } from './change-words.view.ts'
import { changeToTakeBack } from './history.ts'
import { historyView } from './history.view.ts'
import { historyOf, takeBack } from './history-store.ts'

export const planHistoryPage: Page = {
  path: '/plans/:scenarioId/found/:planId/history',
  allow: seesPlans,
  change: makesPlans,

  async get(visit) {
    const found = await planIn(visit)
    return found ? await shown(visit, found, []) : notFound
  },

  async post(visit) {
    const { sql, form, person, request } = visit
    const found = await planIn(visit)
    if (!found) return notFound
    const { scenario, plan } = found
    const read = reading(form)
    const why = read.answer(read.text('why', 'Enter why: it stays on record under your name'))
    if (!why.ok) return await shown(visit, found, why.refusal)
    const change = changeToTakeBack(await historyOf(sql, plan.id), plan.id)
    if (!change) return await shown(visit, found, [fieldError('why', `Plan ${plan.id} is as it was found`)])
    const author = { by: person.id, request, reason: why.value }
    const done = await takeBack(sql, { scenario: scenario.id, plan: plan.id, change, author })
    if (!done.ok) return await shown(visit, found, [fieldError('why', notKeptInWords(plan.id, done.refusal))])
    return redirect(
      paths.foundPlan(scenario.id, done.value),
      `Plan ${done.value} is as plan ${change.changedFrom} was. Nothing is erased.`,
    )
  },
}

type Found = NonNullable<Awaited<ReturnType<typeof planIn>>>

async function shown(visit: Visit, found: Found, errors: readonly FieldError[]): Promise<Reply> {
  const { sql, today, now, person } = visit
  const history = await historyOf(sql, found.plan.id)
  const pupils = [...new Set(history.flatMap((change) => change.pupils))]
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  const view = historyView({ ...found, history, names, errors, mayPlan: mayPlan(person) })
  return (errors.length > 0 ? showAgain : show)('plans/by-hand/history.njk', view, { pupils })
}
