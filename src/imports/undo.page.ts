/** Undoing an import: what it does is shown first, and it is refused while something later stands on it. */
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type AskedUndo, undoPage } from '#web/undo.ts'
import { importRecords } from './record-store.ts'
import { undoImport } from './undo-store.ts'

export const importUndoPage = undoPage({
  path: '/imports/:importId/undo',
  roles: ['manager', 'administrator'],
  asked: undoable,
})

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
