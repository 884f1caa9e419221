import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'

const { sql, url } = realDatabase()

const firstbell = (words: string[], environment: Record<string, string> = {}) => {
  const { DATABASE_URL: _, NODE_ENV: __, ...ours } = process.env
  const { status, stdout, stderr } = spawnSync('bin/firstbell', words, {
    encoding: 'utf8',
    env: { ...ours, ...environment },
  })
  return { status, stdout: stdout.trim(), stderr: stderr.trim() }
}

test('a database that is up to date stays as it is, and says so', async () => {
  expect(firstbell(['migrate'], { DATABASE_URL: url() })).toEqual({
    status: 0,
    stdout: 'The database is up to date.',
    stderr: '',
  })
  expect(firstbell(['migrate', '--json'], { DATABASE_URL: url() }).stdout).toBe('{\n  "migrated": []\n}')
  expect(await sql`select to_regclass('graphile_worker.migrations') is not null as queue`).toEqual([
    { queue: true },
  ])
})

test('a word nobody knows is 2, a list of commands is 0', () => {
  const mistyped = firstbell(['sitrap'])

  expect(mistyped.status).toBe(2)
  expect(mistyped.stderr).toContain("unknown command 'sitrap'")
  expect(firstbell(['--help']).status).toBe(0)
})

test('in production the embedded database is refused', () => {
  const { status, stderr } = firstbell(['migrate'], { NODE_ENV: 'production' })

  expect(status).toBe(1)
  expect(stderr).toMatch(/^NODE_ENV is production and DATABASE_URL is not set\. Set it to your PostgreSQL/)
})

test('a database that does not answer is named, without its password', () => {
  const { status, stderr } = firstbell(['migrate'], {
    DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/county',
  })

  expect(status).toBe(1)
  expect(stderr).toMatch(/^The database at 127\.0\.0\.1:1\/county did not answer: /)
  expect(stderr).not.toContain('secret')
})

test('two databases named at once is one too many', () => {
  const { stderr } = firstbell(['migrate', '--data', 'somewhere'], { DATABASE_URL: url() })

  expect(stderr).toBe('Both --data and DATABASE_URL name a database. Leave one of them out.')
})
