/** `firstbell plan accept`, `make-real` and `take-back`: a named manager takes a found plan forward, and back. */
import { holderOf } from '#access/account-store'
import { acceptGaps, type ChangeRefused, previewChange, recordChange } from '#changeover/store'
import { type Answer, type Asked, type Command, refused, report } from '#cli/command.ts'
import { type OperatorId, type PersonId, readId } from '#ground/ids.ts'
import { dayInWords, type PlainDate, readPlainDate } from '#ground/time.ts'
import type { Author } from '#knowledge/store'
import { latestPlan } from '../found/found-plan-store.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { scenarios } from '../scenario/scenario-store.ts'
import { madeRealInWords, routeInWords, stepRefusedInWords, worseInWords } from './going-forward.view.ts'
import {
  acceptPlan,
  type MakingReal,
  makePlanReal,
  type StepRefused,
  takeAcceptanceBack,
  takePlanBack,
  type Which,
} from './going-forward-store.ts'
import { planStanding } from './step.ts'
import { stepsOf } from './step-store.ts'

const takes = ['<name>', '<reason>']
const byWhom = [
  { flags: '--by <email>', means: 'who decides it: a manager, by e-mail address' },
  { flags: '--plan <number>', means: 'which plan of the scenario (the one found last)' },
]

export const planAcceptCommand: Command = {
  name: 'plan accept',
  summary: 'accept a found plan, in a manager’s name, when nothing stands in its way',
  takes,
  options: byWhom,

  run: (asked) =>
    asManager(asked, async ({ which, author, scenario }) => {
      const done = await recordChange(asked.sql, author, (tx) => acceptPlan(tx, which))
      if (!done.ok) return refusedBy(done.refusal)
      return report(
        `Plan ${which.plan} of “${scenario.name}” is accepted. firstbell plan make-real is next.`,
        {
          plan: which.plan,
          standing: 'accepted',
        },
      )
    }),
}

export const planMakeRealCommand: Command = {
  name: 'plan make-real',
  summary: 'turn an accepted plan into routes, runs and provisional seats from its day, all or nothing',
  takes,
  options: [
    ...byWhom,
    { flags: '--operators <who>', means: 'who is to drive each kind of vehicle, as Taxi=12,Minibus=7' },
    { flags: '--last-day <day>', means: 'the last day of the contracts' },
    { flags: '--accept-until <day>', means: 'accept until that day that pupils are less than confirmed' },
    { flags: '--preview', means: 'only tell what it would do' },
  ],

  run: (asked) =>
    asManager(asked, async (deciding) => {
      const terms = readTerms(asked.options)
      if (typeof terms === 'string') return refused(terms)
      const { acceptUntil, ...making } = terms
      return await makeReal(asked, deciding, { making: { ...deciding.which, ...making }, acceptUntil })
    }),
}

export const planTakeBackCommand: Command = {
  name: 'plan take-back',
  summary: 'take back what a plan became, or its acceptance, before the day it begins',
  takes,
  options: byWhom,

  run: (asked) =>
    asManager(asked, async ({ which, author, scenario }) => {
      const [last] = await stepsOf(asked.sql, which.plan)
      if (planStanding(last?.step) !== 'real') {
        const done = await recordChange(asked.sql, author, (tx) => takeAcceptanceBack(tx, which))
        if (!done.ok) return refusedBy(done.refusal)
        return report(`Plan ${which.plan} of “${scenario.name}” is not accepted any more.`, { seats: 0 })
      }
      const done = await recordChange(asked.sql, author, (tx) => takePlanBack(tx, which))
      if (!done.ok) return refusedBy(done.refusal)
      const text = `Plan ${which.plan} of “${scenario.name}” is taken back: ${done.value} seats withdrawn, everybody where they were.`
      return report(text, { seats: done.value })
    }),
}

type Deciding = { which: Which; author: Author & { by: PersonId }; scenario: Scenario }

async function asManager(asked: Asked, work: (deciding: Deciding) => Promise<Answer>): Promise<Answer> {
  const { sql, words, options, today } = asked
  const [name = '', reason = ''] = words
  const email = String(options['by'] ?? '')
  const scenario = (await scenarios(sql)).find((one) => one.name === name)
  if (!scenario) return refused(`No scenario is called "${name}". firstbell plan list names them.`)
  if (!reason.trim()) return refused('Say why: the reason stays on record.')
  const by = await holderOf(sql, 'manager', { email, on: today })
  if (!by)
    return refused(`--by is "${email}", which is no manager’s e-mail address. Only a manager decides this.`)
  const chosen = options['plan']
  const plan = chosen === undefined ? (await latestPlan(sql, scenario.id))?.id : readId(String(chosen))
  if (!plan) return refused(`There is no plan of “${name}” to speak of. firstbell plan run looks for one.`)
  const which = { scenario: scenario.id, plan, today }
  return await work({ which, scenario, author: { by, request: 'cli', reason } })
}

type Terms = Pick<MakingReal, 'operators' | 'lastDay'> & { acceptUntil: PlainDate | undefined }

function readTerms(options: Asked['options']): Terms | string {
  const { operators: who = '', lastDay: ends = '', acceptUntil: until } = options
  const pairs = String(who)
    .split(',')
    .map((one): [string, OperatorId | undefined] => {
      const at = one.lastIndexOf('=')
      return [one.slice(0, at).trim(), readId<'Operator'>(one.slice(at + 1).trim())]
    })
  const operators = new Map(pairs.flatMap(([offer, id]) => (offer && id ? [[offer, id] as const] : [])))
  if (operators.size < pairs.length)
    return `--operators is "${who}". Give an operator’s number for each kind of vehicle, as Taxi=12,Minibus=7.`
  const lastDay = readPlainDate(String(ends))
  if (!lastDay) return `--last-day is "${ends}". Give the last day of the contracts, like 2027-07-21.`
  const acceptUntil = until === undefined ? undefined : readPlainDate(String(until))
  if (until !== undefined && !acceptUntil) return `--accept-until is "${until}". Give a day like 2027-07-21.`
  return { operators, lastDay, acceptUntil }
}

type Real = { making: MakingReal; acceptUntil: PlainDate | undefined }

async function makeReal(
  { sql, options }: Asked,
  { author, scenario }: Deciding,
  { making, acceptUntil }: Real,
): Promise<Answer> {
  const shown = await previewChange(sql, author, (tx) => makePlanReal(tx, making))
  if (!shown.ok) return refusedBy(shown.refusal)
  const { value, worse } = shown.value
  const told = [...value.routes.map(routeInWords), ...madeRealInWords(value)]
  const open = worse.filter(({ accepted }) => !accepted)
  if (options['preview'] === true) {
    const lines = [...told, ...(open.length > 0 ? [worseInWords(open)] : ['Nobody’s travel gets worse.'])]
    return report([...lines, 'Nothing is recorded.'].join('\n'), { recorded: false, ...value, worse })
  }
  const done = await recordChange(sql, author, async (tx) => {
    if (acceptUntil) {
      const change = `“${scenario.name}” is made real from ${dayInWords(scenario.beginsOn)}`
      await acceptGaps(tx, open, { by: author.by, reason: author.reason, change, until: acceptUntil })
    }
    return await makePlanReal(tx, making)
  })
  return done.ok ? report(told.join('\n'), { recorded: true, ...value, worse }) : refusedBy(done.refusal)
}

const refusedBy = (refusal: StepRefused | ChangeRefused): Answer =>
  refused(
    refusal.because === 'pupils-would-be-worse-off'
      ? worseInWords(refusal.worse)
      : stepRefusedInWords(refusal),
  )
