/** The council's policies about planning: what stands on a day as known at a moment, and the form that decides anew. */
import { recordChange } from '#changeover/store'
import { invariant } from '#ground/present.ts'
import { revisionKnownAt } from '#knowledge/store'
import { asAtView } from '#web/as-at.ts'
import { askedForm } from '#web/asked-form.ts'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { Question } from '#web/question.ts'
import { reading } from '#web/reading.ts'
import { seesPlans } from '../roles.ts'
import {
  type PolicyName,
  partsOf,
  policyNamed,
  putTogether,
  readPolicy,
  untilDecided,
} from './council-policy.ts'
import { policiesView } from './policies.view.ts'
import { decidePolicy, standingPolicies } from './policy-store.ts'
import { partInWords, policyTitle } from './policy-words.view.ts'

export const planPoliciesPage: Page = {
  path: paths.planPolicies,
  allow: seesPlans,

  async get(visit) {
    const { sql, asAt, path, query, person } = visit
    const cut = { on: asAt.on, revision: await revisionKnownAt(sql, asAt.knownAt) }
    return show('plans/policy/policies.njk', {
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      ...policiesView(await standingPolicies(sql, cut), person.roles),
    })
  },
}

const deciders = ['manager', 'commissioner'] as const

export const planPolicyPage: Page = {
  path: '/plans/policies/:policy',
  allow: deciders,
  change: deciders,

  async get(visit) {
    const name = policyNamed(visit.params['policy'])
    return name ? await form(visit, name, []) : notFound
  },

  async post(visit) {
    const name = policyNamed(visit.params['policy'])
    if (!name) return notFound
    const read = reading(visit.form)
    const from = read.day('from', 'the first day it holds')
    const why = read.text('why', 'Enter who decided it and why: it stays on record under your name')
    const value = typedValue(visit, name)
    const understood = value === undefined ? undefined : readPolicy(name, value)
    if (!understood)
      read.wrong('value', 'This is not JSON. Begin from what stands, and change figures and names in it')
    else if (!understood.ok) read.wrong(fieldOf(understood.refusal, visit), understood.refusal)
    const given = read.answer(from && why && value !== undefined && { from, why, value })
    if (!given.ok) return await form(visit, name, given.refusal)
    const author = { by: visit.person.id, request: visit.request, reason: given.value.why }
    const { value: decided, from: firstDay } = given.value
    const done = await recordChange(visit.sql, author, (tx) =>
      decidePolicy(tx, { name, value: decided, from: firstDay }),
    )
    invariant(done.ok, `No travel hangs on ${name}, so nobody can be worse off by it.`)
    return redirect(paths.planPolicies, `Recorded: ${policyTitle[name].title}.`)
  },
}

/** Policies whose parts are not known beforehand are typed whole. */
const isWhole = (name: PolicyName) => name === 'plan-vehicles' || name === 'area-deprivation'

function typedValue({ form }: Visit, name: PolicyName): unknown {
  if (!isWhole(name)) {
    const paths = partsOf(untilDecided(name)).map(([path]) => path)
    return putTogether(paths.map((path) => [path, form[path]?.trim() ?? '']))
  }
  try {
    return JSON.parse(form['value'] ?? '')
  } catch {
    return undefined
  }
}

/** The field that a sentence of `readPolicy` speaks of. */
function fieldOf(says: string, { form }: Visit): string {
  const path = says.split(': ')[0]?.replaceAll(', ', '.') ?? ''
  return path in form ? path : 'value'
}

async function form(visit: Visit, name: PolicyName, errors: readonly FieldError[]): Promise<Reply> {
  const { sql, today: on, now } = visit
  const standing = await standingPolicies(sql, { on, revision: await revisionKnownAt(sql, now) })
  const decided = standing.find((one) => one.name === name)
  const read = decided && readPolicy(name, decided.value)
  const stands = read?.ok ? read.value : untilDecided(name)
  const { title, says } = policyTitle[name]
  return askedForm(visit, {
    title,
    says: [
      says,
      'What stood until then stays for the days before. A plan that was found is measured by what was known when it was.',
    ],
    back: paths.planPolicies,
    doing: 'Record it',
    errors,
    standing: {
      ...Object.fromEntries(partsOf(stands)),
      value: JSON.stringify(stands, null, 2),
      from: on,
    },
    questions: [
      ...questionsOf(name, stands),
      { ask: 'day', name: 'from', label: 'From which day?' },
      { ask: 'lines', rows: 2, name: 'why', label: 'Who decided it, and why?' },
    ],
  })
}

function questionsOf(name: PolicyName, stands: unknown): Question[] {
  if (isWhole(name))
    return [
      {
        ask: 'lines',
        rows: 12,
        name: 'value',
        label: 'What it says',
        hint: 'As JSON: change figures and names, and leave the signs between them',
      },
    ]
  return partsOf(stands).map(([path]) => ({ ask: 'text', name: path, label: partInWords(path), width: 5 }))
}
