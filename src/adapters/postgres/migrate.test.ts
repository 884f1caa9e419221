import { expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { type Migration, migrate, migrationsIn, whyNot } from './migrate.ts'

const { sql } = realDatabase()

const migration = (name: string, text: string, sha256 = text): Migration => ({ name, text, sha256 })
const already = migrationsIn('db/migrations')
const apples = migration(
  '9001-apples.sql',
  'create table apple (name text); insert into apple values ($$Cox$$);',
)
const pears = migration('9002-pears.sql', 'create table pear (name text)')

test('runs what has not run yet, in order, once', async () => {
  expect(await migrate(sql, [...already, apples])).toEqual({ ok: true, value: ['9001-apples.sql'] })
  expect(await migrate(sql, [...already, apples])).toEqual({ ok: true, value: [] })
  expect(await sql`select name from apple`).toEqual([{ name: 'Cox' }])
})

test('a migration that fails half-way leaves nothing, and names the line', async () => {
  const torn = migration('9002-torn.sql', 'create table plum (name text);\n\nselect nothing from nowhere;\n')

  await expect(migrate(sql, [...already, apples, torn])).rejects.toThrow(
    /^Migration 9002-torn\.sql failed at line 3: relation "nowhere" does not exist\./,
  )
  expect(await sql`select to_regclass('plum') as plum`).toEqual([{ plum: null }])
})

test('two programs that start at once run each migration once', async () => {
  const both = await Promise.all([
    migrate(sql, [...already, apples, pears]),
    migrate(sql, [...already, apples, pears]),
  ])

  expect(both.flatMap((done) => (done.ok ? done.value : [done.refusal]))).toEqual(['9002-pears.sql'])
})

test('an edited migration is refused, saying which', async () => {
  const edited = migration(apples.name, `${apples.text} -- and more`)

  const refused = await migrate(sql, [...already, edited, pears])

  expect(refused).toEqual({
    ok: false,
    refusal:
      'Migration 9001-apples.sql was edited after it ran on this database. Put the file back as it was, and write the change as a new migration.',
  })
})

test('a database from a newer version, and a migration that comes too late, are refused', () => {
  expect(whyNot([apples], [apples, pears])).toContain(
    '9002-pears.sql, which this version of Firstbell does not have',
  )
  expect(whyNot([apples, pears], [pears])).toBe(
    'Migration 9001-apples.sql comes before 9002-pears.sql, which has already run. Give it a later number.',
  )
  expect(whyNot([apples, pears], [apples])).toBeUndefined()
})
