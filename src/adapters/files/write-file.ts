/** Writes tables that a spreadsheet program opens without running anything in them, and that read back the same. */
import { stringify } from 'csv-stringify/sync'
import writeExcelFile from 'write-excel-file/node'
import { harmless } from './harmless.ts'

export type Table = { name: string; headings: readonly string[]; rows: readonly (readonly string[])[] }

/** UTF-8 with a mark at its head, so that Excel shows names in every script; lines end as RFC 4180 says. */
export function csvOf({ headings, rows }: Table): Uint8Array {
  const cells = [headings, ...rows].map((row) => row.map(harmless))
  return Buffer.from(
    stringify(cells, { bom: true, record_delimiter: 'windows', quoted_match: /[\r\n]|^\s|\s$/ }),
  )
}

/** One worksheet a table, every cell text: Excel then takes no nought from a telephone number. */
export async function workbookOf(tables: readonly Table[]): Promise<Uint8Array> {
  const sheets = tables.map(({ name, headings, rows }) => ({
    sheet: name.slice(0, 31),
    data: [
      headings.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map((cell) => (cell === '' ? null : { value: harmless(cell), type: String }))),
    ],
    stickyRowsCount: 1,
  }))
  return await writeExcelFile(sheets).toBuffer()
}
