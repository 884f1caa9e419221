/** Taking something back that was recorded as one revision: why is asked, what it does is shown, then it is recorded. */
import type { TransactionSql } from 'postgres'
import type { ChangingRole } from '#access'
import type { Result } from '#ground/result.ts'
import { momentInWords } from '#ground/time.ts'
import type { StandsOnIt, UndoRefused } from '#imports/undo-store'
import { pupilNames } from '#pupils/name-store'
import { askThenRecord } from './change.ts'
import { fieldError } from './forms.ts'
import { tableView } from './listing.ts'
import { notFound, type Page, type Reply, show, showAgain, type Visit } from './page.ts'
import { paths } from './paths.ts'

export type AskedUndo = {
  /** As it is called in a sentence: `import 4`. */
  what: string
  back: string
  work: (tx: TransactionSql) => Promise<Result<{ closed: number; reopened: number }, UndoRefused>>
}

type Undoing = {
  path: string
  roles: readonly [ChangingRole, ...ChangingRole[]]
  /** What is undone; nothing where there is no such thing, or it was undone before. */
  asked: (visit: Visit) => Promise<AskedUndo | undefined>
}

/** The page on which something recorded as one revision is taken back. */
export const undoPage = ({ path, roles, asked: askedIn }: Undoing): Page => ({
  path,
  allow: roles,
  change: roles,

  async get(visit) {
    const asked = await askedIn(visit)
    return asked ? undoForm(visit, asked) : notFound
  },

  async post(visit) {
    const asked = await askedIn(visit)
    return asked ? askThenUndo(visit, asked) : notFound
  },
})

/** The form that asks why it is undone; with what was recorded later and stands on it, where it was refused for that. */
async function undoForm(
  { sql, form, today, now }: Visit,
  { what, back }: AskedUndo,
  later: readonly StandsOnIt[] = [],
): Promise<Reply> {
  const pupils = [...new Set(later.flatMap(({ pupil }) => pupil ?? []))]
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  const missing = form['why'] !== undefined && form['why'].trim() === ''
  const errors = [
    ...(missing ? [fieldError('why', `Enter why ${what} is undone`)] : []),
    ...(later.length > 0
      ? [fieldError('later', `${capital(what)} cannot be undone: what was recorded later stands on it`)]
      : []),
  ]
  const view = {
    title: `Undo ${what}`,
    back,
    errors,
    why: form['why'] ?? '',
    submit: 'Show what this does',
    later: later.length > 0 && laterTable(later, (pupil) => names.get(pupil) ?? `Pupil ${pupil}`),
  }
  return (errors.length > 0 ? showAgain : show)('undo.njk', view, { pupils })
}

/** Shows what undoing does, or, when that was seen and is confirmed, undoes it. */
async function askThenUndo(visit: Visit, asked: AskedUndo): Promise<Reply> {
  if (!visit.form['why']?.trim()) return undoForm(visit, asked)
  const { what, back, work } = asked
  return askThenRecord(visit, {
    title: `Undo ${what}`,
    doing: `undo ${what}`,
    back,
    work,
    told: ({ closed, reopened }) => [
      `${closed.toLocaleString('en-GB')} facts that ${what} stated are believed no longer.`,
      `${reopened.toLocaleString('en-GB')} that it replaced are believed again.`,
      'What was believed in between stays on record.',
    ],
    again: ({ later }) => undoForm(visit, asked, later),
    done: { to: back, notice: `${capital(what)} is undone.` },
    pupils: [],
  })
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

const laterTable = (
  later: readonly StandsOnIt[],
  nameOf: (pupil: NonNullable<StandsOnIt['pupil']>) => string,
) =>
  tableView<StandsOnIt>({
    caption: 'Recorded later, and standing on it',
    columns: [
      {
        heading: 'About',
        cell: ({ pupil, table }) => ({
          text: pupil === null ? table.replaceAll('_', ' ') : nameOf(pupil),
          ...(pupil !== null && { href: paths.pupil(pupil), hint: table.replaceAll('_', ' ') }),
        }),
      },
      { heading: 'Recorded', cell: ({ at, by }) => ({ text: momentInWords(at), hint: by }) },
      { heading: 'Why', cell: ({ reason }) => ({ text: reason }) },
    ],
    rows: later,
    empty: { title: 'Nothing', says: 'Nothing stands on it.' },
  })
