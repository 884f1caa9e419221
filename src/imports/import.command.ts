/** `firstbell import`: brings in a folder or a file of what a council has, or tells what it would do. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { bring } from '#adapters/files/bring.ts'
import { type Answer, type Asked, type Command, refused, report } from '#cli/command.ts'
import { type PlainDate, readPlainDate } from '#ground/time.ts'
import { FIRSTBELL } from '#knowledge/store'
import { importInWords, problemInWords, worseInWords } from './import.view.ts'
import { type Mapping, readMapping } from './mapping.ts'
import { keptMappings } from './mapping-store.ts'
import type { SentFile } from './sheet.ts'
import { runImport, tryImport } from './store.ts'

export const importCommand: Command = {
  name: 'import',
  summary: 'bring in pupils, schools, operators, contracts, routes… from CSV or Excel files',
  takes: ['<path>'],
  options: [
    { flags: '--as-of <day>', means: 'the day the files speak of, as 2026-09-01 (today if not given)' },
    { flags: '--dry-run', means: 'tell what would change, and change nothing' },
    { flags: '--mapping <file>', means: 'which of their columns is which of ours' },
    {
      flags: '--part',
      means: 'the files hold only some of the pupils or schools: nobody is missing from them',
    },
  ],

  async run(asked) {
    const wanted = await readWanted(asked)
    return typeof wanted === 'string' ? refused(wanted) : await bringIn(asked, wanted)
  },
}

type Wanted = { files: SentFile[]; asOf: PlainDate; mapping: Mapping | undefined }

async function bringIn({ sql, options, say }: Asked, { files, asOf, mapping }: Wanted): Promise<Answer> {
  say(`Reading ${files.length} ${files.length === 1 ? 'file' : 'files'}…`)
  const { matched, notRead, ...brought } = await bring(files, mapping, await keptMappings(sql))
  if (matched.length === 0)
    return refused(notRead.map(problemInWords).join('\n') || 'There is nothing to bring in.')
  const wanted = { matched, asOf, partial: options['part'] === true, ...brought }
  const author = {
    by: FIRSTBELL,
    reason: `Import of ${brought.files.map(({ name }) => name).join(', ')}`,
    request: 'import',
  }
  if (options['dryRun'] === true) {
    const told = { ...(await tryImport(sql, author, wanted)), notRead, dryRun: true }
    return report(importInWords({ ...told, importId: undefined }), told)
  }
  const done = await runImport(sql, author, wanted)
  if (!done.ok) return refused(worseInWords(done.refusal.worse))
  const value = { ...done.value, notRead, dryRun: false }
  return report(importInWords({ ...value, worse: [] }), value)
}

async function readWanted({ words, options, today }: Asked): Promise<Wanted | string> {
  const path = words[0] ?? ''
  const day = options['asOf']
  const asOf = day === undefined ? today : readPlainDate(String(day))
  if (asOf === undefined) return `"${day}" is not a day. Give one like 2026-09-01.`
  try {
    const mapping =
      typeof options['mapping'] === 'string'
        ? readMapping(await readFile(options['mapping'], 'utf8'))
        : undefined
    if (typeof mapping === 'string') return mapping
    return { files: await filesAt(path), asOf, mapping }
  } catch (cause) {
    return `"${path}" cannot be read: ${(cause as Error).message}. Give a folder or a file, CSV or .xlsx.`
  }
}

async function filesAt(path: string): Promise<SentFile[]> {
  const folder = (await stat(path)).isDirectory()
  const names = folder
    ? (await readdir(path)).filter((name) => /\.(csv|tsv|txt|xlsx)$/i.test(name)).sort()
    : [basename(path)]
  const files: SentFile[] = []
  for (const name of names) files.push({ name, bytes: await readFile(folder ? join(path, name) : path) })
  return files
}
