/** What is decided of one pupil of a scenario: how they are planned where too little is known, and how long they may ride. */
import { askedForm } from '#web/asked-form.ts'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { makesPlans } from '../roles.ts'
import type { Person } from './person.ts'
import { scenarioIn } from './scenario.page.ts'
import { choices } from './scenario.ts'
import { gapInWords } from './scenario.view.ts'
import { choose, except } from './scenario-store.ts'
import type { Standing } from './standing-store.ts'

type Subject = { standing: Standing; person: Person }

async function subjectOf(visit: Visit): Promise<Subject | undefined> {
  const standing = await scenarioIn(visit)
  const person = standing?.people.find(({ pupil }) => String(pupil) === visit.params['pupilId'])
  return standing && person && { standing, person }
}

export const scenarioChoicePage: Page = {
  path: '/plans/:scenarioId/pupils/:pupilId',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const subject = await subjectOf(visit)
    return subject ? choiceForm(visit, subject, []) : notFound
  },

  async post(visit) {
    const subject = await subjectOf(visit)
    if (!subject) return notFound
    const { scenario } = subject.standing
    const read = reading(visit.form)
    const choice = read.choice('choice', choices, 'Select how they are planned')
    const reason = read.text('why', 'Enter why: it stays on record under your name')
    const given = read.answer(choice && reason && { choice, reason })
    if (!given.ok) return choiceForm(visit, subject, given.refusal)
    await choose(visit.sql, {
      scenario: scenario.id,
      pupil: subject.person.pupil,
      choice: given.value.choice,
      author: { by: visit.person.id, request: visit.request, reason: given.value.reason },
    })
    return redirect(paths.scenario(scenario.id), `Recorded how ${subject.person.name} is planned.`)
  },
}

function choiceForm(visit: Visit, { standing, person }: Subject, errors: readonly FieldError[]): Reply {
  const { population, scenario } = standing
  const { blocking, asKnown, leftOut } = population
  const incomplete = [...blocking, ...asKnown, ...leftOut].find((one) => one.person.pupil === person.pupil)
  const gaps = incomplete?.gaps ?? []
  const missing = gaps.map((gap) => gapInWords[gap]).join('; ')
  return askedForm(visit, {
    title: `How is ${person.name} planned?`,
    says: [
      missing ? `Of ${person.name}, ${missing}.` : `Enough is known of ${person.name} to plan for them.`,
      ...(gaps.includes('home-has-no-point')
        ? [
            'Without a point for the home no vehicle can be sent: put the address right, or leave them out here.',
          ]
        : []),
    ],
    back: paths.scenario(scenario.id),
    doing: 'Record it',
    errors,
    standing: { choice: incomplete?.choice?.choice ?? '', why: incomplete?.choice?.reason ?? '' },
    pupils: [person.pupil],
    questions: [
      {
        ask: 'one',
        name: 'choice',
        label: 'Choose one',
        options: [
          {
            value: 'as-known',
            text: 'Plan with what is known',
            hint: 'They are marked as such until the form is complete',
          },
          {
            value: 'left-out',
            text: 'Leave them out of the plan',
            hint: 'Their travel is arranged by hand, and they are counted',
          },
          { value: 'waits', text: 'Wait', hint: 'The scenario is not planned before enough is known' },
        ],
      },
      { ask: 'lines', rows: 2, name: 'why', label: 'Why?', hint: 'It stays on record under your name' },
    ],
  })
}

export const scenarioExceptionPage: Page = {
  path: '/plans/:scenarioId/pupils/:pupilId/exception',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const subject = await subjectOf(visit)
    return subject ? exceptionForm(visit, subject, []) : notFound
  },

  async post(visit) {
    const subject = await subjectOf(visit)
    if (!subject) return notFound
    const { scenario } = subject.standing
    const read = reading(visit.form)
    const minutes = read.text('minutes', 'Enter how many minutes they may ride')
    if (minutes && !/^[1-9]\d{0,2}$/.test(minutes))
      read.wrong('minutes', `"${minutes}" is no ride. Enter minutes from 1 to 999`)
    const approvedBy = read.text('approved-by', 'Enter who approved it')
    const reason = read.text('why', 'Enter why: it stays on record under your name')
    const given = read.answer(
      minutes && approvedBy && reason && { minutes: Number(minutes), approvedBy, reason },
    )
    if (!given.ok) return exceptionForm(visit, subject, given.refusal)
    await except(visit.sql, {
      scenario: scenario.id,
      pupil: subject.person.pupil,
      longestRideMinutes: given.value.minutes,
      approvedBy: given.value.approvedBy,
      author: { by: visit.person.id, request: visit.request, reason: given.value.reason },
    })
    return redirect(
      paths.scenario(scenario.id),
      `${subject.person.name} may ride ${given.value.minutes} minutes in this scenario.`,
    )
  },
}

function exceptionForm(visit: Visit, { standing, person }: Subject, errors: readonly FieldError[]): Reply {
  const approved = standing.exceptions.find(({ pupil }) => pupil === person.pupil)
  return askedForm(visit, {
    title: `How long may ${person.name} ride?`,
    says: ['It stands in place of the need form and of the council’s policy, in this scenario alone.'],
    back: paths.scenario(standing.scenario.id),
    doing: 'Record the exception',
    errors,
    pupils: [person.pupil],
    standing: approved
      ? {
          minutes: String(approved.longestRideMinutes),
          'approved-by': approved.approvedBy,
          why: approved.reason,
        }
      : {},
    questions: [
      { ask: 'text', name: 'minutes', label: 'Minutes, one way', width: 3 },
      { ask: 'text', name: 'approved-by', label: 'Who approved it?', width: 20 },
      { ask: 'lines', rows: 2, name: 'why', label: 'Why?', hint: 'It stays on record under your name' },
    ],
  })
}
