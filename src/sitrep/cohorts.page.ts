/** Cohorts: frozen by a manager or commissioner, followed by everyone, and red on the day they fall behind their plan. */
import { readId } from '#ground/ids.ts'
import { asAtView } from '#web/as-at.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { everyRole, notFound, type Page, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { cohortPlanAt, cohortsKnownAt, freezeCohort, planCohort } from './cohort-store.ts'
import { cohortsView, cohortView } from './cohorts.view.ts'
import { cohortsWithProgress, progressAt } from './progress-store.ts'
import { planBegins, readPlanPoints } from './projection.ts'
import { mayPublish } from './report.page.ts'
import { cohortFigures } from './sitrep.ts'
import { cutOf } from './situation-pupils.page.ts'
import { cutAt, peopleAt } from './store.ts'

const changers = ['manager', 'commissioner'] as const

export const cohortsPage: Page = {
  path: paths.cohorts,
  allow: everyRole,
  change: changers,

  async get(visit) {
    return show('sitrep/cohorts.njk', await listed(visit, []))
  },

  async post(visit) {
    const { sql, form, person, request } = visit
    const read = reading(form)
    const name = read.text('name', 'Enter a name for the cohort, like “Promised a seat by half-term”')
    const given = read.answer(name && { name })
    if (!given.ok) return showAgain('sitrep/cohorts.njk', await listed(visit, given.refusal))
    const cut = await cutAt(sql, cutOf(visit))
    const author = { by: person.id, request, reason: `Cohort frozen: ${given.value.name}` }
    const frozen = await freezeCohort(sql, { name: given.value.name, cut, author })
    if (frozen.ok)
      return redirect(paths.cohort(frozen.value.id), `${frozen.value.members.length} pupils are frozen`)
    const says = {
      'name-is-taken': `A cohort called “${given.value.name}” is already frozen. Choose another name`,
      'nobody-is-eligible': 'Nobody was eligible for travel on this day. Choose another day',
    }[frozen.refusal]
    return showAgain('sitrep/cohorts.njk', await listed(visit, [fieldError('name', says)]))
  },
}

async function listed(visit: Visit, errors: readonly FieldError[]) {
  const { sql, asAt, path, query, form } = visit
  const cut = await cutAt(sql, cutOf(visit))
  const people = await peopleAt(sql, cut)
  const cohorts = (await cohortsWithProgress(sql, cut)).map(({ cohort, progress }) => ({
    id: cohort.id,
    figures: cohortFigures(people, cohort),
    progress,
  }))
  return {
    ...cohortsView(visit, cohorts),
    errors: [...asAt.errors, ...errors],
    asAt: asAtView(asAt, { path, query }),
    mayFreeze: mayPublish(visit),
    name: form['name'] ?? '',
  }
}

export const cohortPage: Page = {
  path: '/situation/cohorts/:cohortId',
  allow: everyRole,
  change: changers,

  async get(visit) {
    const view = await oneCohort(visit, [])
    return view ? show('sitrep/cohort.njk', view) : notFound
  },

  async post(visit) {
    const { sql, form, person, request } = visit
    const cohort = await cohortIn(visit)
    if (!cohort) return notFound
    const read = reading(form)
    const beginsOn = read.day('begins', 'the day on which travel begins')
    const points = readPlanPoints(form['points'] ?? '')
    if (!points.ok) read.wrong('points', points.refusal)
    const given = read.answer(beginsOn && points.ok && planBegins(beginsOn, points.value))
    if (!given.ok) {
      const view = await oneCohort(visit, given.refusal)
      return view ? showAgain('sitrep/cohort.njk', view) : notFound
    }
    const author = { by: person.id, request, reason: `Plan of cohort ${cohort.name}` }
    await planCohort(sql, cohort.id, { plan: given.value, from: cohort.frozenOn, author })
    return redirect(paths.cohort(cohort.id), 'The plan is recorded')
  },
}

async function cohortIn({ sql, params, ...visit }: Visit) {
  const cut = await cutAt(sql, cutOf(visit))
  const id = readId<'Cohort'>(params['cohortId'])
  return (await cohortsKnownAt(sql, cut.revision)).find((one) => one.id === id)
}

async function oneCohort(visit: Visit, errors: readonly FieldError[]) {
  const { sql, asAt, path, query } = visit
  const cohort = await cohortIn(visit)
  if (!cohort) return undefined
  const cut = await cutAt(sql, cutOf(visit))
  const figures = cohortFigures(await peopleAt(sql, cut), cohort)
  const progress = await progressAt(sql, cut, { cohort })
  return {
    ...cohortView(visit, figures, progress),
    errors: [...asAt.errors, ...errors],
    asAt: asAtView(asAt, { path, query }),
    counting: progress === undefined && (await cohortPlanAt(sql, cohort.id, cut)) !== undefined,
    mayPlan: mayPublish(visit),
  }
}
