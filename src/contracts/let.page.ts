/** Lets a contract: a call-off with an operator, its days, its rates, its notice and how far it may be extended. */
import type { ContractId, OperatorId } from '#ground/ids.ts'
import { inPounds, type Pence, pence } from '#ground/money.ts'
import { dayInWords } from '#ground/time.ts'
import { operatorChoices } from '#operators/choice-store'
import { fieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { letContract, type Terms } from './write-store.ts'

type Subject = { operators: readonly { operator: OperatorId; name: string }[] }

export const letContractPage = recordFormPage<Subject, Terms, ContractId>({
  path: '/contracts/new',
  roles: ['commissioner', 'manager'],
  subject: async ({ sql, today, now }) => ({
    operators: await operatorChoices(sql, { on: today, knownAt: now }),
  }),
  question: () => 'Which contract is let?',
  says: 'It counts as in force on its days. Nobody on it is confirmed until it is signed, and that is recorded apart.',
  back: () => paths.contracts,
  questions: ({ operators }) => [
    {
      ask: 'choice',
      name: 'operator',
      label: 'Operator',
      options: operators.map(({ operator, name }) => ({ value: String(operator), text: name })),
    },
    { ask: 'text', name: 'reference', label: 'Contract number', width: 20 },
    { ask: 'day', name: 'from', label: 'First day' },
    { ask: 'day', name: 'last-day', label: 'Last day' },
    { ask: 'text', name: 'daily-rate', label: 'Daily rate, in pounds', width: 10 },
    { ask: 'text', name: 'variation-rate', label: 'For a mile more or less, in pounds', width: 10 },
    { ask: 'text', name: 'notice', label: 'Notice, in days', width: 3 },
    {
      ask: 'text',
      name: 'extension',
      label: 'May be extended by, in months',
      hint: '0 for no option',
      width: 3,
    },
  ],
  standing: () => ({ notice: '28', extension: '0', 'variation-rate': '0' }),
  read(form) {
    const read = reading(form)
    const operator = read.id<'Operator'>('operator', 'Choose an operator')
    const reference = read.text('reference', 'Enter the contract number')
    const from = read.day('from', 'the first day')
    const lastDay = read.day('last-day', 'the last day: a call-off without an end is not let')
    const dailyRate = poundsIn(read, 'daily-rate')
    const variationRate = poundsIn(read, 'variation-rate')
    const noticeDays = read.optionalNumber('notice') ?? 28
    const extensionMonths = read.optionalNumber('extension') ?? 0
    return read.answer(
      operator &&
        reference &&
        from &&
        lastDay &&
        dailyRate !== undefined &&
        variationRate !== undefined && {
          operator,
          reference,
          from,
          lastDay,
          dailyRate,
          variationRate,
          noticeDays,
          extensionMonths,
        },
    )
  },
  title: ({ operators }, { operator, reference, from, lastDay }) =>
    `${reference} is let to ${operators.find((one) => one.operator === operator)?.name ?? 'the operator'}, ${dayInWords(from)} to ${dayInWords(lastDay)}`,
  doing: 'let the contract',
  async work(tx, _subject, terms) {
    const done = await letContract(tx, terms)
    if (done.ok) return done
    const { from } = done.refusal
    return {
      ok: false,
      refusal: [
        fieldError('last-day', `It would end before ${dayInWords(from)}, when it begins. Enter a later day`),
      ],
    }
  },
  told: (_subject, { dailyRate = pence(0), extensionMonths = 0 }) => [
    `${inPounds(dailyRate)} a day${extensionMonths > 0 ? `, and an option on ${extensionMonths} months more` : ''}.`,
    'Next: the routes it carries.',
  ],
  onward: (_subject, contract) => paths.contract(contract),
})

/** Pounds and pence as typed, in whole pence: 85, 85.5 or £1,085.50. */
function poundsIn(read: Reading, field: string): Pence | undefined {
  const typed = read.text(field, 'Enter an amount in pounds, as 85.50')
  if (typed === undefined) return undefined
  const [, pounds = '', part = ''] = /^£?([\d,]{1,9})(?:\.(\d{1,2}))?$/.exec(typed) ?? []
  if (pounds === '') return read.wrong(field, `"${typed}" is not an amount. Enter one like 85.50`)
  return pence(Number(pounds.replaceAll(',', '')) * 100 + Number(part.padEnd(2, '0')))
}
