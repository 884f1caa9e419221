import { globSync } from 'node:fs'
import { expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { NEWEST, prepareQueue } from './queue.ts'

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
