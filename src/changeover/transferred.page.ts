/** One transfer of a year group: who was moved where, and taking it back. */
import { dayInWords } from '#ground/time.ts'
import { undoRevision } from '#imports/undo-store'
import { tableView } from '#web/listing.ts'
import { notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type AskedUndo, undoPage } from '#web/undo.ts'
import { type Transfer, yearInWords } from './transfer.ts'
import { type MovedPupil, pupilsMovedIn, recordUndone, transfersMade } from './transfer-store.ts'

const undoers = ['transport-officer', 'eligibility-officer', 'manager'] as const

export const transferPage: Page = {
  path: '/pupils/transfers/:transfer',
  allow: [...undoers, 'auditor'],

  async get(visit) {
    const transfer = await transferOf(visit)
    if (!transfer) return notFound
    const { sql, person } = visit
    const moved = await pupilsMovedIn(sql, transfer.revision)
    const mayUndo = transfer.undoneBy === null && undoers.some((role) => person.roles.includes(role))
    const view = {
      title: nameOf(transfer),
      caption: transfer.undoneBy === null ? transfer.by : `${transfer.by}. It was taken back later.`,
      errors: [],
      undo: mayUndo ? paths.transferUndo(transfer.revision) : '',
      list: tableView<MovedPupil>({
        caption: 'Who was moved',
        columns: [
          { heading: 'Pupil', cell: ({ pupil, name }) => ({ text: name, href: paths.pupil(pupil) }) },
          { heading: 'From then on', cell: ({ school }) => ({ text: school ?? 'Not on the register' }) },
          {
            heading: 'Year',
            cell: ({ yearGroup }) => ({ text: yearGroup === null ? '' : yearInWords(yearGroup) }),
          },
        ],
        rows: moved,
        empty: { title: 'Nobody', says: 'Nobody’s place was changed by it.' },
      }),
    }
    return show('changeover/transferred.njk', view, { pupils: moved.map(({ pupil }) => pupil) })
  },
}

export const transferUndoPage = undoPage({
  path: '/pupils/transfers/:transfer/undo',
  roles: undoers,
  asked: undoable,
})

async function transferOf({ sql, params }: Visit): Promise<Transfer | undefined> {
  const typed = params['transfer'] ?? ''
  const [transfer] = /^[1-9]\d{0,14}$/.test(typed) ? await transfersMade(sql, Number(typed)) : []
  return transfer
}

async function undoable(visit: Visit): Promise<AskedUndo | undefined> {
  const transfer = await transferOf(visit)
  if (!transfer || transfer.undoneBy !== null) return undefined
  const { revision } = transfer
  return {
    what: `the transfer of ${nameOf(transfer)}`,
    back: paths.transfer(revision),
    async work(tx) {
      const done = await undoRevision(tx, revision)
      if (done.ok) await recordUndone(tx, revision)
      return done
    },
  }
}

const nameOf = ({ yearGroup, from, pupils }: Transfer): string =>
  `${yearInWords(yearGroup)}, ${dayInWords(from)}: ${pupils === 1 ? 'one pupil' : `${pupils} pupils`}`
