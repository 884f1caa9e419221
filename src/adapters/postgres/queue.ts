/** The job queue, in the same database: any transaction may ask for a job with `graphile_worker.add_job`. */
import { Logger, runMigrations } from 'graphile-worker'
import { Pool } from 'pg'
import type { Sql } from 'postgres'

/**
 * Connections for those who work on the queue, at most so many. `say` hears of a connection that broke; the pool opens
 * another by itself.
 */
export function queuePool(
  url: string,
  { atMost, say }: { atMost: number; say: (line: string) => void },
): Pool {
  // The queue's own pool stops listening while its connections are still closing. A server that goes away in that
  // moment would take the program with it.
  const pool = new Pool({ connectionString: url, max: atMost })
  pool.on('error', ({ message }) => pool.ending || say(`a connection broke: ${message}`))
  // Who holds a connection hears of its end by the question it asked; unheard, the event would end the program.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** Brings the queue's own schema up to date. Does nothing, quickly, when it is. */
export async function prepareQueue(sql: Sql, url: string): Promise<void> {
  if (await isThere(sql)) return
  const pool = queuePool(url, { atMost: 1, say: () => {} })
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => {}) })
  } finally {
    await pool.end()
  }
}

async function isThere(sql: Sql): Promise<boolean> {
  const [row] = await sql`select to_regclass('graphile_worker.migrations') as queue`
  if (row?.['queue'] === null) return false
  const [newest] = await sql`select max(id) as id from graphile_worker.migrations`
  return newest?.['id'] >= NEWEST
}

/** The last migration of the pinned version; a test notices when a new version brings another. */
export const NEWEST = 19
