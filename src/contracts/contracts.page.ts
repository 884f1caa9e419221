/** Contracts: the list, and one contract. */
import type { Role } from '#access'
import { readId } from '#ground/ids.ts'
import { inPounds } from '#ground/money.ts'
import { type AsAt, dayInWords, earlierOf } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { registerListPage } from '#web/register-list.ts'
import { contractView, firstDaysView } from './contract.view.ts'
import { firstTravellingDays } from './first-day-store.ts'
import { type ContractRecord, type ContractRow, contractAsAt, contractSorts, contractsAsAt } from './store.ts'

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
    const { sql, asAt, path, query, queryLists, person } = visit
    const moment = sameMoment(queryLists)
    const mayChange =
      person.roles.some((role) => (changers as readonly Role[]).includes(role)) && !asAt.chosen
    const view = {
      ...contractView(record, { on: asAt.on, moment, mayChange }),
      firstDays: firstDaysView(await firstTravellingDays(sql, record, cutOf(visit)), { on: asAt.on, moment }),
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
    }
    return show('contracts/contract.njk', view, { pupils: record.aboard.map(({ pupil }) => pupil) })
  },
}

const cutOf = ({ asAt, now }: Visit): AsAt => ({ on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) })

async function recordOf({ sql, params }: Visit, asAt: AsAt): Promise<ContractRecord | undefined> {
  const contract = readId<'Contract'>(params['contractId'])
  return contract && (await contractAsAt(sql, contract, asAt))
}
