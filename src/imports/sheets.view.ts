/** What became, or would become, of every sheet and row: for pages. */
import { type Cell, type Column, tableView } from '#web/listing.ts'
import { DECIDED } from './kind.ts'
import { kindNamed } from './kinds.ts'
import type { CellError } from './row.ts'

export type SheetCounts = {
  from: string
  kind: string
  unread: readonly string[]
  rows: number
  new: number
  changed: number
  unchanged: number
  refused: number
  held: number
}

/** A row that was not taken, or was taken with a remark. */
export type SaidRow = { from: string; line: number; outcome: string; says: readonly CellError[] }

export const ROWS_SHOWN = 50

const numbers = ['rows', 'new', 'changed', 'unchanged', 'refused', 'held'] as const
const titles = {
  rows: 'Rows',
  new: 'New',
  changed: 'Changed',
  unchanged: 'Unchanged',
  refused: 'Refused',
  held: 'Held for a person',
}

/** Every sheet and its counts, with their sums: rows in = new + changed + unchanged + refused + held. */
export function sheetsTable(sheets: readonly SheetCounts[]) {
  const columns: Column<SheetCounts>[] = [
    {
      heading: 'File',
      cell: ({ from, unread }) => ({
        text: from,
        hint: unread.length === 0 ? '' : `Not read: ${unread.join(', ')}`,
      }),
    },
    { heading: 'Holds', cell: ({ kind }) => ({ text: kindNamed(kind)?.title ?? kind }) },
    ...numbers.map((name) => ({
      heading: titles[name],
      numeric: true,
      cell: (sheet: SheetCounts): Cell => ({ text: sheet[name].toLocaleString('en-GB') }),
    })),
  ]
  const sum = summed(sheets)
  const table = tableView({
    caption: 'What becomes of every row',
    columns,
    rows: sheets,
    empty: { title: 'Nothing can be read', says: 'No file here holds a table that Firstbell knows.' },
  })
  const total: Cell[] = [
    { text: 'All' },
    { text: '' },
    ...numbers.map((name) => ({ text: sum[name].toLocaleString('en-GB'), numeric: true })),
  ]
  return sheets.length > 1 ? { ...table, total } : table
}

/** The sums over all sheets. */
export function summed(sheets: readonly SheetCounts[]): Record<(typeof numbers)[number], number> {
  const sum = { rows: 0, new: 0, changed: 0, unchanged: 0, refused: 0, held: 0 }
  for (const sheet of sheets) for (const name of numbers) sum[name] += sheet[name]
  return sum
}

/** `4,961 of 5,000 rows`, or `All 5,000 rows`. */
export function takenInWords({ rows, refused, held }: ReturnType<typeof summed>): string {
  const taken = rows - refused - held
  const all = rows.toLocaleString('en-GB')
  if (taken === rows) return rows === 1 ? 'The one row' : `All ${all} rows`
  return taken === 0 ? `None of ${all} rows` : `${taken.toLocaleString('en-GB')} of ${all} rows`
}

const called: Readonly<Record<string, string>> = {
  refused: 'Refused',
  held: 'Held for a person',
  remarked: 'Taken, with a remark',
}

/** The first rows that need somebody, each with line, column, value, what is wrong and what to do. */
export function rowsTable(rows: readonly SaidRow[]) {
  const told = rows.slice(0, ROWS_SHOWN).flatMap((row) => row.says.map((one) => ({ ...row, ...one })))
  return tableView({
    caption: rows.length > ROWS_SHOWN ? `The first ${ROWS_SHOWN} of these rows` : 'Each of these rows',
    captionHidden: rows.length <= ROWS_SHOWN,
    columns: [
      { heading: 'Line', cell: ({ from, line }) => ({ text: `Line ${line}`, hint: from }) },
      { heading: 'Outcome', cell: ({ outcome }) => ({ text: called[outcome] ?? called['remarked'] ?? '' }) },
      { heading: 'Column', cell: ({ column }) => ({ text: column }) },
      {
        heading: 'Value',
        cell: ({ value, column }) => ({ text: value === '' && column !== '' ? '(empty)' : value }),
      },
      { heading: 'What is wrong', cell: ({ says }) => ({ text: says }) },
      { heading: 'What to do', cell: ({ todo }) => ({ text: todo }) },
    ],
    rows: told,
    empty: { title: 'Nothing to correct', says: 'Every row is taken as it is.' },
  })
}

/** A sheet's rows that were refused or held as a file to correct: its own columns, then why. */
export function rowsToCorrect(
  headings: readonly string[],
  rows: readonly (SaidRow & { cells: readonly string[] })[],
): { headings: string[]; rows: string[][] } {
  const wrong = ({ column, value, says }: CellError) =>
    [column, value === '' ? '' : `"${value}"`, says].filter((part) => part !== '').join(' ')
  const decide = rows.some(({ outcome }) => outcome === 'held') && !headings.includes(DECIDED)
  return {
    headings: [...headings, ...(decide ? [DECIDED] : []), 'Line', 'What is wrong', 'What to do'],
    rows: rows
      .filter(({ outcome }) => outcome === 'refused' || outcome === 'held')
      .map(({ cells, line, says }) => [
        ...headings.map((_, i) => cells[i] ?? ''),
        ...(decide ? [''] : []),
        String(line),
        says.map(wrong).join('; '),
        says.map(({ todo }) => todo).join(' '),
      ]),
  }
}
