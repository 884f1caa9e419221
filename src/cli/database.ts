/**
 * Opens the database a command is about: the one DATABASE_URL names, else the embedded one. The embedded one is
 * always brought up to date; somebody else's only when asked to.
 */
import { join, resolve } from 'node:path'
import type { Sql } from 'postgres'
import { connect, serverVersion } from '#adapters/postgres/connect.ts'
import { CannotStart, startEmbedded } from '#adapters/postgres/embedded.ts'
import { migrate, migrationsIn, waitingOn } from '#adapters/postgres/migrate.ts'
import { prepareQueue } from '#adapters/postgres/queue.ts'

export type Database = {
  sql: Sql
  url: string
  /** Where Firstbell keeps files beside the database: the map. */
  folder: string
  migrated: readonly string[]
  close: () => Promise<void>
}

export type Wanted = {
  /** What --data said. */
  data?: string | undefined
  environment: Readonly<Record<string, string | undefined>>
  /** Whether to bring even a database of somebody else's up to date. */
  migrating: boolean
  say: (line: string) => void
}

const checkout = resolve(import.meta.dirname, '../..')
const OLDEST = 16

/** The database, ready to be asked. Throws CannotStart with a sentence for the person at the keyboard. */
export async function openDatabase(wanted: Wanted): Promise<Database> {
  const { url, leave } = await locate(wanted)
  const sql = connect(url)
  const close = async () => {
    await sql.end({ timeout: 5 })
    await leave()
  }
  try {
    await mustAnswer(sql, url)
    const migrated = await bringUpToDate(sql, wanted)
    if (migrated.length > 0 || wanted.migrating) await prepareQueue(sql, url)
    return { sql, url, folder: folderOf(wanted), migrated, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

const folderOf = ({ data, environment }: Pick<Wanted, 'data' | 'environment'>): string =>
  data ?? (environment['FIRSTBELL_DATA'] || join(checkout, '.firstbell'))

type Located = { url: string; leave: () => Promise<void> }

async function locate({ data, environment, say }: Wanted): Promise<Located> {
  const url = environment['DATABASE_URL']
  if (url && data !== undefined) {
    throw new CannotStart('Both --data and DATABASE_URL name a database. Leave one of them out.')
  }
  if (url) return { url, leave: async () => {} }
  if (environment['NODE_ENV'] === 'production') {
    throw new CannotStart(
      'NODE_ENV is production and DATABASE_URL is not set. Set it to your PostgreSQL 16 or later: the embedded database is for trying Firstbell, not for relying on it.',
    )
  }
  const embedded = await startEmbedded({ folder: folderOf({ data, environment }), say })
  return { url: embedded.url, leave: embedded.stop }
}

async function mustAnswer(sql: Sql, url: string): Promise<void> {
  const version = await serverVersion(sql).catch((cause) => {
    throw new CannotStart(`The database at ${placeOf(url)} did not answer: ${(cause as Error).message}.`, {
      cause,
    })
  })
  if (version < OLDEST) {
    throw new CannotStart(
      `PostgreSQL at ${placeOf(url)} is version ${version}. Firstbell needs ${OLDEST} or later.`,
    )
  }
}

/** A URL holds a password, which belongs in no message. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL (which is not a URL)'
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

async function bringUpToDate(sql: Sql, { environment, migrating }: Wanted): Promise<readonly string[]> {
  const migrations = migrationsIn(join(checkout, 'db/migrations'))
  if (environment['DATABASE_URL'] && !migrating) {
    const waiting = await waitingOn(sql, migrations)
    if (!waiting.ok) throw new CannotStart(waiting.refusal)
    if (waiting.value.length === 0) return []
    throw new CannotStart(
      `The database is ${waiting.value.length} migrations behind this version of Firstbell. Run firstbell migrate.`,
    )
  }
  const migrated = await migrate(sql, migrations)
  if (!migrated.ok) throw new CannotStart(migrated.refusal)
  return migrated.value
}
