import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { connect } from './connect.ts'

const { sql, url } = realDatabase()

/** Programs that lose the connection of a transaction, by when: each says what it caught, and whether it can still ask. */
const LOSING = {
  'in the middle of a question': 'await tx`select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)`',
  'between two questions': `
    const [{ pid }] = await tx\`select pg_backend_pid() as pid\`
    await sql\`select pg_terminate_backend(\${pid})\`
    await new Promise((done) => setTimeout(done, 300))
    await tx\`select 1\``,
  'after the last question': `
    const [{ pid }] = await tx\`select pg_backend_pid() as pid\`
    await sql\`select pg_terminate_backend(\${pid})\`
    await new Promise((done) => setTimeout(done, 300))`,
  'where the work goes on regardless': `
    await tx\`select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)\`.catch(() => {})
    await tx\`select 1\`.catch(() => {})
    await tx\`select 2\``,
  'within a savepoint':
    'await tx.savepoint((inner) => inner`select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)`)',
  'by the time it may be idle': `
    await tx\`set local idle_in_transaction_session_timeout = 50\`
    await new Promise((done) => setTimeout(done, 400))`,
}

async function programLosing(
  opening: string,
  losing: string,
): Promise<{ said: string; code: number | null }> {
  const script = `
    ${opening}
    await sql.begin(async (tx) => { ${losing} }).then(() => console.log('kept'), ({ code }) => console.log('refused', code))
    await new Promise((done) => setTimeout(done, 100))
    console.log((await sql\`select 'still here' as says\`)[0].says)
    await sql.end({ timeout: 1 })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (more: Buffer) => {
    said += more
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { said: said.trim().replaceAll('\n', ', '), code }
}

const ours = () => `import { connect } from '#adapters/postgres/connect.ts'; const sql = connect('${url()}')`
const theirs = () => `import postgres from 'postgres'; const sql = postgres('${url()}')`

test.each(Object.entries(LOSING))(
  'a connection that dies in a transaction, %s, ends the transaction alone',
  {
    timeout: 30_000,
  },
  async (_when, losing) => {
    const { said, code } = await programLosing(ours(), losing)
    expect(said).toMatch(/^refused (57P01|CONNECTION_CLOSED|25P03), still here$/)
    expect(code).toBe(0)
  },
)

test('the library by itself still ends the program: once this fails, outlive-loss.ts can go', {
  timeout: 30_000,
}, async () => {
  const { said, code } = await programLosing(theirs(), LOSING['in the middle of a question'])
  expect(said).not.toContain('still here')
  expect(code).not.toBe(0)
})

test('what is not a lost connection is rolled back, a savepoint by itself, and says what it did', async () => {
  await sql`create table tried (n integer)`
  await expect(
    sql.begin(async (tx) => {
      await tx`insert into tried values (1)`
      throw Object.assign(new Error('no such file'), { syscall: 'open' })
    }),
  ).rejects.toThrow('no such file')
  await expect(sql.begin((tx) => tx`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  const kept = await sql.begin('isolation level serializable', async (tx) => {
    await tx`insert into tried values (2)`
    const failed = tx.savepoint(async (inner) => {
      await inner`insert into tried values (3)`
      await inner`select 1 / 0`
    })
    await expect(failed).rejects.toMatchObject({ code: '22012' })
    return await tx`select current_setting('transaction_isolation') as level, n from tried`
  })
  expect(kept).toEqual([{ level: 'serializable', n: 2 }])
  expect(await sql.begin((tx) => [tx`select 1 as n`, tx`select 2 as n`])).toEqual([[{ n: 1 }], [{ n: 2 }]])
})

test('after a lost connection the pool opens another, which may refuse its first question with the old error', async () => {
  const line = connect(url(), { atMost: 1 })
  const lost = line.begin((tx) => tx`select pg_terminate_backend(pg_backend_pid()), pg_sleep(5)`)
  await expect(lost).rejects.toMatchObject({ code: expect.stringMatching(/^(57P01|CONNECTION_CLOSED)$/) })
  await line`select 1 as n`.catch(({ code }) => expect(code).toBe('57P01'))
  expect(await line`select 1 as n`).toEqual([{ n: 1 }])
  expect(await line.begin((tx) => tx`select 2 as n`)).toEqual([{ n: 2 }])
  await line.end({ timeout: 1 })
})
