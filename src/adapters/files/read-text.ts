/** Reads separated text: whatever the character set, the separator and the line ends. */
import { parse } from 'csv-parse/sync'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type FileRefused, type Row, type SentFile, type Sheet, sheetOf } from '#imports'
import { meant } from './harmless.ts'

const SEPARATORS = [',', ';', '\t', '|']

/** The one sheet of a text file, or why it cannot be read. `name` is the file's, without its ending. */
export function readText({ name, bytes }: SentFile): Result<Sheet, FileRefused> {
  const text = decoded(bytes)
  if (text.includes('\0')) {
    return refuse({
      file: name,
      says: 'is not a text file or a workbook. Save it as CSV or .xlsx and send it again.',
    })
  }
  const separator = separatorOf(text)
  const read = records(text, separator)
  if (typeof read === 'string') return refuse({ file: name, says: read })
  const sheet = sheetOf({ from: name, name: name.replace(/\.[^.]*$/, '') }, read)
  const whole = /[\r\n]$/.test(text) || text === ''
  return ok(whole ? sheet : { ...sheet, rows: withTornEnd(sheet, read) })
}

/** UTF-8 where the bytes allow it; Excel's UTF-16 by its mark; else Windows-1252, in which any bytes are text. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** The separator that stands most often in the widest of the first lines, outside quotation marks. */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/, 10)
  const most = (separator: string) => Math.max(...lines.map((line) => line.split(separator).length))
  return SEPARATORS.reduce((best, one) => (most(one) > most(best) ? one : best))
}

type Found = { record: string[]; info: { lines: number } }

function records(text: string, separator: string): Row[] | string {
  try {
    const found = parse(text, {
      delimiter: separator,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as Found[]
    let line = 1
    return found.map(({ record, info }) => {
      const row = { line, cells: record.map(meant) }
      line = info.lines + 1
      return row
    })
  } catch (cause) {
    const { code, lines } = cause as { code?: string; lines?: number }
    if (code !== 'CSV_QUOTE_NOT_CLOSED') throw cause
    const where = lines === undefined ? '' : `, which begins near line ${lines}`
    return `ends inside quotation marks${where}: it was cut short or a quotation mark is missing. Save it again and send the whole file.`
  }
}

/** A file that ends in the middle of a row was cut short on its way: the row is shown, not guessed at. */
function withTornEnd({ headings, rows }: Sheet, read: readonly Row[]): readonly Row[] {
  const last = rows.at(-1)
  const cells = read.at(-1)?.cells.length ?? 0
  if (!last || last.line !== read.at(-1)?.line || cells >= headings.length) return rows
  const broken = `the file ends in the middle of it, after ${cells} of ${headings.length} values; send the whole file`
  return [...rows.slice(0, -1), { ...last, broken }]
}
