/** What managers have accepted: the list, with what lapses first on top, and one acceptance with its pupils. */
import { dayInWords, dayOf, earlierOf, momentInWords, type PlainDate } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { filterView } from '#web/filter.ts'
import { type Column, readListing, tableView } from '#web/listing.ts'
import { everyRole, notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { directionInWords, travelStateView } from '#web/travel-state.view.ts'
import { acceptanceStanding, acceptanceStandings } from './acceptance.ts'
import {
  type Acceptance,
  type AcceptedPupil,
  acceptancesAsAt,
  pupilsOfAcceptance,
} from './acceptance-store.ts'
import { standingInWords, whatNext } from './acceptances.view.ts'

export const acceptancesPage: Page = {
  path: paths.acceptances,
  allow: everyRole,

  async get(visit) {
    const { sql, asAt, path, query, queryLists } = visit
    const { on } = asAt
    const wanted = query['standing'] ?? ''
    const all = (await acceptancesAsAt(sql, cutOf(visit)))
      .map((one) => ({ ...one, standing: acceptanceStanding(one, on) }))
      .filter(({ standing }) =>
        wanted === '' ? standing !== 'lapsed' : standing === wanted || wanted === 'any',
      )
      .sort((a, b) => acceptanceStandings.indexOf(a.standing) - acceptanceStandings.indexOf(b.standing))
    const listing = readListing(query, { sorts: [], first: '' })
    return show('changeover/acceptances.njk', {
      title: 'Accepted gaps',
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      filtering: filterView('Accepted gaps', [standingField], { path, query, queryLists }),
      list: tableView({
        caption: 'Accepted gaps',
        captionHidden: true,
        columns: columnsOn(on, visit),
        rows: all.slice(listing.offset, listing.offset + listing.limit),
        empty: {
          title: 'Nothing is accepted on this day',
          says: 'No manager has accepted that any pupil be worse off.',
          href: withQuery(path, queryLists, { standing: 'any' }),
          link: 'Show what has lapsed',
        },
        paged: { path, query: queryLists, listing, count: all.length, noun: ['acceptance', 'acceptances'] },
      }),
    })
  },
}

export const acceptancePage: Page = {
  path: '/acceptances/:acceptance',
  allow: everyRole,

  async get(visit) {
    const { sql, asAt, path, params, query, queryLists } = visit
    const number = /^\d{1,12}$/.test(params['acceptance'] ?? '') ? Number(params['acceptance']) : 0
    const cut = cutOf(visit)
    const one = (await acceptancesAsAt(sql, cut)).find(({ acceptance }) => acceptance === number)
    if (!one) return notFound
    const pupils = await pupilsOfAcceptance(sql, number, cut)
    const listing = readListing(query, { sorts: [], first: '' })
    const rows = pupils.slice(listing.offset, listing.offset + listing.limit)
    const standing = acceptanceStanding(one, asAt.on)
    const view = {
      title: one.change,
      caption: standingInWords(standing),
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
      next: whatNext({ ...one, standing }),
      rows: [
        { key: 'Accepted by', text: one.byName, lines: [], hint: momentInWords(one.recordedAt) },
        { key: 'Why', text: one.reason, lines: [] },
        { key: 'From', text: dayInWords(one.from), lines: [] },
        { key: 'Until', text: dayInWords(one.until), lines: [], hint: 'It lapses by itself after this day.' },
      ],
      list: tableView({
        caption: 'Pupils it was accepted for',
        columns: pupilColumns,
        rows,
        empty: { title: 'Nobody', says: '' },
        paged: { path, query: queryLists, listing, count: pupils.length, noun: ['pupil', 'pupils'] },
      }),
    }
    return show('changeover/acceptance.njk', view, { pupils: rows.map(({ pupil }) => pupil) })
  },
}

const cutOf = ({ asAt, now }: Visit) => ({ on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) })

const standingField = {
  kind: 'choice',
  name: 'standing',
  label: 'Standing',
  any: 'Not lapsed',
  options: [
    ...acceptanceStandings.map((value) => ({ value, text: standingInWords(value) })),
    { value: 'any', text: 'Any' },
  ],
} as const

const columnsOn = (on: PlainDate, { queryLists }: Visit): Column<Acceptance>[] => [
  {
    heading: 'What was accepted',
    cell: ({ acceptance, change, reason }) => ({
      text: change,
      href: withQuery(paths.acceptance(acceptance), queryLists, { standing: undefined, page: undefined }),
      hint: reason,
    }),
  },
  {
    heading: 'By',
    cell: ({ byName, recordedAt }) => ({ text: byName, hint: dayInWords(dayOf(recordedAt)) }),
  },
  {
    heading: 'Until',
    cell: (one) => ({ text: dayInWords(one.until), hint: standingInWords(acceptanceStanding(one, on)) }),
  },
  { heading: 'Pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils }) },
  { heading: 'Still worse off', numeric: true, cell: ({ worseOff }) => ({ text: worseOff }) },
]

const pupilColumns: Column<AcceptedPupil>[] = [
  { heading: 'Pupil', cell: ({ pupil, name }) => ({ text: name, href: paths.pupil(pupil) }) },
  {
    heading: 'Way',
    cell: ({ directions }) => ({ text: directions.map((one) => directionInWords(one)).join(', ') }),
  },
  {
    heading: 'Days',
    cell: ({ from, until }) => ({ text: `${dayInWords(from)} to ${dayInWords(until)}` }),
  },
  { heading: 'Accepted, at worst', cell: ({ atWorst }) => ({ state: travelStateView(atWorst) }) },
  {
    heading: 'On this day',
    cell: ({ state }) =>
      state === null ? { text: 'Not on the register' } : { state: travelStateView(state) },
  },
]
