/**
 * What may be published of a table of counts without telling anything of a few children. A count below the smallest that
 * may be published is hidden; then others are, until no hidden one can be worked out from totals, from the counts that
 * are shown, or from one column's counts lying within another's. Noughts are shown where nothing hangs on them.
 */

/** Counts of one thing by group. Everybody counted here is counted in the column it lies within, too. */
export type Counts = { name: string; within: string | null; cells: readonly number[] }

/** The same to be published: nothing for what is hidden. */
export type PublishedCounts = { name: string; total: number | null; cells: readonly (number | null)[] }

/**
 * The columns of one table as they may be published: every hidden count could be as many numbers as are too small
 * to show, or more. A table whose groups are too small for that is hidden whole, totals apart. A column's `within` comes before it.
 */
export function suppress(columns: readonly Counts[], smallest: number): PublishedCounts[] {
  const shown: Shown[] = []
  for (const column of columns) {
    const outer = shown.find(({ name }) => name === column.within)
    const kept = suppressColumn(column, outer, smallest)
    if (!kept) return columns.map((one) => withheld(one, smallest))
    shown.push(kept)
  }
  return shown.map(({ name, total, cells }) => ({ name, total, cells }))
}

type Shown = PublishedCounts & {
  /** By row, what anybody can tell that the count is at most. */
  atMost: readonly number[]
}

const sum = (cells: readonly number[]) => cells.reduce((all, one) => all + one, 0)
const mayShow = (count: number, smallest: number) => count === 0 || count >= smallest

const withheld = ({ name, cells }: Counts, smallest: number): PublishedCounts => ({
  name,
  total: mayShow(sum(cells), smallest) ? sum(cells) : null,
  cells: cells.map((count) => (sum(cells) === 0 ? count : null)),
})

function suppressColumn(column: Counts, outer: Shown | undefined, smallest: number): Shown | undefined {
  const { name, cells } = column
  const total = sum(cells)
  const atMost = cells.map((_, row) => Math.min(total, outer?.atMost[row] ?? total))
  if (!mayShow(total, smallest)) {
    const ceiling = atMost.map((most) => Math.min(most, smallest - 1))
    return { name, total: null, cells: ceiling.map((most) => (most === 0 ? 0 : null)), atMost: ceiling }
  }
  const hidden = new Set(
    total === 0
      ? []
      : cells.flatMap((count, row) => (mayShow(count, smallest) && outer?.cells[row] !== null ? [] : [row])),
  )
  while (tooNarrow({ cells, hidden, atMost }, smallest)) {
    const next = smallestShown(cells, hidden)
    if (next === undefined) return undefined
    hidden.add(next)
  }
  return {
    name,
    total,
    cells: cells.map((count, row) => (hidden.has(row) ? null : count)),
    atMost: atMost.map((most, row) => (hidden.has(row) ? most : (cells[row] ?? 0))),
  }
}

type Hiding = { cells: readonly number[]; hidden: ReadonlySet<number>; atMost: readonly number[] }

/** Whether a reader who adds up the rest is left with too few numbers that a hidden count could be. */
function tooNarrow({ cells, hidden, atMost }: Hiding, smallest: number): boolean {
  const rows = [...hidden]
  const left = sum(rows.map((row) => cells[row] ?? 0))
  const room = sum(rows.map((row) => atMost[row] ?? 0))
  return rows.some((row) => {
    const most = Math.min(left, atMost[row] ?? 0)
    const least = Math.max(0, left - (room - (atMost[row] ?? 0)))
    return most - least < smallest - 2
  })
}

function smallestShown(cells: readonly number[], hidden: ReadonlySet<number>): number | undefined {
  const shown = cells.map((count, row) => ({ count, row })).filter(({ row }) => !hidden.has(row))
  return shown.sort((a, b) => a.count - b.count || a.row - b.row)[0]?.row
}
