/** The shape of every list of a register: searched, filtered, sorted and paged by the server, all of it in the URL. */
import type { Role } from '#access'
import type { ListQuestion } from '#ground/list-question.ts'
import { type AsAt, earlierOf } from '#ground/time.ts'
import { sameMoment } from './address.ts'
import { asAtView } from './as-at.ts'
import { type FilterField, filterView } from './filter.ts'
import { type Column, readListing, tableView } from './listing.ts'
import type { Lists, Page, Visit } from './page.ts'
import { show } from './page.ts'

export type RegisterList<Row> = {
  path: string
  title: string
  /** One sentence under the title, when the list needs one. */
  says?: string
  allow: readonly [Role, ...Role[]]
  sorts: readonly string[]
  first: string
  searchLabel: string
  filters?: readonly FilterField[]
  noun: [one: string, many: string]
  columns: (moment: Lists) => Column<Row>[]
  /** What may be begun from the list, the usual first, and who may. */
  begins?: readonly { text: string; href: string; roles: readonly Role[] }[]
  find: (visit: Visit, question: ListQuestion, asAt: AsAt) => Promise<{ rows: Row[]; count: number }>
}

/** The page of a list of a register. */
export function registerListPage<Row>(list: RegisterList<Row>): Page {
  return {
    path: list.path,
    allow: list.allow,

    async get(visit) {
      const { asAt, now, query, queryLists } = visit
      const listing = readListing(query, { sorts: list.sorts, first: list.first })
      const cut = { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) }
      const question = { search: query['q']?.trim() ?? '', chosen: query, ...listing }
      const { rows, count } = await list.find(visit, question, cut)
      const moment = sameMoment(queryLists)
      const fields: FilterField[] = [
        { kind: 'search', name: 'q', label: list.searchLabel },
        ...(list.filters ?? []),
      ]
      return show('register-list.njk', {
        title: list.title,
        says: list.says ?? '',
        begins: (list.begins ?? []).filter(({ roles }) =>
          roles.some((role) => visit.person.roles.includes(role)),
        ),
        errors: asAt.errors,
        asAt: asAtView(asAt, { path: list.path, query }),
        filtering: filterView(list.searchLabel, fields, { path: list.path, query, queryLists }),
        list: tableView({
          caption: list.title,
          columns: list.columns(moment),
          rows,
          empty: {
            title: `No ${list.noun[0]} matches`,
            says: 'Nothing on this day answers to all of this.',
            href: list.path,
            link: 'Show all',
          },
          paged: { path: list.path, query: queryLists, listing, count, noun: list.noun },
        }),
      })
    },
  }
}
