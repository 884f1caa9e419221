/** Suspends an operator, records that it has left, or admits it again. Whoever it carries is shown first. */
import { readId } from '#ground/ids.ts'
import { dayInWords } from '#ground/time.ts'
import { askThenRecord } from '#web/change.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { standingInWords } from './operator.view.ts'
import { type OperatorRecord, operatorAsAt } from './store.ts'
import { recordStanding } from './write-store.ts'

const changers = ['commissioner', 'manager'] as const
const standings = ['admitted', 'suspended', 'left'] as const

export const operatorStandingPage: Page = {
  path: '/operators/:operatorId/standing',
  allow: changers,
  change: changers,

  async get(visit) {
    const operator = await operatorOf(visit)
    return operator ? form(visit, operator, []) : notFound
  },

  async post(visit) {
    const record = await operatorOf(visit)
    if (!record) return notFound
    const read = reading(visit.form)
    const standing = read.choice('standing', standings, 'Choose where the operator stands')
    const from = read.day('from', 'the first day of it')
    const answer = read.answer(standing && from && { standing, from })
    if (!answer.ok) return form(visit, record, answer.refusal)
    const { operator, name, routes } = record
    const words = standingInWords(answer.value.standing).toLowerCase()
    const title = `${name}: ${words} from ${dayInWords(answer.value.from)}`
    return askThenRecord(visit, {
      title,
      doing: `record that it is ${words}`,
      back: paths.operator(operator),
      work: (tx) => recordStanding(tx, operator, answer.value),
      told: () => [`${name} has ${routes.length} routes today. Its contracts are not ended by this.`],
      again: () =>
        form(visit, record, [
          fieldError('standing', `${name} is ${words} already from then on. Choose another standing or day`),
        ]),
      done: { to: paths.operator(operator), notice: `Recorded: ${title}.` },
      pupils: [],
    })
  },
}

async function operatorOf({ sql, params, today, now }: Visit): Promise<OperatorRecord | undefined> {
  const operator = readId<'Operator'>(params['operatorId'])
  return operator && (await operatorAsAt(sql, operator, { on: today, knownAt: now }))
}

function form({ form: typed }: Visit, record: OperatorRecord, errors: readonly FieldError[]) {
  const view = {
    title: `Where does ${record.name} stand?`,
    says: `${standingInWords(record.standing)} now.`,
    back: paths.operator(record.operator),
    choice: {
      name: 'standing',
      legend: 'Standing',
      value: typed['standing'] ?? '',
      items: standings.map((value) => ({ value, text: standingInWords(value) })),
    },
    instead: false,
    day: { name: 'from', label: 'From', value: typed['from'] ?? '' },
    why: typed['why'] ?? '',
    errors,
  }
  return (errors.length > 0 ? showAgain : show)('change-form.njk', view)
}
