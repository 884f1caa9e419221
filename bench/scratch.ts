/** A folder for a database that is measured once and thrown away, and the program as a person starts it there. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { stopEmbedded } from '#adapters/postgres/embedded.ts'

const checkout = resolve(import.meta.dirname, '..')

/** Gives `work` an empty folder; whatever database it left there is stopped and removed. */
export async function inScratch<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'firstbell-bench-'))
  // The account that PostgreSQL runs as must be able to pass through.
  chmodSync(folder, 0o711)
  try {
    return await work(folder)
  } finally {
    await stopEmbedded(folder)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What starts `firstbell` with these words on the embedded database, whatever the shell around us names. */
export function firstbell(...words: string[]) {
  const { DATABASE_URL: _, NODE_ENV: __, ...env } = process.env
  return {
    program: process.execPath,
    words: ['bin/run.mjs', 'src/cli/main.ts', ...words],
    options: { cwd: checkout, env },
  }
}
