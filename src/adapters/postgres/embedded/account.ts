/**
 * Which account PostgreSQL runs as. It refuses to run as root, so root lends it another account; everybody else
 * runs it as themselves.
 */
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CannotStart } from './failure.ts'

/** An account to step down to; `undefined` means: as whoever we are. */
export type Account = { name: string; uid: number; gid: number } | undefined

/**
 * The account for the cluster in `folder`. Root uses the owner of a cluster that is already there, else the
 * machine's `postgres`, else `nobody`. Throws CannotStart when root finds neither.
 */
export function accountFor(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { name: nameOf(uid), uid, gid }
  }
  const account = lookUp('postgres') ?? lookUp('nobody')
  if (account) return account
  throw new CannotStart(
    'PostgreSQL will not run as root, and this machine has no account called postgres or nobody. Add one (useradd --system postgres), or start Firstbell as another user.',
  )
}

/** Whether the account can reach `path`: every folder above it lets it through. */
export function canReach(path: string, account: Account): boolean {
  if (!account) return true
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (!letsThrough(folder, account)) return false
    if (folder === dirname(folder)) return true
  }
}

/** Hands a file or folder to the account. */
export function giveTo(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid)
}

function letsThrough(folder: string, { uid, gid }: NonNullable<Account>): boolean {
  const about = statSync(folder)
  const mayEnter = about.uid === uid ? 0o100 : about.gid === gid ? 0o010 : 0o001
  return (about.mode & mayEnter) !== 0
}

const accounts = () =>
  existsSync('/etc/passwd')
    ? readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .map((line) => line.split(':'))
    : []

function lookUp(wanted: string): Account {
  const [name, , uid, gid] = accounts().find(([name]) => name === wanted) ?? []
  return name === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) }
}

const nameOf = (wanted: number) =>
  accounts().find(([, , uid]) => Number(uid) === wanted)?.[0] ?? String(wanted)
