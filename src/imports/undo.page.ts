/** Undoing an import: what it does is shown first, and it is refused while something later stands on it. */
import { momentInWords } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { askThenRecord } from '#web/change.ts'
import { fieldError } from '#web/forms.ts'
import { tableView } from '#web/listing.ts'
import { notFound, type Page, type Reply, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type ImportRecord, importRecords } from './record-store.ts'
import { type StandsOnIt, undoImport } from './undo-store.ts'

const undoers = ['manager', 'administrator'] as const

export const undoPage: Page = {
  path: '/imports/:importId/undo',
  allow: undoers,
  change: undoers,

  async get(visit) {
    const record = await undoable(visit)
    return record ? askedWhy(visit, record, []) : notFound
  },

  async post(visit) {
    const record = await undoable(visit)
    if (!record) return notFound
    if (!visit.form['why']?.trim()) return askedWhy(visit, record, [])
    const { importId, revision } = record
    return askThenRecord(visit, {
      title: `Undo import ${importId}`,
      doing: `undo import ${importId}`,
      back: paths.importRecord(importId),
      work: (tx) => undoImport(tx, { importId, revision }),
      told: ({ closed, reopened }) => [
        `${closed.toLocaleString('en-GB')} facts that import ${importId} stated are believed no longer.`,
        `${reopened.toLocaleString('en-GB')} that it replaced are believed again.`,
        'What was believed in between stays on record.',
      ],
      again: ({ later }) => askedWhy(visit, record, later),
      done: { to: paths.importRecord(importId), notice: `Import ${importId} is undone.` },
      pupils: [],
    })
  },
}

async function undoable({ sql, params }: Visit): Promise<ImportRecord | undefined> {
  const id = params['importId'] ?? ''
  const [record] = /^[1-9]\d{0,8}$/.test(id) ? await importRecords(sql, Number(id)) : []
  return record && record.undoes === null && record.undoneBy === null ? record : undefined
}

async function askedWhy(
  visit: Visit,
  { importId }: ImportRecord,
  later: readonly StandsOnIt[],
): Promise<Reply> {
  const { sql, form, today, now } = visit
  const pupils = [...new Set(later.flatMap(({ pupil }) => pupil ?? []))]
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  const missing = form['why'] !== undefined && form['why'].trim() === ''
  const errors = [
    ...(missing ? [fieldError('why', 'Enter why the import is undone')] : []),
    ...(later.length > 0
      ? [fieldError('later', `Import ${importId} cannot be undone: what was recorded later stands on it`)]
      : []),
  ]
  const view = {
    title: `Undo import ${importId}`,
    back: paths.importRecord(importId),
    errors,
    why: form['why'] ?? '',
    submit: 'Show what this does',
    later:
      later.length > 0 &&
      tableView<StandsOnIt>({
        caption: 'Recorded later, and standing on it',
        columns: [
          {
            heading: 'About',
            cell: ({ pupil, table }) => ({
              text: pupil === null ? table.replaceAll('_', ' ') : (names.get(pupil) ?? `Pupil ${pupil}`),
              ...(pupil !== null && { href: paths.pupil(pupil), hint: table.replaceAll('_', ' ') }),
            }),
          },
          { heading: 'Recorded', cell: ({ at, by }) => ({ text: momentInWords(at), hint: by }) },
          { heading: 'Why', cell: ({ reason }) => ({ text: reason }) },
        ],
        rows: later,
        empty: { title: 'Nothing', says: 'Nothing stands on it.' },
      }),
  }
  return (errors.length > 0 ? showAgain : show)('imports/undo.njk', view, { pupils })
}
