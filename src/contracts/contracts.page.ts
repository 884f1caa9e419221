/** Contracts: the list, one contract, and the forms that end it or let it run on. */
import type { Role } from '#access'
import { readId } from '#ground/ids.ts'
import { inPounds } from '#ground/money.ts'
import { type AsAt, dayInWords, earlierOf } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { askThenRecord } from '#web/change.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { registerListPage } from '#web/register-list.ts'
import { contractView, extensionOf } from './contract.view.ts'
import { type ContractRecord, type ContractRow, contractAsAt, contractSorts, contractsAsAt } from './store.ts'
import { type EndRefused, type ExtendRefused, endContract, extendContract } from './write-store.ts'

const readers = ['transport-officer', 'commissioner', 'manager', 'auditor'] as const
const changers = ['commissioner', 'manager'] as const

export const contractsPage = registerListPage<ContractRow>({
  path: paths.contracts,
  title: 'Contracts',
  allow: readers,
  sorts: contractSorts,
  first: 'ends',
  searchLabel: 'Contract or operator',
  filters: [
    {
      kind: 'choice',
      name: 'standing',
      label: 'Standing',
      any: 'In force',
      options: [
        { value: 'ends-soon', text: 'Ends within eight weeks' },
        { value: 'yet-to-begin', text: 'Yet to begin' },
        { value: 'ended', text: 'Ended' },
        { value: 'any', text: 'Any' },
      ],
    },
  ],
  noun: ['contract', 'contracts'],
  begins: [{ text: 'Let a contract', href: paths.letContract, roles: changers }],
  columns: (moment) => [
    {
      heading: 'Contract',
      sort: 'reference',
      cell: ({ contract, reference }) => ({
        text: reference,
        href: withQuery(paths.contract(contract), moment),
      }),
    },
    {
      heading: 'Operator',
      sort: 'operator',
      cell: ({ operator, operatorName }) => ({
        text: operatorName ?? '',
        href: withQuery(paths.operator(operator), moment),
      }),
    },
    {
      heading: 'Last day',
      sort: 'ends',
      cell: ({ lastDay, inForce }) => ({
        text: lastDay === null ? 'No end' : dayInWords(lastDay),
        hint: inForce ? '' : 'Not in force on this day',
      }),
    },
    {
      heading: 'Daily rate',
      sort: 'rate',
      cell: ({ dailyRate }) => ({ text: inPounds(dailyRate), numeric: true }),
    },
    { heading: 'Routes', cell: ({ routes }) => ({ text: routes, numeric: true }) },
    { heading: 'Pupils', sort: 'pupils', cell: ({ pupils }) => ({ text: pupils, numeric: true }) },
  ],
  find: ({ sql }, question, asAt) => contractsAsAt(sql, asAt, question),
})

export const contractPage: Page = {
  path: '/contracts/:contractId',
  allow: readers,

  async get(visit) {
    const record = await recordOf(visit, cutOf(visit))
    if (!record) return notFound
    const { asAt, path, query, queryLists, person } = visit
    const mayChange =
      person.roles.some((role) => (changers as readonly Role[]).includes(role)) && !asAt.chosen
    const view = {
      ...contractView(record, { on: asAt.on, moment: sameMoment(queryLists), mayChange }),
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
    }
    return show('contracts/contract.njk', view, { pupils: record.aboard.map(({ pupil }) => pupil) })
  },
}

export const endContractPage: Page = {
  path: '/contracts/:contractId/end',
  allow: changers,
  change: changers,
  get: (visit) => formPage(visit, { ending: true }),

  async post(visit) {
    const record = await recordOf(visit, { on: visit.today, knownAt: visit.now })
    if (!record) return notFound
    const read = reading(visit.form)
    const answer = read.answer(read.day('last-day', 'the last day of the contract'))
    if (!answer.ok) return formPage(visit, { ending: true, errors: answer.refusal })
    const { contract, reference } = record
    const lastDay = answer.value
    return askThenRecord(visit, {
      title: `${reference} ends on ${dayInWords(lastDay)}`,
      doing: 'end the contract',
      back: paths.contract(contract),
      work: (tx) => endContract(tx, { contract, lastDay }),
      told: () => [
        `${reference} is not in force from the day after. ${record.aboard.length} pupils sit on its runs today.`,
      ],
      again: (refusal) => formPage(visit, { ending: true, errors: whyNot(refusal) }),
      done: { to: paths.contract(contract), notice: `${reference} ends on ${dayInWords(lastDay)}.` },
      pupils: [],
    })
  },
}

export const extendContractPage: Page = {
  path: '/contracts/:contractId/extend',
  allow: changers,
  change: changers,
  get: (visit) => formPage(visit, { ending: false }),

  async post(visit) {
    const record = await recordOf(visit, { on: visit.today, knownAt: visit.now })
    if (!record) return notFound
    const read = reading(visit.form)
    const answer = read.answer(read.day('last-day', 'the new last day of the contract'))
    if (!answer.ok) return formPage(visit, { ending: false, errors: answer.refusal })
    const { contract, reference } = record
    const lastDay = answer.value
    return askThenRecord(visit, {
      title: `${reference} runs on until ${dayInWords(lastDay)}`,
      doing: 'extend the contract',
      back: paths.contract(contract),
      work: (tx) => extendContract(tx, { contract, lastDay }),
      told: () => [`${reference} stays in force, on the terms it has, until ${dayInWords(lastDay)}.`],
      again: (refusal) => formPage(visit, { ending: false, errors: whyNot(refusal) }),
      done: { to: paths.contract(contract), notice: `${reference} runs on until ${dayInWords(lastDay)}.` },
      pupils: [],
    })
  },
}

const cutOf = ({ asAt, now }: Visit): AsAt => ({ on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) })

async function recordOf({ sql, params }: Visit, asAt: AsAt): Promise<ContractRecord | undefined> {
  const contract = readId<'Contract'>(params['contractId'])
  return contract && (await contractAsAt(sql, contract, asAt))
}

async function formPage(
  visit: Visit,
  { ending, errors = [] }: { ending: boolean; errors?: readonly FieldError[] },
) {
  const record = await recordOf(visit, { on: visit.today, knownAt: visit.now })
  if (!record) return notFound
  const proposed = ending ? '' : (extensionOf(record)?.lastDay ?? '')
  const view = {
    title: ending ? `When does ${record.reference} end?` : `Until when does ${record.reference} run on?`,
    back: paths.contract(record.contract),
    lastDay: visit.form['last-day'] ?? proposed,
    now:
      record.lastDay === null ? 'It has no last day.' : `Its last day is now ${dayInWords(record.lastDay)}.`,
    why: visit.form['why'] ?? '',
    errors,
  }
  return (errors.length > 0 ? showAgain : show)('contracts/last-day.njk', view)
}

function whyNot(refusal: EndRefused | ExtendRefused): FieldError[] {
  switch (refusal.because) {
    case 'contract-not-known':
      return [fieldError('last-day', 'This contract is not known. Go back to the list')]
    case 'already-ends':
      return [
        fieldError(
          'last-day',
          `It already ends on ${dayInWords(refusal.lastDay)}. To let it run on, extend it`,
        ),
      ]
    case 'not-later':
      return [fieldError('last-day', `Its last day is ${dayInWords(refusal.lastDay)}. Choose a later one`)]
    case 'without-end':
      return [fieldError('last-day', 'It has no last day, so there is nothing to extend')]
  }
}
