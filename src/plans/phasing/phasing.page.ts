/** How much of each school a plan changes on one day, against policy; and the waves in which it is to come instead. */
import { pupilNames } from '#pupils/name-store'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { planIn } from '../found/found-plan.page.ts'
import { type KeptPlan, planOf } from '../found/found-plan-store.ts'
import { makesPlans, mayPlan, seesPlans } from '../roles.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { policyRefusedInWords } from '../scenario/scenario.view.ts'
import { phasingView } from './phasing.view.ts'
import { choosePhasing, type PlanPhasing, phasingOf } from './phasing-store.ts'

type Subject = { scenario: Scenario; kept: KeptPlan }

export const phasingPage: Page = {
  path: '/plans/:scenarioId/found/:planId/phasing',
  allow: seesPlans,
  change: makesPlans,

  get: (visit) => withPhasing(visit, (subject, phasing) => page(visit, subject, { phasing, errors: [] })),

  post: (visit) =>
    withPhasing(visit, async (subject, phasing) => {
      const read = reading(visit.form)
      const least = phasing.rule.daysBetween
      const days = read.optionalNumber('days') ?? least
      if (days < least)
        read.wrong('days', `Policy asks for ${least} days or more from wave to wave. Enter ${least} or more`)
      const why = read.text('why', 'Enter why it comes in these waves: it stays on record under your name')
      const given = read.answer(why)
      if (!given.ok) return await page(visit, subject, { phasing, errors: given.refusal })
      const { scenario, kept } = subject
      const proposed = await phasingOf(visit.sql, subject, days)
      const schools = proposed.ok ? proposed.value.schools.filter(({ required }) => required) : []
      const author = { by: visit.person.id, request: visit.request, reason: given.value }
      await choosePhasing(visit.sql, { plan: kept.id, phasings: schools, author })
      return redirect(paths.phasing(scenario.id, kept.id), 'The waves are kept.')
    }),
}

type Shown = { phasing: PlanPhasing; errors: readonly FieldError[] }

async function page(visit: Visit, { scenario, kept }: Subject, { phasing, errors }: Shown): Promise<Reply> {
  const { sql, form, today, now, person } = visit
  const pupils = phasing.schools.flatMap(({ changing }) => changing)
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  const view = {
    ...phasingView({ scenario, plan: kept.id, phasing, names }),
    errors,
    mayChoose: mayPlan(person),
    typed: { days: form['days'] ?? String(phasing.rule.daysBetween), why: form['why'] ?? '' },
  }
  return (errors.length > 0 ? showAgain : show)('plans/phasing/phasing.njk', view, { pupils })
}

/** The plan in the address with its waves, or why they cannot be proposed. */
async function withPhasing(
  visit: Visit,
  answer: (subject: Subject, phasing: PlanPhasing) => Promise<Reply>,
): Promise<Reply> {
  const found = await planIn(visit)
  const kept = found && (await planOf(visit.sql, found.scenario.id, found.plan.id))
  if (!found || !kept) return notFound
  const { scenario } = found
  const phasing = await phasingOf(visit.sql, { scenario, kept })
  if (phasing.ok) return await answer({ scenario, kept }, phasing.value)
  return show('plans/found/not-measured.njk', {
    title: 'How much changes at once',
    plan: `Plan ${kept.id}`,
    back: paths.foundPlan(scenario.id, kept.id),
    says: policyRefusedInWords(phasing.refusal),
  })
}
