/** Suspends an operator, records that it has left, or admits it again. Whoever it carries is shown first. */
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { fieldError } from '#web/forms.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { standingInWords } from './operator.view.ts'
import { aboutOperator } from './operator-form.page.ts'
import type { OperatorRecord } from './store.ts'
import { recordStanding, type Standing } from './write-store.ts'

const standings = ['admitted', 'suspended', 'left'] as const
const words = (standing: Standing) => standingInWords(standing).toLowerCase()

type Change = { standing: Standing; from: PlainDate }

export const operatorStandingPage = recordFormPage<OperatorRecord, Change, null>({
  path: '/operators/:operatorId/standing',
  roles: ['commissioner', 'manager'],
  ...aboutOperator,
  question: ({ name }) => `Where does ${name} stand?`,
  says: ({ standing }) =>
    `${standingInWords(standing)} now. You will see every pupil who would be worse off before anything is recorded.`,
  questions: () => [
    {
      ask: 'one',
      name: 'standing',
      label: 'Standing',
      options: standings.map((value) => ({ value, text: standingInWords(value) })),
    },
    { ask: 'day', name: 'from', label: 'From' },
  ],
  replaces: ({ operator }) => [{ table: 'operator_particulars', key: { operator_id: operator } }],
  read(form) {
    const read = reading(form)
    const standing = read.choice('standing', standings, 'Choose where the operator stands')
    const from = read.day('from', 'the first day of it')
    return read.answer(standing && from && { standing, from })
  },
  title: ({ name }, { standing, from }) => `${name}: ${words(standing)} from ${dayInWords(from)}`,
  doing: (_operator, { standing }) => `record that it is ${words(standing)}`,
  async work(tx, { operator, name }, change) {
    const done = await recordStanding(tx, operator, change)
    if (done.ok) return done
    const text = `${name} is ${words(change.standing)} already from then on. Choose another standing or day`
    return { ok: false, refusal: [fieldError('standing', text)] }
  },
  told: ({ name, routes }) => [
    `${name} has ${routes.length} routes today. Its contracts are not ended by this.`,
  ],
})
