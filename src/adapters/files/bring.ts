/** From files to sheets that are matched to kinds: the first half of every import, from a page or a terminal. */
import { createHash } from 'node:crypto'
import { type KeptMapping, type Mapping, type Matched, matchSheet, type SentFile } from '#imports'
import { readFile } from './read-file.ts'

export type Brought = {
  matched: Matched[]
  /** Files and worksheets nobody can read, and why; `table` where its columns could be said by hand. */
  notRead: { from: string; says: string; table?: true }[]
  files: { name: string; bytes: number; sha256: string }[]
}

/** Reads files and says what each sheet of them holds: by a mapping, by one kept for such headings, or by its own. */
export async function bring(
  files: readonly SentFile[],
  mapping?: Mapping,
  kept: readonly KeptMapping[] = [],
): Promise<Brought> {
  const brought: Brought = { matched: [], notRead: [], files: [] }
  for (const file of files) {
    const sha256 = createHash('sha256').update(file.bytes).digest('hex')
    brought.files.push({ name: file.name, bytes: file.bytes.length, sha256 })
    const read = await readFile(file)
    if (!read.ok) brought.notRead.push({ from: file.name, says: read.refusal.says })
    else {
      for (const one of read.value.flatMap((sheet) => matchSheet(sheet, mapping, kept))) {
        if ('kind' in one) brought.matched.push(one)
        else brought.notRead.push({ from: one.sheet.from, says: one.says, table: true })
      }
    }
  }
  return brought
}
