/** Makes an accepted plan real, having shown whom that leaves less than confirmed; and takes it back again. */
import { type OperatorId, readId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { operatorChoices } from '#operators/choice-store'
import { fieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { forwardIn } from './accept.page.ts'
import type { Forward } from './forward-store.ts'
import { madeRealInWords, routeInWords, stepRefusedInWords } from './going-forward.view.ts'
import {
  besideOf,
  type MadeReal,
  makePlanReal,
  type StepRefused,
  takeAcceptanceBack,
  takePlanBack,
  type Which,
} from './going-forward-store.ts'
import { type RouteToBe, routesToBe } from './to-be.ts'

type Subject = {
  which: Which
  forward: Forward
  routes: readonly RouteToBe[]
  operators: readonly { operator: OperatorId; name: string }[]
}
type Terms = { operators: ReadonlyMap<string, OperatorId>; lastDay: PlainDate }

const backTo = ({ which }: Pick<Subject, 'which'>) => paths.acceptPlan(which.scenario, which.plan)
const offersOf = ({ routes }: Subject) => [...new Set(routes.map(({ offer }) => offer))]

async function subjectOf(visit: Visit): Promise<Subject | undefined> {
  const found = await forwardIn(visit)
  if (!found) return undefined
  const { kept, scenario } = found.forward
  return {
    ...found,
    routes: routesToBe(kept, besideOf(found.forward)),
    operators: await operatorChoices(visit.sql, { on: scenario.beginsOn, knownAt: visit.now }),
  }
}

export const makePlanRealPage = recordFormPage<Subject, Terms, MadeReal>({
  path: '/plans/:scenarioId/found/:planId/real',
  roles: ['manager'],
  subject: subjectOf,
  question: ({ which }) => `Who is to drive plan ${which.plan}?`,
  says: 'Each operator gets one contract, to be signed, at the prices the plan was made with. You see whom it leaves less than confirmed before anything is written.',
  back: backTo,
  pupils: ({ routes }) => routes.flatMap(({ runs }) => runs.flatMap(({ riders }) => riders)),
  questions: (subject) => [
    ...offersOf(subject).map((offer, i) => ({
      ask: 'choice' as const,
      name: `operator-${i + 1}`,
      label: `${offer}, ${subject.routes.filter((route) => route.offer === offer).length} of them`,
      options: subject.operators.map(({ operator, name }) => ({ value: String(operator), text: name })),
    })),
    { ask: 'day', name: 'last-day', label: 'Last day of the contracts' },
  ],
  read(form, _lists, subject) {
    const read = reading(form)
    const named = offersOf(subject).map((offer, i) => ({
      offer,
      operator:
        readId<'Operator'>(form[`operator-${i + 1}`]) ??
        read.wrong(`operator-${i + 1}`, `Choose who drives ${offer}`),
    }))
    const lastDay = read.day('last-day', 'the last day of the contracts')
    const operators = new Map(named.flatMap(({ offer, operator }) => (operator ? [[offer, operator]] : [])))
    return read.answer(lastDay && { operators, lastDay })
  },
  title: ({ forward: { scenario } }) =>
    `“${scenario.name}” is made real from ${dayInWords(scenario.beginsOn)}`,
  doing: 'make it real',
  async work(tx, { which }, terms) {
    const done = await makePlanReal(tx, { ...which, ...terms })
    return done.ok ? done : refuse([besideItsField(done.refusal)])
  },
  told: (_subject, _terms, made) => [...madeRealInWords(made), ...made.routes.map(routeInWords)],
})

const besideItsField = (refusal: StepRefused) =>
  fieldError(refusal.because === 'no-operator' ? 'operator-1' : 'last-day', stepRefusedInWords(refusal))

type Back = { which: Which; forward: Forward }

export const takePlanBackPage = recordFormPage<Back, { why: string }, null>({
  path: '/plans/:scenarioId/found/:planId/take-back',
  roles: ['manager'],
  subject: forwardIn,
  question: ({ which, forward }) =>
    forward.standing === 'real'
      ? `Take back what plan ${which.plan} became?`
      : `Take the acceptance of plan ${which.plan} back?`,
  asksWhy: true,
  back: backTo,
  questions: () => [
    { ask: 'lines', rows: 2, name: 'why', label: 'Why?', hint: 'It stays on record under your name' },
  ],
  read(form) {
    const read = reading(form)
    const why = read.text('why', 'Enter why: it stays on record under your name')
    return read.answer(why && { why })
  },
  title: ({ which, forward }) => `Plan ${which.plan} of “${forward.scenario.name}” is taken back`,
  doing: 'take it back',
  async work(tx, { which, forward }) {
    const done = await (forward.standing === 'real' ? takePlanBack(tx, which) : takeAcceptanceBack(tx, which))
    return done.ok ? ok(null) : refuse([fieldError('why', stepRefusedInWords(done.refusal))])
  },
  told: ({ forward }) =>
    forward.standing === 'real'
      ? [
          'Whoever it moved is where they were before, on the runs they had. Its routes and contracts are withdrawn, and what was recorded about them stays on record. A wave that has begun stays.',
        ]
      : ['It can be accepted again, when nothing is in its way.'],
})
