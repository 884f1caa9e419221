import type { Sql } from 'postgres'
import { bring } from '#adapters/files/bring.ts'
import type { PersonId } from '#ground/ids.ts'
import { plainDate } from '#ground/time.ts'
import type { Mapping } from './mapping.ts'
import { type Imported, runImport } from './store.ts'

const byFirstbell = { by: 1 as PersonId, reason: 'An extract came', request: 'import' }

type Circumstances = { asOf?: string; partial?: boolean; mapping?: Mapping }

/** Files of text, by their names, brought in on 1 September 2025 unless told. Throws what is not read. */
export async function readTexts(
  texts: Record<string, string>,
  { asOf = '2025-09-01', partial = false, mapping }: Circumstances = {},
) {
  const files = Object.entries(texts).map(([name, text]) => ({ name, bytes: new TextEncoder().encode(text) }))
  const { notRead, ...brought } = await bring(files, mapping)
  if (notRead.length > 0) throw new Error(notRead.map(({ from, says }) => `${from} ${says}`).join('\n'))
  return { ...brought, asOf: plainDate(asOf), partial }
}

/** Brings text files in, and gives what became of them. Throws when it is refused. */
export async function importTexts(
  sql: Sql,
  texts: Record<string, string>,
  but: Circumstances = {},
): Promise<Imported> {
  const done = await runImport(sql, byFirstbell, await readTexts(texts, but))
  if (!done.ok) throw new Error(`The import was refused: ${JSON.stringify(done.refusal)}`)
  return done.value
}
