/** The audit: every revision with its author and reason, what each changed, and whether the chain still verifies. */
import { earlierOf, momentInWords } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { filterView } from '#web/filter.ts'
import { type Column, readListing, tableView } from '#web/listing.ts'
import { notFound, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import {
  type RevisionRow,
  recorders,
  revisionNumbered,
  revisionSorts,
  revisionsUntil,
  type Verified,
  verifyAudit,
} from './audit-store.ts'

const readers = ['auditor', 'manager', 'administrator'] as const

export const auditPage: Page = {
  path: paths.audit,
  allow: readers,

  async get({ sql, asAt, now, path, query, queryLists }) {
    const listing = readListing(query, { sorts: revisionSorts, first: '-when' })
    const question = { search: query['q']?.trim() ?? '', chosen: query, ...listing }
    const { rows, count } = await revisionsUntil(sql, earlierOf(asAt.knownAt, now), question)
    const people = await recorders(sql)
    return show('knowledge/audit.njk', {
      title: 'Audit',
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      verified: query['verify'] === 'yes' ? verifiedView(await verifyAudit(sql)) : false,
      verify: withQuery(path, sameMoment(queryLists), { verify: 'yes' }),
      filtering: filterView(
        'Search the audit',
        [
          { kind: 'search', name: 'q', label: 'Reason or request' },
          {
            kind: 'choice',
            name: 'person',
            label: 'Recorded by',
            any: 'Anybody',
            options: people.map(({ person, name }) => ({ value: String(person), text: name })),
          },
        ],
        { path, query, queryLists },
      ),
      list: tableView<RevisionRow>({
        caption: 'What was recorded',
        columns,
        rows,
        empty: {
          title: 'Nothing matches',
          says: 'Nothing recorded by then answers to all of this.',
          href: path,
          link: 'Show all',
        },
        paged: { path, query: queryLists, listing, count, noun: ['revision', 'revisions'] },
      }),
    })
  },
}

const columns = [
  {
    heading: 'When',
    sort: 'when',
    cell: ({ revision, at }: RevisionRow) => ({
      text: momentInWords(at),
      href: paths.revision(revision),
      hint: `Revision ${revision}`,
    }),
  },
  { heading: 'Why', cell: ({ reason, request }: RevisionRow) => ({ text: reason, hint: request }) },
  { heading: 'Recorded by', cell: ({ by }: RevisionRow) => ({ text: by }) },
  {
    heading: 'Changes',
    sort: 'entries',
    cell: ({ entries }: RevisionRow) => ({ text: entries, numeric: true }),
  },
]

const verifiedView = ({ revisions, firstBad, head }: Verified) =>
  firstBad === null
    ? {
        tone: 'good',
        title: `All ${revisions.toLocaleString('en-GB')} revisions verify`,
        says: `Every hash was recomputed from what is stored. The head of the chain is ${head}.`,
      }
    : {
        tone: 'stop',
        title: `The chain is broken at revision ${firstBad}`,
        says: 'What is stored there is not what was sealed. Stop recording, keep the database as it is, and tell your data protection officer.',
      }

type Entry = NonNullable<Awaited<ReturnType<typeof revisionNumbered>>>['listed'][number]

const doings: Readonly<Record<string, string>> = {
  insert: 'Stated',
  update: 'Closed',
  delete: 'Taken back',
  erase: 'Erased',
}
const entryColumns: readonly Column<Entry>[] = [
  {
    heading: 'Row',
    cell: ({ table, row, pupil }) => ({
      text: `${table.replaceAll('_', ' ')} ${row}`,
      ...(pupil !== null && { href: paths.pupil(pupil) }),
    }),
  },
  { heading: 'What was done', cell: ({ operation }) => ({ text: doings[operation] ?? operation }) },
  { heading: 'As recorded', cell: ({ image }) => ({ text: image ?? 'Erased', code: image !== null }) },
]

export const revisionPage: Page = {
  path: '/audit/:revision',
  allow: readers,

  async get({ sql, params }) {
    const typed = params['revision'] ?? ''
    const record = /^\d{1,15}$/.test(typed) ? await revisionNumbered(sql, Number(typed)) : undefined
    if (!record) return notFound
    const { listed, entries, at, by, reason, request, hash } = record
    const pupils = [...new Set(listed.flatMap(({ pupil }) => (pupil === null ? [] : [pupil])))]
    const view = {
      title: reason,
      caption: `Revision ${record.revision}`,
      errors: [],
      rows: [
        { key: 'Recorded', text: momentInWords(at), lines: [] },
        { key: 'By', text: by, lines: [] },
        { key: 'Request', text: request, lines: [] },
        { key: 'Sealed with', text: hash, lines: [] },
      ],
      changes: tableView({
        caption: 'Changes',
        columns: entryColumns,
        rows: listed,
        empty: { title: 'No change', says: 'This revision was sealed and nothing was written in it.' },
      }),
      more: entries - listed.length,
    }
    return show('knowledge/revision.njk', view, { pupils })
  },
}
