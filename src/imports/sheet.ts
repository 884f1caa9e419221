/** What every file becomes before anybody asks what is in it: headings, and rows of text with their line numbers. */
export type Row = {
  /** The line on which the row begins, as an editor or a spreadsheet counts them. */
  line: number
  /** One text for each heading; a cell that was not there is empty. */
  cells: readonly string[]
  /** Why the row cannot be trusted, when the file itself shows it: it is cut off, or has too many cells. */
  broken?: string
}

export type Sheet = {
  /** The file it came from, and the worksheet where a workbook has several: `county.xlsx, Pupils`. */
  from: string
  /** What the file or worksheet is called without its ending: what kind it holds is guessed from this first. */
  name: string
  headings: readonly string[]
  rows: readonly Row[]
}

/** A file that cannot be read at all: what is wrong with it and what to do, in one or two sentences. */
export type FileRefused = { file: string; says: string }

/** A file as it was sent: its name and what was in it. */
export type SentFile = { name: string; bytes: Uint8Array }

// A title above the table fills one cell of its row, where headings fill several.
const TITLE_ROWS = 10

/** A sheet out of rows of text: finds the headings under any title, names the nameless, tells twins apart. */
export function sheetOf({ from, name }: Pick<Sheet, 'from' | 'name'>, rows: readonly Row[]): Sheet {
  const [headed, below] = headingsAndRows(rows)
  const headings = named(headed)
  return { from, name, headings, rows: below.filter(notEmpty).map((row) => fitted(row, headings.length)) }
}

function headingsAndRows(rows: readonly Row[]): [readonly string[], readonly Row[]] {
  const filled = (row: Row | undefined) => row?.cells.filter((cell) => cell.trim() !== '').length ?? 0
  const widest = rows.slice(0, TITLE_ROWS + 1).reduce((most, row) => Math.max(most, filled(row)), 0)
  const at = rows
    .slice(0, TITLE_ROWS)
    .findIndex((row) => filled(row) > 0 && (filled(row) > 1 || widest === 1))
  if (at < 0) return [[], []]
  // Code-Point Open has no headings: its user guide gives them, and its first cell is a postcode already.
  const first = rows[at]?.cells ?? []
  if (first.length === CODE_POINT_OPEN.length && /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/.test(first[0] ?? '')) {
    return [CODE_POINT_OPEN, rows.slice(at)]
  }
  return [first, rows.slice(at + 1)]
}

const CODE_POINT_OPEN = ['PC', 'PQ', 'EA', 'NO', 'CY', 'RH', 'LH', 'CC', 'DC', 'WC']

function named(cells: readonly string[]): string[] {
  const last = cells.findLastIndex((cell) => cell.trim() !== '')
  const seen = new Map<string, number>()
  return cells.slice(0, last + 1).map((cell, i) => {
    const name = cell.replace(/\s+/g, ' ').trim() || `Column ${i + 1}`
    const times = (seen.get(name.toLowerCase()) ?? 0) + 1
    seen.set(name.toLowerCase(), times)
    return times === 1 ? name : `${name} (${times})`
  })
}

const notEmpty = ({ cells }: Row) => cells.some((cell) => cell.trim() !== '')

function fitted(row: Row, width: number): Row {
  const beyond = row.cells.slice(width).filter((cell) => cell.trim() !== '')
  const cells = Array.from({ length: width }, (_, i) => (row.cells[i] ?? '').trim())
  if (beyond.length === 0) return { ...row, cells }
  const broken = `it has ${row.cells.length} values under ${width} headings; put quotation marks round a value that holds the separator`
  return { line: row.line, cells, broken: row.broken ?? broken }
}
