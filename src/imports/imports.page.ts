/** Bringing data in: send files, see what waits to be confirmed, and what was brought in before. */
import { dayInWords, momentInWords, readPlainDate } from '#ground/time.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { tableView } from '#web/listing.ts'
import { type Page, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { readMapping } from './mapping.ts'
import { openQuestions } from './question-store.ts'
import { type ImportRecord, importRecords } from './record-store.ts'
import { summed } from './sheets.view.ts'
import { importers, importReaders } from './upload-preview.page.ts'
import { keepUpload, uploadsWaiting } from './upload-store.ts'

const MOST_BYTES = 50 * 1024 * 1024

export const importsPage: Page = {
  path: paths.imports,
  allow: importReaders,
  change: importers,
  upload: { atMostBytes: MOST_BYTES },
  get: (visit) => importsReply(visit, []),

  async post(visit) {
    const { form, person, now, today, sql } = visit
    const sent = visit.files
      .filter(({ filename }) => filename !== '')
      .map(({ filename, bytes }) => ({ name: filename, bytes }))
    const files = sent.filter(({ name }) => !isMappingFile(name))
    const mappings = sent
      .filter(({ name }) => isMappingFile(name))
      .map(({ bytes }) => new TextDecoder().decode(bytes))
    const [mapping = null] = mappings
    const typed = form['as-of']?.trim() ?? ''
    const asOf = typed === '' ? today : readPlainDate(typed)
    const twice = files.find(({ name }, i) => files.findIndex((other) => other.name === name) < i)
    const errors: FieldError[] = []
    if (files.length === 0) errors.push(fieldError('files', 'Choose at least one file, CSV or .xlsx'))
    errors.push(...wrongMapping(mappings))
    if (twice) errors.push(fieldError('files', `Two files are called ${twice.name}. Rename one of them`))
    if (asOf === undefined)
      errors.push(fieldError('as-of', `"${typed}" is not a day. Enter one like 2022-02-11`))
    if (errors.length > 0 || asOf === undefined) return importsReply(visit, errors)
    const partial = form['extent'] === 'part'
    return redirect(
      paths.upload(await keepUpload(sql, { person: person.id, now, asOf, partial, mapping, files })),
    )
  },
}

const isMappingFile = (name: string) => /\.json$/i.test(name)

function wrongMapping(mappings: readonly string[]): FieldError[] {
  if (mappings.length > 1) return [fieldError('files', 'Send one mapping file (.json) at a time')]
  return mappings.flatMap((text) => {
    const read = readMapping(text)
    return typeof read === 'string' ? [fieldError('files', read)] : []
  })
}

async function importsReply(visit: Visit, errors: readonly FieldError[]) {
  const { sql, person, form, today } = visit
  const view = {
    title: 'Imports',
    templates: paths.templates,
    questions: { href: paths.importQuestions, count: (await openQuestions(sql)).length },
    exportFiles: person.roles.some((role) => role !== 'transport-officer') && paths.exportFiles,
    errors,
    mayImport: person.roles.some((role) => (importers as readonly string[]).includes(role)),
    asOf: form['as-of'] ?? today,
    extent: form['extent'] ?? 'whole',
    waiting: (await uploadsWaiting(sql)).map(({ id, by, sentAt, names }) => ({
      href: paths.upload(id),
      names: names.join(', '),
      sent: `Sent by ${by} at ${momentInWords(sentAt)}`,
    })),
    list: recordsTable(await importRecords(sql)),
  }
  return (errors.length > 0 ? showAgain : show)('imports/imports.njk', view)
}

/** The files; or, where a person answered a question, the row that was then taken. */
const broughtFrom = ({ files, sheets }: ImportRecord): string =>
  [...files.map(({ name }) => name), ...(files.length > 0 ? [] : sheets.map(({ from }) => from))].join(', ')

function recordsTable(records: readonly ImportRecord[]) {
  return tableView<ImportRecord>({
    caption: 'What was brought in',
    columns: [
      {
        heading: 'Import',
        cell: ({ importId, undoes, undoneBy, asOf }) => ({
          text: undoes === null ? `Import ${importId}` : `Import ${undoes} undone`,
          href: paths.importRecord(importId),
          hint: undoneBy === null ? `As of ${dayInWords(asOf)}` : 'Undone since',
        }),
      },
      { heading: 'When', cell: ({ at, by }) => ({ text: momentInWords(at), hint: by }) },
      { heading: 'Files', cell: (one) => ({ text: broughtFrom(one) }) },
      ...(['rows', 'new', 'changed', 'unchanged', 'refused', 'held'] as const).map((name) => ({
        heading: name.slice(0, 1).toUpperCase() + name.slice(1),
        numeric: true,
        cell: ({ sheets }: ImportRecord) => ({ text: summed(sheets)[name].toLocaleString('en-GB') }),
      })),
    ],
    rows: records,
    empty: {
      title: 'Nothing has been brought in yet',
      says: 'Send the files you have: Firstbell shows what they would do before anything is recorded.',
    },
  })
}
