/** What is odd in a plan: the list, what one of them is, and what people do about it or report. */
import { colleaguesOn } from '#access/people-store'
import { type PupilId, readId } from '#ground/ids.ts'
import { pupilNames } from '#pupils/name-store'
import { askedForm } from '#web/asked-form.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { readListing } from '#web/listing.ts'
import { notFound, type Page, type Reply, redirect, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { planIn } from '../found/found-plan.page.ts'
import { planOf } from '../found/found-plan-store.ts'
import { makesPlans, mayPlan, seesPlans } from '../roles.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { anomaliesView, anomalyView, isAsked } from './anomalies.view.ts'
import { anomalyTitle } from './anomaly.view.ts'
import {
  anomaliesOf,
  type Doing,
  doAboutAnomaly,
  type RegisteredAnomaly,
  reportAnomaly,
} from './anomaly-store.ts'

const ROOT = '/plans/:scenarioId/found/:planId/anomalies'

export const anomaliesPage: Page = {
  path: ROOT,
  allow: seesPlans,

  async get(visit) {
    const { sql, query, today, now, person } = visit
    const found = await planIn(visit)
    if (!found) return notFound
    const { scenario, plan } = found
    const anomalies = await anomaliesOf(sql, { scenario: scenario.id, plan: plan.id })
    const listing = readListing(query, { sorts: ['first'], first: 'first' })
    const asked = anomalies.filter((one) => isAsked(one, plan.id, query))
    const rows = asked.slice(listing.offset, listing.offset + listing.limit)
    const pupils = rows.flatMap((one) => one.pupils)
    const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
    const view = anomaliesView(visit, { scenario, plan: plan.id, anomalies, asked, rows, names, listing })
    return show('plans/anomalies/anomalies.njk', { ...view, mayReport: mayPlan(person) }, { pupils })
  },
}

export const newAnomalyPage: Page = {
  path: `${ROOT}/new`,
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const found = await planIn(visit)
    return found ? reportForm(visit, found, []) : notFound
  },

  async post(visit) {
    const found = await planIn(visit)
    if (!found) return notFound
    const { scenario, plan } = found
    const kept = await planOf(visit.sql, scenario.id, plan.id)
    const known = new Set(kept?.plan.journeys.map(({ pupil }) => pupil))
    const read = reading(visit.form)
    const says = read.text('says', 'Enter what is odd')
    const pupils = pupilsTyped(read.optional('pupils') ?? '')
    const strangers = pupils?.filter((pupil) => !known.has(pupil)) ?? []
    if (!pupils) read.wrong('pupils', 'Enter pupil numbers with commas between them, like 12, 40')
    if (strangers.length > 0)
      read.wrong(
        'pupils',
        `The plan has no pupil ${strangers.join(', ')}. Enter numbers of pupils it was made for`,
      )
    const given = read.answer(says && pupils && { says, pupils })
    if (!given.ok) return reportForm(visit, found, given.refusal)
    const theirs = new Set(given.value.pupils)
    const runs = (kept?.plan.runs ?? [])
      .filter(({ riders }) => riders.some(({ pupil }) => theirs.has(pupil)))
      .map(({ name }) => name)
    const author = {
      by: visit.person.id,
      request: visit.request,
      reason: `Reported of plan ${plan.id}: ${given.value.says}`,
    }
    await reportAnomaly(visit.sql, { scenario: scenario.id, plan: plan.id, ...given.value, runs, author })
    return redirect(
      paths.anomalies(scenario.id, plan.id),
      'Reported. The plan cannot go forward before it is resolved or accepted.',
    )
  },
}

type Found = NonNullable<Awaited<ReturnType<typeof planIn>>>

/** Numbers with anything but digits between them; nothing where something else was typed. */
function pupilsTyped(text: string): PupilId[] | undefined {
  const ids = text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .map((one) => readId<'Pupil'>(one))
  return ids.every((id) => id !== undefined) ? ids : undefined
}

const reportForm = (visit: Visit, { scenario, plan }: Found, errors: readonly FieldError[]): Reply =>
  askedForm(visit, {
    title: `What is odd in plan ${plan.id}?`,
    says: [
      'What a person saw stands for the whole scenario: no plan of it goes forward until somebody has looked.',
    ],
    back: paths.anomalies(scenario.id, plan.id),
    doing: 'Report it',
    errors,
    questions: [
      {
        ask: 'lines',
        rows: 3,
        name: 'says',
        label: 'What is odd?',
        hint: 'In a sentence. Do not name a child: give their number below',
      },
      {
        ask: 'text',
        name: 'pupils',
        label: 'Pupil numbers (optional)',
        hint: 'With commas between them, like 12, 40',
        width: 20,
      },
    ],
  })

type Subject = { scenario: Scenario; plan: number; anomaly: RegisteredAnomaly }

async function subjectOf(visit: Visit): Promise<Subject | undefined> {
  const found = await planIn(visit)
  const id = readId<'Anomaly'>(visit.params['anomalyId'])
  if (!found || !id) return undefined
  const where = { scenario: found.scenario.id, plan: found.plan.id, anomaly: id }
  const [anomaly] = await anomaliesOf(visit.sql, where)
  return anomaly && { scenario: found.scenario, plan: found.plan.id, anomaly }
}

