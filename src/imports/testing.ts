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

const BOUNDARY = 'firstbell-test-boundary'

/** A form with files as a browser sends it. The fields come first, as they do on the page. */
export function filesForm(files: Record<string, string | Uint8Array>, fields: Record<string, string>) {
  const part = (head: string, body: string | Uint8Array) =>
    Buffer.concat([
      Buffer.from(`--${BOUNDARY}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`),
      Buffer.from(body as string),
      Buffer.from('\r\n'),
    ])
  const payload = Buffer.concat([
    ...Object.entries(fields).map(([name, value]) => part(`name="${name}"`, value)),
    ...Object.entries(files).map(([name, bytes]) =>
      part(`name="files"; filename="${name}"\r\ncontent-type: application/octet-stream`, bytes),
    ),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` } }
}
