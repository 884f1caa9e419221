/** A report as a file to take away: the same tables for a spreadsheet, for another program and on paper. */
import { csvOf, type Table, workbookOf } from '#adapters/files/write-file.ts'
import { type Paper, type PaperPart, renderPaper } from '#adapters/pdf/document.ts'
import type { PupilId } from '#ground/ids.ts'
import { dayInWords, timeInWords, wallTimeOf } from '#ground/time.ts'
import { download, type Reply, type Visit } from './page.ts'

export const fileKinds = ['csv', 'xlsx', 'pdf', 'json'] as const
export type FileKind = (typeof fileKinds)[number]

/** What a report is made of in each kind of file, asked for when that kind is. */
export type ReportParts = {
  tables: () => readonly Table[]
  paper: () => Paper
  json: () => unknown
}

const types: Record<FileKind, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
}

/** A report as a file called `name` to download; `pupils` are those it names. */
export async function reportFile(
  kind: FileKind,
  parts: ReportParts,
  { name, pupils }: { name: string; pupils: readonly PupilId[] },
): Promise<Reply> {
  const body = {
    csv: () => csvOf(oneTable(parts.tables())),
    xlsx: () => workbookOf(parts.tables()),
    pdf: () => renderPaper(parts.paper()),
    json: () => JSON.stringify(parts.json(), null, 2),
  }[kind]
  return download({ filename: `${name}.${kind}`, type: types[kind], body: await body() }, { pupils })
}

/** What stands at the foot of a page that was printed: when, and by whom. */
export const printedBy = ({ today, now, person }: Pick<Visit, 'today' | 'now' | 'person'>): string =>
  `Printed ${dayInWords(today)} at ${timeInWords(wallTimeOf(now))} by ${person.name}.`

/** All tables one under another, for a program that takes one file. */
function oneTable(tables: readonly Table[]): Table {
  const width = Math.max(...tables.map(({ headings }) => headings.length))
  const padded = (cells: readonly string[]) => [...cells, ...Array<string>(width - cells.length).fill('')]
  return {
    name: 'Report',
    headings: ['Table', ...padded(['Row']).map((text, i) => text || `Column ${i}`)],
    rows: tables.flatMap(({ name, headings, rows }) =>
      [headings, ...rows].map((cells) => [name, ...padded(cells)]),
    ),
  }
}

const ON_PAPER = 40

/** A table on paper under its own heading, the longest cut short and said so. */
export function tableOnPaper({ name, headings, rows }: Table): PaperPart[] {
  const table: PaperPart = {
    part: 'table',
    caption: name,
    headings,
    widths: headings.map((_, i) => (i === 0 ? 3 : 2)),
    rows: rows.slice(0, ON_PAPER),
  }
  const more = rows.length - ON_PAPER
  return [
    { part: 'heading', text: name },
    table,
    ...(more > 0 ? [{ part: 'text', text: `And ${more} more rows, in the spreadsheet.` } as const] : []),
  ]
}
