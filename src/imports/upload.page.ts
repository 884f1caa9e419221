/** One upload before it is confirmed: what every row would do, who would be worse off, and the button that does it. */
import { namesInRole } from '#access/account-store'
import { csvOf } from '#adapters/files/write-file.ts'
import { acceptGaps, type Worsening } from '#changeover/store'
import { dayInWords } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { acceptanceIn, stillOpen } from '#web/change.ts'
import { interlockView } from '#web/change.view.ts'
import type { FieldError } from '#web/forms.ts'
import {
  download,
  notFound,
  type Page,
  type Reply,
  redirect,
  show,
  showAgain,
  type Visit,
} from '#web/page.ts'
import { paths } from '#web/paths.ts'
import {
  ROWS_SHOWN,
  rowsTable,
  rowsToCorrect,
  type SaidRow,
  sheetsTable,
  summed,
  takenInWords,
} from './sheets.view.ts'
import { type Preview, runImport } from './store.ts'
import { authorOf, importers, importOf, importReaders, previewOf } from './upload-preview.page.ts'
import { forgetUpload, type Upload, uploadNamed } from './upload-store.ts'

export const uploadPage: Page = {
  path: '/imports/uploads/:uploadId',
  allow: importReaders,
  change: importers,

  async get(visit) {
    const upload = await uploadOf(visit)
    return upload ? await previewReply(visit, upload, { preview: await previewOf(visit, upload) }) : notFound
  },

  async post(visit) {
    const upload = await uploadOf(visit)
    if (!upload) return notFound
    if (visit.form['throw-away'] === 'yes') {
      await forgetUpload(visit.sql, upload.id)
      return redirect(paths.imports, 'The files were thrown away. Nothing was recorded.')
    }
    return await confirmed(visit, upload)
  },
}

export const uploadRefusedPage: Page = {
  path: '/imports/uploads/:uploadId/refused',
  allow: importReaders,

  async get(visit) {
    const upload = await uploadOf(visit)
    const sheet = upload && (await previewOf(visit, upload)).sheets[Number(visit.query['sheet'] ?? 0)]
    if (!sheet) return notFound
    return refusedFile(
      sheet.kind,
      sheet.headings,
      sheet.said.map((row) => ({ ...row, from: sheet.from })),
    )
  },
}

/** Rows to correct as a file that can be sent again when they are. */
export const refusedFile = (
  kind: string,
  headings: readonly string[],
  rows: readonly (SaidRow & { cells: readonly string[] })[],
): Reply =>
  download({
    filename: `${kind}-to-correct.csv`,
    type: 'text/csv; charset=utf-8',
    body: csvOf({ name: kind, ...rowsToCorrect(headings, rows) }),
  })

const uploadOf = ({ sql, params }: Visit) => uploadNamed(sql, params['uploadId'] ?? '')

async function confirmed(visit: Visit, upload: Upload): Promise<Reply> {
  const { sql, form, person } = visit
  const author = authorOf(visit, upload)
  const { wanted } = await importOf(visit, upload)
  if (form['accept'] !== 'yes') {
    const done = await runImport(sql, author, wanted)
    if (done.ok) return await recorded(visit, upload, done.value.importId)
    return await previewReply(visit, upload, { preview: await previewOf(visit, upload) })
  }
  const preview = await previewOf(visit, upload)
  const open = preview.worse.filter(({ accepted }) => !accepted)
  const acceptance = acceptanceIn(visit, open)
  if (!acceptance) return await previewReply(visit, upload, { preview })
  if ('errors' in acceptance) return await previewReply(visit, upload, { preview, errors: acceptance.errors })
  const done = await runImport(sql, author, {
    ...wanted,
    before: (tx) => acceptGaps(tx, open, { ...acceptance, by: person.id, change: author.reason }),
  })
  if (done.ok) return await recorded(visit, upload, done.value.importId)
  const errors = stillOpen(done.refusal.worse, acceptance.until)
  return await previewReply(visit, upload, { preview: { ...preview, worse: done.refusal.worse }, errors })
}

async function recorded({ sql }: Visit, upload: Upload, importId: number): Promise<Reply> {
  await forgetUpload(sql, upload.id)
  return redirect(paths.importRecord(importId), `Import ${importId} is recorded.`)
}

type Shown = { preview: Preview; errors?: readonly FieldError[] }

async function previewReply(visit: Visit, upload: Upload, { preview, errors = [] }: Shown): Promise<Reply> {
  const { sheets, missing, notRead, worse } = preview
  const counts = sheets.map((sheet) => ({ ...sheet, ...sheet.counts }))
  const sum = summed(counts)
  const said = sheets.flatMap((sheet) => sheet.said.map((row) => ({ ...row, from: sheet.from })))
  const changes = sum.new + sum.changed
  const columnsHref = (from: string) => `${paths.uploadColumns(upload.id)}?sheet=${encodeURIComponent(from)}`
  const view = {
    title: 'What these files would do',
    back: paths.imports,
    errors,
    mayImport: visit.person.roles.some((role) => (importers as readonly string[]).includes(role)),
    sent: `${upload.files.map(({ name }) => name).join(', ')}, sent by ${upload.by}. What differs is a change from ${dayInWords(upload.asOf)}.`,
    taken: takenInWords(sum),
    changes,
    sum,
    sheets: sheetsTable(counts),
    toCorrect: sheets.flatMap(({ from, counts: { refused, held } }, sheet) =>
      refused + held === 0
        ? []
        : [
            {
              href: `${paths.uploadRefused(upload.id)}?sheet=${sheet}`,
              text: `${refused + held} from ${from}`,
            },
          ],
    ),
    rows: said.length > 0 && rowsTable(said),
    rowsShown: ROWS_SHOWN,
    rowsSaid: said.length,
    notRead: notRead.map((one) => ({ ...one, href: one.table ? columnsHref(one.from) : '' })),
    columns: counts.map(({ from }) => ({ text: from, href: columnsHref(from) })),
    missing: missing.map(({ kind, subjects }) => ({ kind, count: subjects.length })),
    interlock: await interlockOf(visit, worse),
    button:
      changes === 0
        ? 'Record that nothing changed'
        : `Bring in ${changes.toLocaleString('en-GB')} ${changes === 1 ? 'row' : 'rows'}`,
  }
  const pupils = [...new Set(worse.map(({ pupil }) => pupil))]
  return (errors.length > 0 ? showAgain : show)('imports/upload.njk', view, { pupils })
}

async function interlockOf({ sql, person, form, today, now }: Visit, worse: readonly Worsening[]) {
  const open = worse.filter(({ accepted }) => !accepted)
  if (open.length === 0) return false
  const mayAccept = person.roles.includes('manager')
  return interlockView({
    worse: open,
    names: await pupilNames(sql, [...new Set(open.map(({ pupil }) => pupil))], { on: today, knownAt: now }),
    doing: 'bring these files in',
    mayAccept,
    managers: mayAccept ? [] : await namesInRole(sql, 'manager', today),
    form,
  })
}
