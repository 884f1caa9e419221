/** The assessments of who shares a vehicle: which runs need one and why, and what was found. */

import { dayInWords } from '#ground/time.ts'
import { askedForm } from '#web/asked-form.ts'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { makesPlans, seesPlans } from '../roles.ts'
import { forwardIn } from './accept.page.ts'
import type { Assessment } from './assessment.ts'
import { assessmentsView, causesInWords } from './assessment.view.ts'
import { recordAssessment } from './assessment-store.ts'
import type { Forward } from './forward-store.ts'
import { planFormPage } from './plan-form.page.ts'

export const assessmentsPage: Page = {
  path: '/plans/:scenarioId/found/:planId/assessments',
  allow: seesPlans,

  async get(visit) {
    const found = await forwardIn(visit)
    if (!found) return notFound
    return show('plans/real/assessments.njk', assessmentsView(found.forward, visit.person.roles))
  },
}

type Made = Omit<Assessment, 'run'> & { runs: readonly string[] }

export const newAssessmentPage = planFormPage<Made>({
  path: 'assessments/new',
  roles: makesPlans,
  form,

  read({ form: typed, formLists, today }, { toAssess }) {
    const read = reading(typed)
    const named = formLists['runs'] ?? []
    const runs = toAssess.map(({ run }) => run.name).filter((name) => named.includes(name))
    if (runs.length === 0) read.wrong('runs', 'Select which runs it is about')
    const assessedBy = read.text('by', 'Enter who made it')
    const assessedOn = read.day('on', 'the day on which it was made')
    if (assessedOn && assessedOn > today)
      read.wrong('on', `${dayInWords(assessedOn)} is still to come. Enter the day on which it was made`)
    const findings = read.text('findings', 'Enter what was found, and what follows from it')
    return read.answer(assessedBy && assessedOn && findings && { runs, assessedBy, assessedOn, findings })
  },

  async record({ sql, person, request }, { scenario, plan }, made) {
    const reason = `The mix aboard ${made.runs.join(', ')} was assessed`
    await recordAssessment(sql, { plan, ...made, author: { by: person.id, request, reason } })
    return { to: paths.assessmentsOfPlan(scenario, plan), notice: 'The assessment is recorded.' }
  },
})

function form(visit: Visit, { scenario, kept, toAssess }: Forward, errors: readonly FieldError[]) {
  return askedForm(visit, {
    title: 'What did the risk assessment find?',
    says: ['One assessment may be about several runs: those that carry the same pupils there and back.'],
    back: paths.assessmentsOfPlan(scenario.id, kept.id),
    doing: 'Record it',
    errors,
    questions: [
      {
        ask: 'several',
        name: 'runs',
        label: 'Runs',
        options: toAssess.map(({ run, causes }) => ({
          value: run.name,
          text: run.name,
          hint: causesInWords(causes),
        })),
      },
      { ask: 'text', name: 'by', label: 'Who made it', width: 20 },
      { ask: 'day', name: 'on', label: 'On which day' },
      { ask: 'lines', rows: 4, name: 'findings', label: 'What was found, and what follows from it' },
    ],
  })
}
