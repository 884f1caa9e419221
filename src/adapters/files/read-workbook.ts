/** Reads Excel workbooks: every worksheet, with days and times as text. */
import readExcelFile from 'read-excel-file/node'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type FileRefused, type Row, type SentFile, type Sheet, sheetOf } from '#imports'
import { meant } from './harmless.ts'
import { unpacksBeyond } from './zip-size.ts'

/** The most a workbook may unpack to: six times the largest file there may be. */
const LARGEST_CONTENTS = 300 * 1024 * 1024

/** Every worksheet that holds anything, or why the workbook cannot be read. */
export async function readWorkbook({ name, bytes }: SentFile): Promise<Result<Sheet[], FileRefused>> {
  if (unpacksBeyond(bytes, LARGEST_CONTENTS)) {
    return refuse({
      file: name,
      says: 'unpacks to more than 300 MB, which no list of pupils or runs does: it may have been made to fill this machine’s memory. Save only the rows you need as a new workbook, or as CSV.',
    })
  }
  const book = await opened(bytes)
  if (book === undefined) {
    return refuse({
      file: name,
      says: 'cannot be opened as a workbook: it was cut short, has a password, or is not .xlsx. Save it again and send the whole file.',
    })
  }
  const file = name.replace(/\.[^.]*$/, '')
  const sheets = book.map(({ sheet, data }) => {
    const only = book.length === 1
    const rows: Row[] = data.map((cells, i) => ({ line: i + 1, cells: cells.map(textOf) }))
    return sheetOf({ from: only ? name : `${name}, ${sheet}`, name: only ? file : sheet }, rows)
  })
  return ok(sheets.filter(({ headings }) => headings.length > 0))
}

async function opened(bytes: Uint8Array) {
  try {
    return await readExcelFile(Buffer.from(bytes))
  } catch {
    return undefined
  }
}

/** A cell as a person reads it. Excel keeps a day as a number and a time as a part of one: they come as moments in UTC. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (isMoment(cell)) return momentOf(cell.toISOString())
  return meant(String(cell))
}

const isMoment = (cell: unknown): cell is { toISOString: () => string } =>
  typeof cell === 'object' && cell !== null && 'toISOString' in cell

function momentOf(iso: string): string {
  const [day = '', time = ''] = iso.split('T')
  if (/^1(899-12-3|900-01-0)/.test(day)) return time.slice(0, 5)
  return time.startsWith('00:00:00') ? day : `${day}T${time.slice(0, 5)}`
}
