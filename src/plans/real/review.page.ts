/** What schools say of a plan: who has answered, who was asked and since when, and what was rejected and why. */

import { dayInWords } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { askedForm } from '#web/asked-form.ts'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, redirect, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { makesPlans, seesPlans } from '../roles.ts'
import { forwardIn } from './accept.page.ts'
import type { Forward } from './forward-store.ts'
import { reviewView } from './review.view.ts'
import { askedOf, askSchool, remindSchool } from './review-store.ts'

export const reviewPage: Page = {
  path: '/plans/:scenarioId/found/:planId/review',
  allow: seesPlans,

  async get(visit) {
    const found = await forwardIn(visit)
    if (!found) return notFound
    const { sql, person, today, now } = visit
    const { forward, which } = found
    const rejected = forward.reviews.flatMap(({ said }) => said.flatMap(({ pupil }) => pupil ?? []))
    const names = await pupilNames(sql, rejected, { on: today, knownAt: now })
    const asked = await askedOf(sql, which.plan)
    return show('plans/real/review.njk', reviewView(forward, { asked, names, roles: person.roles, today }), {
      pupils: rejected,
    })
  },
}

export const askSchoolPage: Page = {
  path: '/plans/:scenarioId/found/:planId/review/ask',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const found = await forwardIn(visit)
    return found ? askForm(visit, found.forward, []) : notFound
  },

  async post(visit) {
    const found = await forwardIn(visit)
    if (!found) return notFound
    const { forward, which } = found
    const read = reading(visit.form)
    const school = read.id<'School'>('school', 'Choose a school')
    const name = schoolsIn(forward).find((one) => one.school === school)?.name
    const lastDay = read.day('last-day', 'the last day on which the link opens')
    if (lastDay && lastDay < visit.today)
      read.wrong('last-day', `${dayInWords(lastDay)} is past. Enter a day to come`)
    const given = read.answer(school && name && lastDay && { school, name, lastDay })
    if (!given.ok) return askForm(visit, forward, given.refusal)
    const reason = `${given.value.name} is asked about plan ${which.plan}`
    const author = { by: visit.person.id, request: visit.request, reason }
    const token = await askSchool(visit.sql, { plan: which.plan, ...given.value, author })
    return show('plans/real/review-link.njk', {
      title: `The link for ${given.value.name}`,
      back: paths.reviewOfPlan(which.scenario, which.plan),
      link: paths.reviewLink(token),
      says: `Send it to the school now: it is shown this once and kept nowhere. It opens until ${dayInWords(given.value.lastDay)}, shows that school’s pupils only, and takes the place of any link the school had before.`,
    })
  },
}

/** The schools whose pupils a plan carries, by name. */
const schoolsIn = ({ reviews, known }: Forward) =>
  known.schools.filter(({ school }) => reviews.some((one) => one.school === school))

function askForm(visit: Visit, forward: Forward, errors: readonly FieldError[]) {
  return askedForm(visit, {
    title: 'Which school do you ask?',
    says: ['It gets a link of its own, by which it answers for its pupils without signing in.'],
    back: paths.reviewOfPlan(forward.scenario.id, forward.kept.id),
    doing: 'Make the link',
    errors,
    questions: [
      schoolQuestion(forward),
      { ask: 'day', name: 'last-day', label: 'Last day on which it opens' },
    ],
  })
}

const schoolQuestion = (forward: Forward) => ({
  ask: 'choice' as const,
  name: 'school',
  label: 'School',
  options: schoolsIn(forward).map(({ school, name }) => ({ value: String(school), text: name })),
})

export const remindSchoolPage: Page = {
  path: '/plans/:scenarioId/found/:planId/review/remind',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const found = await forwardIn(visit)
    return found ? remindForm(visit, found.forward, []) : notFound
  },

  async post(visit) {
    const found = await forwardIn(visit)
    if (!found) return notFound
    const { forward, which } = found
    const read = reading(visit.form)
    const school = read.id<'School'>('school', 'Choose a school')
    const name = schoolsIn(forward).find((one) => one.school === school)?.name
    const how = read.text('how', 'Enter how, and whom')
    const given = read.answer(school && name && how && { school, name, how })
    if (!given.ok) return remindForm(visit, forward, given.refusal)
    const author = { by: visit.person.id, request: visit.request, reason: given.value.how }
    await remindSchool(visit.sql, { plan: which.plan, school: given.value.school, author })
    return redirect(
      paths.reviewOfPlan(which.scenario, which.plan),
      `Recorded that ${given.value.name} was reminded.`,
    )
  },
}

function remindForm(visit: Visit, forward: Forward, errors: readonly FieldError[]) {
  return askedForm(visit, {
    title: 'Which school was reminded?',
    says: [],
    back: paths.reviewOfPlan(forward.scenario.id, forward.kept.id),
    doing: 'Record the reminder',
    errors,
    questions: [
      schoolQuestion(forward),
      { ask: 'text', name: 'how', label: 'How, and whom', hint: 'Rang Mrs Bell in the office, for example' },
    ],
  })
}
