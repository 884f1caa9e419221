/** One breakdown in full, sorted and paged by the server. */
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { readListing } from '#web/listing.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { BreakdownRow } from './figures.ts'
import { breakdownTable } from './report.view.ts'
import { linkOn } from './today.view.ts'

const kinds = ['school', 'area', 'operator', 'contract'] as const
type Kind = (typeof kinds)[number]
const nouns: Record<Kind, [string, string]> = {
  school: ['school', 'schools'],
  area: ['area', 'areas'],
  operator: ['operator', 'operators'],
  contract: ['contract', 'contracts'],
}

/** The breakdown a URL names, or nothing. */
export const breakdownKind = (text: string | undefined): Kind | undefined => kinds.find((one) => one === text)

const sorts = ['name', 'pupils', 'without', 'risk', 'confirmed']

/** What sitrep/breakdown.njk shows. Worst first, unless asked otherwise. */
export function breakdownView(visit: Visit, kind: Kind, rows: readonly BreakdownRow[]) {
  const { path, query, queryLists, asAt } = visit
  const listing = readListing(query, { sorts: [...sorts, 'worst'], first: 'worst' })
  const sorted = sortedBy(rows, listing.by)
  const ordered = listing.descending ? sorted.toReversed() : sorted
  return {
    title: `Pupils by ${kind}`,
    errors: asAt.errors,
    asAt: asAtView(asAt, { path, query }),
    back: withQuery(paths.report, sameMoment(queryLists)),
    list: breakdownTable(kind, ordered.slice(listing.offset, listing.offset + listing.limit), {
      link: linkOn({ queryLists }),
      paged: { path, query: queryLists, listing, count: rows.length, noun: nouns[kind] },
    }),
  }
}

function sortedBy(rows: readonly BreakdownRow[], by: string): BreakdownRow[] {
  const most: Record<string, (row: BreakdownRow) => number> = {
    pupils: ({ pupils }) => pupils,
    without: ({ withoutTransport }) => withoutTransport,
    risk: ({ atRisk }) => atRisk,
    confirmed: ({ confirmed }) => confirmed,
  }
  const measure = most[by]
  if (measure) return rows.toSorted((a, b) => measure(a) - measure(b))
  if (by !== 'name') return [...rows]
  return rows.toSorted((a, b) => (a.name ?? '~').localeCompare(b.name ?? '~', 'en-GB', { numeric: true }))
}
