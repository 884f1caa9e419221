/** The pupils behind a figure of the situation report, by name, on the same day and cut. */
import { csvOf } from '#adapters/files/write-file.ts'
import { type AsAt, earlierOf, readInstant, readPlainDate } from '#ground/time.ts'
import { readListing } from '#web/listing.ts'
import { download, everyRole, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { readChoice } from './choice.ts'
import { listedAt } from './listed-store.ts'
import { situationPupilsTable, situationPupilsView } from './situation-pupils.view.ts'
import { cutAt, sameTimeOn } from './store.ts'

export const situationPupilsPage: Page = {
  path: paths.situationPupils,
  allow: everyRole,

  async get(visit) {
    const { sql, query } = visit
    const cut = await cutAt(sql, cutOf(visit))
    const choice = readChoice(query)
    const listed = await listedAt(sql, cut, { choice, since: sinceIn(query, cut) })
    if (query['as'] === 'csv') {
      const body = csvOf(situationPupilsTable(listed))
      const pupils = listed.map(({ pupil }) => pupil)
      return download({ filename: `pupils-${cut.on}.csv`, type: 'text/csv; charset=utf-8', body }, { pupils })
    }
    const listing = readListing(query, { sorts: ['name'], first: 'name' })
    const rows = listed.slice(listing.offset, listing.offset + listing.limit)
    const view = situationPupilsView(visit, { rows, listed: listed.length, listing, choice })
    return show('sitrep/situation-pupils.njk', view, { pupils: rows.map(({ pupil }) => pupil) })
  },
}

/** The day and moment asked about, the moment no later than now. */
export const cutOf = ({ asAt, now }: Pick<Visit, 'asAt' | 'now'>): AsAt => ({
  on: asAt.on,
  knownAt: earlierOf(asAt.knownAt, now),
})

/** The earlier report compared with, `?since=2022-02-11`, as known at the same time of that day unless `since-known-at` says. */
export function sinceIn(query: Visit['query'], asAt: AsAt): AsAt | undefined {
  const day = readPlainDate(query['since'] ?? '')
  if (day === undefined || day >= asAt.on) return undefined
  const knownAt = readInstant(query['since-known-at'] ?? '')
  return knownAt === undefined
    ? sameTimeOn(day, asAt)
    : { on: day, knownAt: earlierOf(knownAt, asAt.knownAt) }
}