export const anomalyPage: Page = {
  path: `${ROOT}/:anomalyId`,
  allow: seesPlans,

  async get(visit) {
    const subject = await subjectOf(visit)
    if (!subject) return notFound
    const { pupils } = subject.anomaly
    const names = await pupilNames(visit.sql, pupils, { on: visit.today, knownAt: visit.now })
    return show(
      'plans/anomalies/anomaly.njk',
      anomalyView({ ...subject, names, roles: visit.person.roles }),
      {
        pupils,
      },
    )
  },
}

export const anomalyOwnerPage: Page = {
  path: `${ROOT}/:anomalyId/owner`,
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const subject = await subjectOf(visit)
    return subject ? await ownerForm(visit, subject, []) : notFound
  },

  async post(visit) {
    const subject = await subjectOf(visit)
    if (!subject) return notFound
    const planner = (await plannersOn(visit)).find((one) => String(one.person) === visit.form['owner'])
    if (!planner) return await ownerForm(visit, subject, [fieldError('owner', 'Choose who is to see to it')])
    return await done(visit, subject, { step: 'owned', owner: planner.person })
  },
}

/** Whoever may plan, by name. */
const plannersOn = async ({ sql, today, now }: Visit) =>
  (await colleaguesOn(sql, { today, now })).filter((one) => one.closedAt === null && mayPlan(one))

async function ownerForm(visit: Visit, subject: Subject, errors: readonly FieldError[]): Promise<Reply> {
  const options = (await plannersOn(visit)).map(({ person, name }) => ({ value: String(person), text: name }))
  return askedForm(visit, {
    ...aboutOf(subject, 'Who sees to it?'),
    doing: 'Give it to them',
    errors,
    questions: [{ ask: 'choice', name: 'owner', label: 'Owner', options }],
  })
}

export const anomalyResolvedPage: Page = {
  path: `${ROOT}/:anomalyId/resolved`,
  allow: makesPlans,
  change: makesPlans,
  get: (visit) => sayHow(visit, resolving, []),
  post: (visit) => sayHow(visit, resolving),
}

export const anomalyAcceptedPage: Page = {
  path: `${ROOT}/:anomalyId/accepted`,
  allow: ['manager'],
  change: ['manager'],
  get: (visit) => sayHow(visit, accepting, []),
  post: (visit) => sayHow(visit, accepting),
}

type Saying = {
  title: string
  says: string
  label: string
  asks: string
  button: string
  doing: (visit: Visit, says: string) => Doing
}

const resolving: Saying = {
  title: 'How was it resolved?',
  says: 'If a later plan of the scenario has it again, it is open again.',
  label: 'What was done, or what was seen that makes it right?',
  asks: 'Enter how it was resolved: it stays on record under your name',
  button: 'Record that it is resolved',
  doing: (_visit, says) => ({ step: 'resolved', says }),
}

const accepting: Saying = {
  title: 'Why is it accepted?',
  says: 'You accept it in your own name, for this and every later plan of the scenario.',
  label: 'Why may it stay as it is?',
  asks: 'Enter why it is accepted: it stays on record under your name',
  button: 'Accept it in my name',
  doing: ({ person }, says) => ({ step: 'accepted', owner: person.id, says }),
}

/** Asks for the words, or, where they were given, records them; `errors` are given where nothing was sent. */
async function sayHow(visit: Visit, saying: Saying, errors?: readonly FieldError[]): Promise<Reply> {
  const subject = await subjectOf(visit)
  if (!subject) return notFound
  const read = reading(visit.form)
  const given = errors ? undefined : read.answer(read.text('says', saying.asks))
  if (given?.ok) return await done(visit, subject, saying.doing(visit, given.value))
  return askedForm(visit, {
    ...aboutOf(subject, saying.title),
    says: [anomalyTitle(subject.anomaly), saying.says],
    doing: saying.button,
    errors: given?.refusal ?? [],
    questions: [{ ask: 'lines', rows: 3, name: 'says', label: saying.label }],
  })
}

const aboutOf = ({ scenario, plan, anomaly }: Subject, title: string) => ({
  title,
  says: [anomalyTitle(anomaly)],
  back: paths.anomaly(scenario.id, plan, anomaly.id),
  pupils: anomaly.pupils,
})

const told: Record<Doing['step'], string> = {
  owned: 'It has an owner.',
  resolved: 'It is resolved.',
  accepted: 'It is accepted in your name.',
}

async function done(visit: Visit, { scenario, plan, anomaly }: Subject, doing: Doing): Promise<Reply> {
  const reason = 'says' in doing ? doing.says : `Given an owner: ${anomalyTitle(anomaly)}`
  await doAboutAnomaly(visit.sql, anomaly.id, {
    doing,
    author: { by: visit.person.id, request: visit.request, reason },
  })
  return redirect(paths.anomaly(scenario.id, plan, anomaly.id), told[doing.step])
}
