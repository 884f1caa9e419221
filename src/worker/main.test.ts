import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import type { Job } from './job.ts'
import { startWorker } from './main.ts'

const { sql, url } = realDatabase()

test('a job that was asked for is done once its transaction is', async () => {
  const done: unknown[] = []
  const greetJob: Job = {
    name: 'greet',
    every: '0 4 * * *',
    run: async ({ payload, sql, today }) => {
      const [row] = await sql`select current_database() is not null as answers`
      done.push(payload, row, today.length)
    },
  }
  const worker = await startWorker({ sql, url: url(), jobs: [greetJob] })

  await sql.begin((tx) => tx`select graphile_worker.add_job('greet', '{"whom":"Amara"}')`)
  for (let tries = 0; done.length === 0 && tries < 100; tries++) await sleep(50)
  await worker.stop()

  expect(done).toEqual([{ whom: 'Amara' }, { answers: true }, 10])
})

test('a job that fails is told about, without what was in it', async () => {
  const said: string[] = []
  const failJob: Job = {
    name: 'fail',
    run: async () => {
      throw new Error('the post office is closed')
    },
  }
  const worker = await startWorker({ sql, url: url(), jobs: [failJob], say: (line) => said.push(line) })

  await sql`select graphile_worker.add_job('fail', '{"whom":"Amara"}')`
  for (let tries = 0; said.length === 0 && tries < 100; tries++) await sleep(50)
  await worker.stop()

  expect(said.join()).toContain('the post office is closed')
  expect(said.join()).not.toContain('Amara')
})
