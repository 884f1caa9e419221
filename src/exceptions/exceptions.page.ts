/** Tonight's list of exceptions: counted by kind, searched and filtered in the URL, each with what to do next. */
import { csvOf } from '#adapters/files/write-file.ts'
import { dayInWords, earlierOf, type PlainDate } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { filterView } from '#web/filter.ts'
import { type Column, readListing, tableView } from '#web/listing.ts'
import { download, type Lists, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { answering, countsOf, type Exception, exceptionKinds } from './exception.ts'
import { exceptionInWords, kindInWords, nextStepOf, subjectOf } from './exceptions.view.ts'
import { exceptionsAsAt } from './store.ts'

const readers = ['transport-officer', 'eligibility-officer', 'commissioner', 'manager', 'auditor'] as const

export const exceptionsPage: Page = {
  path: paths.exceptions,
  allow: readers,

  async get(visit) {
    const { asAt, path, query, queryLists } = visit
    const { all, chosen } = await exceptionsOf(visit)
    const listing = readListing(query, { sorts: [], first: '' })
    const rows = chosen.slice(listing.offset, listing.offset + listing.limit)
    const view = {
      title: 'Exceptions',
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      figures: figuresOf(all, queryLists),
      filtering: filterView('Exceptions', fields, { path, query, queryLists }),
      csv: withQuery(paths.exceptionsCsv, queryLists, { page: undefined }),
      list: tableView<Exception>({
        caption: 'Exceptions, the most pressing first',
        captionHidden: true,
        columns: columnsOn(asAt.on),
        rows,
        empty:
          all.length === 0
            ? {
                title: 'Nothing stands out',
                says: 'No exception of any kind on this day or in the days ahead.',
              }
            : {
                title: 'No exception matches',
                says: 'Nothing on this day answers to all of this.',
                href: path,
                link: 'Show all',
              },
        paged: {
          path,
          query: queryLists,
          listing,
          count: chosen.length,
          noun: ['exception', 'exceptions'],
        },
      }),
    }
    return show('exceptions/exceptions.njk', view, { pupils: pupilsOf(rows) })
  },
}

export const exceptionsCsvPage: Page = {
  path: paths.exceptionsCsv,
  allow: readers,

  async get(visit) {
    const { chosen } = await exceptionsOf(visit)
    const headings = ['Kind', 'Who or what', 'What', 'Route', 'Operator', 'Since', 'By', 'Next']
    const rows = chosen.map((one) => [
      kindInWords(one.kind).text,
      subjectOf(one).text,
      exceptionInWords(one),
      one.code ?? '',
      one.operatorName ?? '',
      one.since ?? '',
      one.due ?? '',
      nextStepOf(one).text,
    ])
    const file = {
      filename: `exceptions-${visit.asAt.on}.csv`,
      type: 'text/csv; charset=utf-8',
      body: csvOf({ name: 'Exceptions', headings, rows }),
    }
    return download(file, { pupils: pupilsOf(chosen) })
  },
}

async function exceptionsOf({ sql, asAt, now, query }: Visit) {
  const all = await exceptionsAsAt(sql, { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) })
  return { all, chosen: answering(all, { kind: query['kind'] ?? '', words: query['q']?.trim() ?? '' }) }
}

const pupilsOf = (exceptions: readonly Exception[]) => [
  ...new Set(exceptions.flatMap(({ pupils }) => pupils)),
]

const fields = [
  { kind: 'search', name: 'q', label: 'Pupil, route, contract, operator or crew' },
  {
    kind: 'choice',
    name: 'kind',
    label: 'Kind',
    any: 'Every kind',
    options: exceptionKinds.map((value) => ({ value, text: kindInWords(value).text })),
  },
] as const

/** The kinds there are any of; what there is none of asks for nobody's attention. */
function figuresOf(all: readonly Exception[], query: Lists) {
  const counts = countsOf(all)
  return exceptionKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => {
      const { text, means, tone } = kindInWords(kind)
      const href = withQuery(paths.exceptions, query, { kind, page: undefined })
      return { count: counts[kind], label: text, note: means, tone, href }
    })
}

const columnsOn = (on: PlainDate): Column<Exception>[] => [
  { heading: 'Who or what', cell: (one) => ({ ...subjectOf(one), hint: kindInWords(one.kind).text }) },
  {
    heading: 'What is wrong',
    cell: (one) => ({ text: exceptionInWords(one), hint: one.operatorName ?? '' }),
  },
  {
    heading: 'Since',
    cell: ({ since }) => ({
      text: since === null ? 'Always' : dayInWords(since),
      hint: since !== null && since > on ? 'Yet to come' : '',
    }),
  },
  { heading: 'Do next', cell: nextStepOf },
]
