import { globSync } from 'node:fs'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { NEWEST, prepareQueue, queuePool } from './queue.ts'

const { sql, url } = realDatabase()

test('a job asked for in a transaction that fails was never asked for', async () => {
  await prepareQueue(sql, url())
  const failing = sql.begin(async (tx) => {
    await tx`select graphile_worker.add_job('remind')`
    throw new Error('thought better of it')
  })

  await expect(failing).rejects.toThrow('thought better of it')
  await sql.begin((tx) => tx`select graphile_worker.add_job('remind')`)
  expect(await sql`select task_identifier from graphile_worker.jobs`).toEqual([{ task_identifier: 'remind' }])
})

test('the pinned queue brings no migration we do not know of', () => {
  const files = globSync('node_modules/graphile-worker/sql/*.sql').map((file) =>
    Number(file.match(/(\d+)\.sql$/)?.[1]),
  )

  expect(Math.max(...files)).toBe(NEWEST)
})

const shut = (pids: readonly number[]) => sql`
  select pg_terminate_backend(pid) from pg_stat_activity where pid = any(${pids})`

test('a connection that breaks is told of, and the next question is answered', async () => {
  const said: string[] = []
  const pool = queuePool(url(), { atMost: 1, say: (line) => said.push(line) })
  const pid = await pidOf(pool)

  await shut([pid])
  await expect.poll(() => said.join()).toContain('terminating connection')

  expect(await pidOf(pool)).not.toBe(pid)
  await pool.end()
})

test('a server that goes away while the connections close breaks nothing', async () => {
  const said: string[] = []
  const pool = queuePool(url(), { atMost: 2, say: (line) => said.push(line) })
  const pids = await Promise.all([pidOf(pool), pidOf(pool)])

  await Promise.all([pool.end(), shut(pids)])
  pool.emit('error', new Error('terminating connection due to administrator command'))

  expect(said).toEqual([])
})

async function pidOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query('select pg_backend_pid() as pid')
  return rows[0].pid
}
