/** Paper: a tagged PDF of headings, sentences, rows and tables, readable by a screen reader and in large print. */
import PDFDocument from 'pdfkit'

export type PaperTable = {
  caption: string
  headings: readonly string[]
  widths: readonly number[]
  rows: readonly (readonly string[])[]
}
export type PaperPart =
  | { part: 'heading'; text: string }
  | { part: 'text'; text: string }
  | { part: 'rows'; rows: readonly (readonly [key: string, value: string])[] }
  | ({ part: 'table' } & PaperTable)
export type Paper = {
  title: string
  subtitle: string
  /** Stands at the foot of every page: when it was printed, and what to do with it. */
  foot: string
  landscape?: boolean
  largePrint?: boolean
  parts: readonly PaperPart[]
}

const MARGIN = 40
const INK = '#16243a'
const QUIET = '#4d5663'
const RULE = '#c9cfd6'

const beyond = /[^\u0020-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ac\n]+/g

/**
 * pdfkit's own fonts know Western letters alone. Others are spelt with the Latin letter beneath (Zieliński: Zielinski);
 * a name in another script is marked, and its reader goes by the number beside it or by the printed web page.
 */
const spelt = (text: string): string =>
  [...text.replaceAll('ł', 'l').replaceAll('Ł', 'L')]
    .map((letter) =>
      letter.match(beyond) ? letter.normalize('NFD').replace(/[\u0300-\u036f]/g, '') : letter,
    )
    .join('')
    .replace(beyond, '[other script]')

/** The bytes of a paper. */
export async function renderPaper(paper: Paper): Promise<Uint8Array> {
  const scale = paper.largePrint ? 1.5 : 1
  const document = new PDFDocument({
    size: 'A4',
    layout: paper.landscape ? 'landscape' : 'portrait',
    margin: MARGIN,
    pdfVersion: '1.7',
    lang: 'en-GB',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    info: { Title: paper.title, Author: 'Firstbell' },
  })
  const chunks: Buffer[] = []
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
  const write = writerOn(document, scale)
  write('H1', paper.title, { size: 20, bold: true })
  write('P', paper.subtitle, { size: 11, colour: QUIET })
  for (const part of paper.parts) writePart(document, part, { write, scale })
  writeFeet(document, spelt(paper.foot))
  document.end()
  return await whole
}

type Document = InstanceType<typeof PDFDocument>
type Pen = { write: ReturnType<typeof writerOn>; scale: number }

function writePart(document: Document, part: PaperPart, { write, scale }: Pen): void {
  switch (part.part) {
    case 'heading':
      write('H2', part.text, { size: 13, bold: true, above: 10 })
      return
    case 'text':
      write('P', part.text, { size: 10.5 })
      return
    case 'rows':
      for (const [key, value] of part.rows) write('P', `${key}: ${value}`, { size: 10.5 })
      return
    case 'table':
      writeTable(document, part, scale)
  }
}

type Style = { size: number; bold?: boolean; colour?: string; above?: number }

function writerOn(document: Document, scale: number) {
  return (tag: string, text: string, { size, bold = false, colour = INK, above = 3 }: Style) => {
    const left = MARGIN
    document.moveDown(above / 12)
    document.addStructure(
      document.struct(tag, {}, () => {
        document
          .font(bold ? 'Helvetica-Bold' : 'Helvetica')
          .fontSize(size * scale)
          .fillColor(colour)
          .text(spelt(text), left, undefined, { width: document.page.width - 2 * MARGIN })
      }),
    )
  }
}

function writeTable(
  document: Document,
  { caption, headings, widths, rows }: PaperTable,
  scale: number,
): void {
  const table = document.struct('Table', { alt: spelt(caption) })
  document.addStructure(table)
  const usable = document.page.width - 2 * MARGIN
  const total = widths.reduce((sum, width) => sum + width, 0)
  const columns = widths.map((width) => (width / total) * usable)
  document.moveDown(0.4)
  const line = (cells: readonly string[], heading: boolean) => {
    document
      .font(heading ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(9.5 * scale)
      .fillColor(INK)
    const heights = cells.map((text, i) =>
      document.heightOfString(spelt(text), { width: (columns[i] ?? 0) - 6 }),
    )
    const height = Math.max(...heights) + 7
    if (document.y + height > document.page.height - MARGIN - 20) document.addPage()
    const top = document.y
    const row = document.struct('TR')
    table.add(row)
    let x = MARGIN
    for (const [i, text] of cells.entries()) {
      const width = columns[i] ?? 0
      const at = x
      row.add(
        document.struct(
          heading ? 'TH' : 'TD',
          {},
          () => void document.text(spelt(text), at, top + 3, { width: width - 6 }),
        ),
      )
      x += width
    }
    row.end()
    document
      .moveTo(MARGIN, top + height)
      .lineTo(MARGIN + usable, top + height)
      .lineWidth(0.5)
      .strokeColor(RULE)
      .stroke()
    document.x = MARGIN
    document.y = top + height
  }
  line(headings, true)
  for (const row of rows) line(row, false)
  table.end()
}

function writeFeet(document: Document, foot: string): void {
  const { start, count } = document.bufferedPageRange()
  for (let i = start; i < start + count; i++) {
    document.switchToPage(i)
    const bottom = document.page.margins.bottom
    document.page.margins.bottom = 0
    document
      .font('Helvetica')
      .fontSize(8)
      .fillColor(QUIET)
      .text(`${foot}  Page ${i + 1} of ${count}.`, MARGIN, document.page.height - 28, { lineBreak: false })
    document.page.margins.bottom = bottom
  }
}
