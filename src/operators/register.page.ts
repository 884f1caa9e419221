/** Admits an operator to the register, and changes what is known of one. */
import type { OperatorId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { fieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import type { Question } from '#web/question.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { aboutOperator } from './operator-form.page.ts'
import type { OperatorRecord } from './store.ts'
import { admitOperator, type OperatorParticulars, operatorCalled, restateOperator } from './write-store.ts'

type Wanted = { who: OperatorParticulars; from: PlainDate }

const particularsQuestions: readonly Question[] = [
  { ask: 'text', name: 'name', label: 'Name' },
  {
    ask: 'text',
    name: 'company-number',
    label: 'Company number (optional)',
    hint: 'As Companies House gives it: eight characters',
    width: 10,
  },
  { ask: 'text', name: 'phone', label: 'Telephone (optional)', width: 20 },
  { ask: 'text', name: 'email', label: 'Email (optional)' },
  { ask: 'text', name: 'vehicles', label: 'Vehicles it says it has (optional)', width: 3 },
  { ask: 'day', name: 'from', label: 'From' },
]

function wantedIn(read: Reading): Wanted | undefined {
  const name = read.text('name', 'Enter the name of the operator')
  const companyNumber = read.optional('company-number')?.toUpperCase()
  if (companyNumber && !/^[A-Z\d]{2}\d{6}$/.test(companyNumber))
    read.wrong(
      'company-number',
      `"${companyNumber}" is not a company number. Enter eight characters like 01234567 or SC123456`,
    )
  const email = read.optionalEmail('email')
  const vehiclesDeclared = read.optionalNumber('vehicles')
  const from = read.day('from', 'the first day')
  const phone = read.optional('phone')
  if (!name || !from) return undefined
  return {
    from,
    who: {
      name,
      ...(companyNumber && { companyNumber }),
      ...(phone && { phone }),
      ...(email && { email }),
      ...(vehiclesDeclared !== undefined && { vehiclesDeclared }),
    },
  }
}

export const newOperatorPage = recordFormPage<{ today: PlainDate }, Wanted, OperatorId>({
  path: '/operators/new',
  roles: ['commissioner', 'manager'],
  subject: async ({ today }) => ({ today }),
  question: () => 'Which operator is admitted?',
  says: 'Contracts may be let to it from then on. Search first: it may be on the register already.',
  back: () => paths.operators,
  questions: () => particularsQuestions,
  standing: ({ today }) => ({ from: today }),
  read(form) {
    const read = reading(form)
    return read.answer(wantedIn(read))
  },
  title: (_subject, { who, from }) => `${who.name} is admitted from ${dayInWords(from)}`,
  doing: 'admit it',
  async work(tx, _subject, { who, from }) {
    const taken = await operatorCalled(tx, who)
    if (taken) return refuse([fieldError('name', isThereAlready(taken))])
    return ok(await admitOperator(tx, { ...who, from }))
  },
  told: () => [
    'It has no crew and no vehicle yet. Next: whom and what it brings, and the checks that were seen.',
  ],
  onward: (_subject, operator) => paths.operator(operator),
})

export const operatorParticularsPage = recordFormPage<OperatorRecord, Wanted, null>({
  path: '/operators/:operatorId/particulars',
  roles: ['commissioner', 'transport-officer', 'manager'],
  ...aboutOperator,
  question: ({ name }) => `What changes about ${name}?`,
  questions: () => particularsQuestions,
  replaces: ({ operator }) => [{ table: 'operator_particulars', key: { operator_id: operator } }],
  standing: ({ name, companyNumber, phone, email, vehiclesDeclared }, { today }) => ({
    name,
    'company-number': companyNumber ?? '',
    phone: phone ?? '',
    email: email ?? '',
    vehicles: vehiclesDeclared === null ? '' : String(vehiclesDeclared),
    from: today,
  }),
  read(form) {
    const read = reading(form)
    return read.answer(wantedIn(read))
  },
  title: ({ name }, { who, from }) =>
    who.name === name
      ? `${name}: particulars from ${dayInWords(from)}`
      : `${name} is called ${who.name} from ${dayInWords(from)}`,
  doing: 'record it',
  async work(tx, { operator }, { who, from }) {
    const taken = await operatorCalled(tx, who)
    if (taken && taken.operator !== operator) return refuse([fieldError('name', isThereAlready(taken))])
    await restateOperator(tx, operator, { ...who, from })
    return ok(null)
  },
  told: () => ['Where it stands, admitted or suspended, is not touched.'],
})

const isThereAlready = ({ name }: { name: string }): string =>
  `${name} is on the register already, by that name or company number. Enter another, or look at that operator`
