/** Operators: the list, and one with its contracts, vehicles and crew, the checks that run out first. */
import type { Role } from '#access'
import { type OperatorId, readId } from '#ground/ids.ts'
import { earlierOf } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { notFound, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { registerListPage } from '#web/register-list.ts'
import { operatorView, standingInWords } from './operator.view.ts'
import { type OperatorRow, operatorAsAt, operatorSorts, operatorsAsAt } from './store.ts'

const readers = ['transport-officer', 'commissioner', 'manager', 'auditor'] as const

export const operatorsPage = registerListPage<OperatorRow>({
  path: paths.operators,
  title: 'Operators',
  allow: readers,
  sorts: operatorSorts,
  first: 'name',
  searchLabel: 'Operator',
  filters: [
    {
      kind: 'choice',
      name: 'standing',
      label: 'Standing',
      any: 'Any',
      options: ['admitted', 'suspended', 'left'].map((value) => ({ value, text: standingInWords(value) })),
    },
  ],
  noun: ['operator', 'operators'],
  columns: (moment) => [
    {
      heading: 'Operator',
      sort: 'name',
      cell: ({ operator, name, phone }) => ({
        text: name,
        href: withQuery(paths.operator(operator), moment),
        hint: phone ?? '',
      }),
    },
    { heading: 'Standing', cell: ({ standing }) => ({ text: standingInWords(standing) }) },
    {
      heading: 'Contracts',
      sort: 'contracts',
      cell: ({ contracts }) => ({ text: contracts, numeric: true }),
    },
    { heading: 'Pupils', sort: 'pupils', cell: ({ pupils }) => ({ text: pupils, numeric: true }) },
  ],
  begins: [{ text: 'Admit an operator', href: paths.newOperator, roles: ['commissioner', 'manager'] }],
  find: ({ sql }, question, asAt) => operatorsAsAt(sql, asAt, question),
})

const changers: readonly Role[] = ['commissioner', 'transport-officer', 'manager']
const actionsFor = (operator: OperatorId) => [
  { text: 'A check was seen', href: paths.operatorCheck(operator) },
  { text: 'Somebody joins the crew', href: paths.operatorCrew(operator) },
  { text: 'A vehicle is brought', href: paths.operatorVehicles(operator) },
  { text: 'A check no longer holds', href: paths.operatorCheckWithdrawn(operator) },
  { text: 'Somebody or a vehicle leaves', href: paths.operatorDeparture(operator) },
  { text: 'Name, number or address changes', href: paths.operatorParticulars(operator) },
  { text: 'See who could carry its pupils', href: paths.operatorLost(operator) },
]

export const operatorPage: Page = {
  path: '/operators/:operatorId',
  allow: readers,

  async get({ sql, asAt, now, params, path, person, query, queryLists }) {
    const operator = readId<'Operator'>(params['operatorId'])
    const record =
      operator && (await operatorAsAt(sql, operator, { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) }))
    if (!record) return notFound
    return show('operators/operator.njk', {
      actions:
        !asAt.chosen && person.roles.some((role) => changers.includes(role))
          ? actionsFor(record.operator)
          : [],
      ...operatorView(record, { on: asAt.on, moment: sameMoment(queryLists) }),
      standing:
        !asAt.chosen && person.roles.some((role) => role === 'commissioner' || role === 'manager')
          ? paths.operatorStanding(record.operator)
          : '',
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
    })
  },
}
