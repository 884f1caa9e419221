/** Puts the job queue into a database, so that any transaction may ask for a job with `graphile_worker.add_job`. */
import { Logger, runMigrations } from 'graphile-worker'
import type { Sql } from 'postgres'

/** Brings the queue's own schema up to date. Does nothing, quickly, when it is. */
export async function prepareQueue(sql: Sql, url: string): Promise<void> {
  if (await isThere(sql)) return
  await runMigrations({ connectionString: url, logger: new Logger(() => () => {}) })
}

async function isThere(sql: Sql): Promise<boolean> {
  const [row] = await sql`select to_regclass('graphile_worker.migrations') as queue`
  if (row?.['queue'] === null) return false
  const [newest] = await sql`select max(id) as id from graphile_worker.migrations`
  return newest?.['id'] >= NEWEST
}

/** The last migration of the pinned version; a test notices when a new version brings another. */
export const NEWEST = 19
