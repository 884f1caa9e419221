/** Undoing an import: what it does is shown first, and it is refused while something later stands on it. */
import { notFound, type Page, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type AskedUndo, askThenUndo, undoForm } from '#web/undo.ts'
import { importRecords } from './record-store.ts'
import { undoImport } from './undo-store.ts'

const undoers = ['manager', 'administrator'] as const

export const undoPage: Page = {
  path: '/imports/:importId/undo',
  allow: undoers,
  change: undoers,

  async get(visit) {
    const asked = await undoable(visit)
    return asked ? undoForm(visit, asked) : notFound
  },

  async post(visit) {
    const asked = await undoable(visit)
    return asked ? askThenUndo(visit, asked) : notFound
  },
}

async function undoable({ sql, params }: Visit): Promise<AskedUndo | undefined> {
  const id = params['importId'] ?? ''
  const [record] = /^[1-9]\d{0,8}$/.test(id) ? await importRecords(sql, Number(id)) : []
  if (!record || record.undoes !== null || record.undoneBy !== null) return undefined
  const { importId, revision } = record
  return {
    what: `import ${importId}`,
    back: paths.importRecord(importId),
    work: (tx) => undoImport(tx, { importId, revision }),
  }
}
