/** What schools say of a plan: who has answered, who was asked and since when, and what was rejected and why. */

import type { SchoolId } from '#ground/ids.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { askedForm } from '#web/asked-form.ts'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type Reading, reading } from '#web/reading.ts'
import { makesPlans, seesPlans } from '../roles.ts'
import { forwardIn } from './accept.page.ts'
import type { Forward } from './forward-store.ts'
import { planFormPage } from './plan-form.page.ts'
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

type School = { school: SchoolId; name: string }

export const askSchoolPage = planFormPage<School & { lastDay: PlainDate }>({
  path: 'review/ask',
  roles: makesPlans,
  form: askForm,

  read({ form, today }, forward) {
    const read = reading(form)
    const school = readSchool(read, forward)
    const lastDay = read.day('last-day', 'the last day on which the link opens')
    if (lastDay && lastDay < today)
      read.wrong('last-day', `${dayInWords(lastDay)} is past. Enter a day to come`)
    return read.answer(school && lastDay && { ...school, lastDay })
  },

  async record({ sql, person, request }, { scenario, plan }, { school, name, lastDay }) {
    const author = { by: person.id, request, reason: `${name} is asked about plan ${plan}` }
    const token = await askSchool(sql, { plan, school, lastDay, author })
    return show('plans/real/review-link.njk', {
      title: `The link for ${name}`,
      back: paths.reviewOfPlan(scenario, plan),
      link: paths.reviewLink(token),
      says: `Send it to the school now: it is shown this once and kept nowhere. It opens until ${dayInWords(lastDay)}, shows that school’s pupils only, and takes the place of any link the school had before.`,
    })
  },
})

function readSchool(read: Reading, forward: Forward): School | undefined {
  const school = read.id<'School'>('school', 'Choose a school')
  return school && schoolsIn(forward).find((one) => one.school === school)
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

export const remindSchoolPage = planFormPage<School & { how: string }>({
  path: 'review/remind',
  roles: makesPlans,
  form: remindForm,

  read({ form }, forward) {
    const read = reading(form)
    const school = readSchool(read, forward)
    const how = read.text('how', 'Enter how, and whom')
    return read.answer(school && how && { ...school, how })
  },

  async record({ sql, person, request }, { scenario, plan }, { school, name, how }) {
    await remindSchool(sql, { plan, school, author: { by: person.id, request, reason: how } })
    return { to: paths.reviewOfPlan(scenario, plan), notice: `Recorded that ${name} was reminded.` }
  },
})

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
