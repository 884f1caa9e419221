/** What an upload would do, for the pages that show it: found once, and again only after something was recorded. */
import { bring } from '#adapters/files/bring.ts'
import { invariant } from '#ground/present.ts'
import type { Visit } from '#web/page.ts'
import { readMapping } from './mapping.ts'
import { keptMappings } from './mapping-store.ts'
import { type Import, type Preview, tryImport } from './store.ts'
import { keepPreview, keptPreview, latestRevision, type Upload } from './upload-store.ts'

export const importReaders = ['transport-officer', 'manager', 'auditor', 'administrator'] as const
export const importers = ['transport-officer', 'manager', 'administrator'] as const

/** The upload as an import, and what of it nobody can read. */
export async function importOf(
  { sql }: Visit,
  upload: Upload,
): Promise<{ wanted: Import; notRead: Preview['notRead'] }> {
  const mapping = upload.mapping === null ? undefined : readMapping(upload.mapping)
  invariant(typeof mapping !== 'string', 'A mapping that cannot be read is not kept.')
  const { matched, notRead, files } = await bring(upload.files, mapping, await keptMappings(sql))
  return { wanted: { matched, files, asOf: upload.asOf, partial: upload.partial }, notRead }
}

/** Who brings it in, and why, as the audit keeps it. */
export const authorOf = ({ person, request }: Visit, upload: Upload) => ({
  by: person.id,
  request,
  reason: `Import of ${upload.files.map(({ name }) => name).join(', ')}`,
})

/** What an upload would do to what is believed now. */
export async function previewOf(visit: Visit, upload: Upload): Promise<Preview> {
  const { sql } = visit
  const kept = await keptPreview(sql, upload.id)
  if (kept) return kept
  const at = await latestRevision(sql)
  const { wanted, notRead } = await importOf(visit, upload)
  const preview = { ...(await tryImport(sql, authorOf(visit, upload), wanted)), notRead }
  await keepPreview(sql, upload.id, { preview, at })
  return preview
}
