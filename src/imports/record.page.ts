/** One import as it was recorded: who, when, which files, and what became of every row. */
import { dayInWords, momentInWords } from '#ground/time.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type ImportRecord, importRecords, importRows } from './record-store.ts'
import { ROWS_SHOWN, rowsTable, sheetsTable, summed, takenInWords } from './sheets.view.ts'
import { refusedFile } from './upload.page.ts'
import { importReaders } from './upload-preview.page.ts'

export const importRecordPage: Page = {
  path: '/imports/:importId',
  allow: importReaders,

  async get(visit) {
    const record = await recordOf(visit)
    if (!record) return notFound
    const { importId, sheets, files, at, by, asOf, undoes, undoneBy } = record
    const said = (await importRows(visit.sql, importId)).map((row) => ({
      ...row,
      from: sheets[row.sheet]?.from ?? '',
    }))
    const sum = summed(sheets)
    return show('imports/record.njk', {
      title: undoes === null ? `Import ${importId}` : `Import ${undoes} was undone`,
      back: paths.imports,
      errors: [],
      undo:
        undoes === null &&
        undoneBy === null &&
        visit.person.roles.some((role) => role === 'manager' || role === 'administrator') &&
        paths.importUndo(importId),
      taken: takenInWords(sum),
      sum,
      facts: [
        { key: 'Recorded', text: `${momentInWords(at)} by ${by}` },
        { key: 'The files speak of', text: dayInWords(asOf) },
        {
          key: 'Files',
          lines: files.map(
            ({ name, bytes, sha256 }) => `${name}, ${inKilobytes(bytes)}, SHA-256 ${sha256.slice(0, 16)}…`,
          ),
        },
        ...(undoes === null
          ? []
          : [{ key: 'Undoes', text: `Import ${undoes}`, href: paths.importRecord(undoes) }]),
        ...(undoneBy === null
          ? []
          : [{ key: 'Undone by', text: `Import ${undoneBy}`, href: paths.importRecord(undoneBy) }]),
      ],
      sheets: sheets.length > 0 && sheetsTable(sheets),
      rows: said.length > 0 && rowsTable(said),
      rowsSaid: said.length,
      rowsShown: ROWS_SHOWN,
      toCorrect: sheets.flatMap(({ from, refused, held }, sheet) =>
        refused + held === 0
          ? []
          : [
              {
                href: `${paths.importRefused(importId)}?sheet=${sheet}`,
                text: `${refused + held} from ${from}`,
              },
            ],
      ),
    })
  },
}

export const importRefusedPage: Page = {
  path: '/imports/:importId/refused',
  allow: importReaders,

  async get(visit) {
    const record = await recordOf(visit)
    const at = Number(visit.query['sheet'] ?? 0)
    const sheet = record?.sheets[at]
    if (!record || !sheet) return notFound
    const rows = (await importRows(visit.sql, record.importId)).filter((row) => row.sheet === at)
    return refusedFile(
      sheet.kind,
      sheet.headings,
      rows.map((row) => ({ ...row, from: sheet.from })),
    )
  },
}

async function recordOf({ sql, params }: Visit): Promise<ImportRecord | undefined> {
  const id = params['importId'] ?? ''
  return /^[1-9]\d{0,8}$/.test(id) ? (await importRecords(sql, Number(id)))[0] : undefined
}

const inKilobytes = (bytes: number): string =>
  `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en-GB')} KB`
