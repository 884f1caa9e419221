/** Lists sorted and paged by the server, with everything about them in the URL. */
import { type Changes, withQuery } from './address.ts'
import type { Fields, Lists } from './page.ts'
import type { StateView } from './travel-state.view.ts'

export type Sort = { by: string; descending: boolean }
/** What a store is asked for: the order, and which rows. */
export type Listing = Sort & { page: number; limit: number; offset: number }

export const ROWS_ON_A_PAGE = 50

/** Reads `?sort=-name&page=3`. A column that may not be sorted by, or a page that is no number, falls back. */
export function readListing(
  query: Fields,
  { sorts, first }: { sorts: readonly string[]; first: string },
  limit: number = ROWS_ON_A_PAGE,
): Listing {
  const asked = query['sort'] ?? first
  const wanted = sorts.includes(asked.replace(/^-/, '')) ? asked : first
  const page = /^[1-9]\d{0,5}$/.test(query['page'] ?? '') ? Number(query['page']) : 1
  return {
    by: wanted.replace(/^-/, ''),
    descending: wanted.startsWith('-'),
    page,
    limit,
    offset: (page - 1) * limit,
  }
}

export type Cell = {
  text?: string | number
  href?: string
  hint?: string
  state?: StateView
  /** The state becomes this one. */
  becomes?: StateView
  /** One below the other; what must not be overlooked is strong. */
  lines?: readonly { text: string; strong?: boolean }[]
  /** Written as the machine keeps it. */
  code?: boolean
  numeric?: boolean
}
export type Column<Row> = {
  heading: string
  cell: (row: Row) => Cell
  /** The name it is sorted by in the URL, when it may be sorted by. */
  sort?: string
  numeric?: boolean
}
export type Empty = { title: string; says: string; href?: string; link?: string }

type Listed<Row> = {
  caption: string
  captionHidden?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  empty: Empty
  /** When the list is sorted and paged: where it stands, how it was asked for, and how many rows there are in all. */
  paged?: { path: string; query: Lists; listing: Listing; count: number; noun: [string, string] }
}

/** What kit/table.njk draws. */
export function tableView<Row>({ caption, captionHidden = false, columns, rows, empty, paged }: Listed<Row>) {
  return {
    caption,
    captionHidden,
    empty,
    headings: columns.map((column) => headingOf(column, paged)),
    rows: rows.map((row) => ({
      cells: columns.map(({ cell, numeric = false }) => ({ numeric, ...cell(row) })),
    })),
    ...(paged && { foot: footOf(paged, rows.length) }),
  }
}

type Paged = NonNullable<Listed<unknown>['paged']>

function headingOf<Row>({ heading: text, sort, numeric = false }: Column<Row>, paged: Paged | undefined) {
  if (sort === undefined || !paged) return { text, numeric }
  const { by, descending } = paged.listing
  const standing = by !== sort ? 'none' : descending ? 'descending' : 'ascending'
  const next = standing === 'ascending' ? `-${sort}` : sort
  return {
    text,
    numeric,
    sort: standing,
    href: withQuery(paged.path, paged.query, { sort: next, page: undefined }),
  }
}

function footOf({ path, query, listing, count, noun: [one, many] }: Paged, shown: number) {
  const pages = Math.max(1, Math.ceil(count / listing.limit))
  const noun = count === 1 ? one : many
  const all = count.toLocaleString('en-GB')
  const from = (listing.offset + 1).toLocaleString('en-GB')
  const to = (listing.offset + shown).toLocaleString('en-GB')
  const changesTo = (page: number): Changes => ({ page: page === 1 ? undefined : String(page) })
  const link = (page: number) => withQuery(path, query, changesTo(page))
  if (pages === 1) return { count: `${all} ${noun}` }
  return {
    count: `${from} to ${to} of ${all} ${noun}`,
    pages: {
      landmarkLabel: `Pages of ${many}`,
      ...(listing.page > 1 && { previous: { href: link(listing.page - 1) } }),
      ...(listing.page < pages && { next: { href: link(listing.page + 1) } }),
      items: pagesToShow(listing.page, pages).map((page) =>
        page === undefined
          ? { ellipsis: true }
          : { number: page, href: link(page), current: page === listing.page },
      ),
    },
  }
}

/** First, last, and those around the page in hand; a hole where some are left out. */
export function pagesToShow(current: number, last: number): (number | undefined)[] {
  const wanted = [1, current - 1, current, current + 1, last].filter((page) => page >= 1 && page <= last)
  const pages = [...new Set(wanted)].sort((a, b) => a - b)
  return pages.flatMap((page, i) => (page - (pages[i - 1] ?? 0) > 1 ? [undefined, page] : [page]))
}
