/**
 * The folder in which the embedded database lives, and the cluster in it. A cluster appears whole or not at all:
 * it is made under another name and renamed when ready.
 */
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Account, accountFor, canReach, giveTo } from './account.ts'
import { type Binaries, mustBeOurs } from './binaries.ts'
import { CannotStart } from './failure.ts'

export type Cluster = {
  /** The folder the person chose, or the one that stands in for it. */
  folder: string
  /** PostgreSQL's own folder, named by its version. */
  path: string
  account: Account
}

const CLUSTER = 'pg18'
const SECRET = 'firstbell.secret'
const run = promisify(execFile)

/** Makes `chosen` ready to hold a cluster. When root's account cannot reach it, a folder in /var/tmp stands in. */
export function prepareFolder(chosen: string, say: (line: string) => void): Cluster {
  const folder = resolve(chosen)
  makeFolder(folder)
  const account = accountFor(join(folder, CLUSTER))
  if (canReach(folder, account)) return { folder, path: join(folder, CLUSTER), account }

  const key = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const standIn = `/var/tmp/firstbell-data-${key}`
  makeFolder(standIn)
  mustBeOurs(standIn)
  say(
    `The database lives in ${standIn}, because PostgreSQL (running as ${account?.name}) may not enter ${folder}.`,
  )
  const path = join(standIn, CLUSTER)
  return { folder: standIn, path, account: accountFor(path) }
}

function makeFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o711 })
  if (!statSync(folder).isDirectory()) {
    throw new CannotStart(`${folder} is a file, and the database needs a folder. Choose another with --data.`)
  }
}

/**
 * A question about a whole county takes tens of megabytes and gives them back. On Linux a connection that keeps them for
 * its next question, up to these many bytes, is spared thousands of page faults each time: a twentieth of its work.
 */
const KEEPS_MEMORY = {
  MALLOC_TOP_PAD_: String(32 * 2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(128 * 2 ** 20),
  MALLOC_MMAP_THRESHOLD_: String(32 * 2 ** 20),
}

/** What every program PostgreSQL is made of is started with. */
export const runOptions = ({ account }: Cluster) => ({
  ...(account && { uid: account.uid, gid: account.gid }),
  cwd: '/',
  windowsHide: true,
  // Its messages are read by this program, so they must not be in the language of the machine.
  env: { ...process.env, ...KEEPS_MEMORY, LC_ALL: 'C', LC_MESSAGES: 'C', LANGUAGE: 'C' },
})

/** Makes the cluster when there is none, and says whether it did. One program at a time may call this. */
export async function ensureCluster(
  cluster: Cluster,
  binaries: Binaries,
  durable: boolean,
): Promise<boolean> {
  if (existsSync(join(cluster.path, 'PG_VERSION'))) return false
  removeUnfinished(cluster)
  try {
    await makeCluster(cluster, binaries, durable)
    return true
  } catch (cause) {
    // On a full disk the half-made cluster would be the very thing that fills it.
    removeUnfinished(cluster)
    throw cause
  }
}

function removeUnfinished({ folder }: Cluster): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${CLUSTER}.new`)) rmSync(join(folder, name), { recursive: true })
  }
}

async function makeCluster(cluster: Cluster, binaries: Binaries, durable: boolean): Promise<void> {
  const unfinished = `${cluster.path}.new`
  const passwordFile = `${unfinished}-password`
  mkdirSync(unfinished, { mode: 0o700 })
  giveTo(unfinished, cluster.account)
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  giveTo(passwordFile, cluster.account)
  const words = [
    ['-D', unfinished, '-U', 'postgres', '--auth=scram-sha-256', '--pwfile', passwordFile],
    ['-E', 'UTF8', '--locale-provider=icu', '--icu-locale=en-GB', '--locale=C', '--no-instructions'],
    durable ? [] : ['--no-sync'],
  ]
  await run(binaries.initdb, words.flat(), runOptions(cluster))
  renameSync(passwordFile, join(unfinished, SECRET))
  renameSync(unfinished, cluster.path)
}

/** The password of the cluster's only account, known to nobody but this machine. */
export const passwordOf = ({ path }: Cluster): string => readFileSync(join(path, SECRET), 'utf8')
