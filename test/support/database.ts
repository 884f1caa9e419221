import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import { connect } from '#adapters/postgres/connect.ts'
import { migrate, migrationsIn } from '#adapters/postgres/migrate.ts'
import { NEWEST, prepareQueue } from '#adapters/postgres/queue.ts'
import { type TestServer, testServer } from './server.ts'

type RealDatabase = {
  sql: Sql
  inTransaction: <T>(work: (tx: TransactionSql) => Promise<T>) => Promise<T>
  /** Where the database is, for a program started by a test. */
  url: () => string
}

let made = 0

/**
 * A real database for one test file, migrated and empty, dropped at the end. Call it once, at the top of the file.
 * The migrations run once for each version of them: every database is a copy of the first.
 */
export function realDatabase(): RealDatabase {
  const name = `test_${process.pid}_${process.hrtime.bigint().toString(36)}_${made++}`
  let server: TestServer | undefined
  let sql: Sql | undefined

  const opened = () => {
    if (!sql) throw new Error('The database of a test file is there once its first test runs, not before.')
    return sql
  }

  beforeAll(async () => {
    server = await testServer()
    await withAdmin(server, async (admin) => {
      const template = await templateOn(admin, server as TestServer)
      await admin`create database ${admin(name)} template ${admin(template)} strategy file_copy`
    })
    sql = connect(server.urlOf(name), { atMost: 8, name })
  })

  afterAll(async () => {
    await sql?.end()
    if (server) await withAdmin(server, (admin) => dropDatabase(admin, name))
    server?.leave()
  })

  return {
    sql: whenOpened(opened),
    inTransaction: (work) => opened().begin(work) as ReturnType<typeof work>,
    url: () => server?.urlOf(name) ?? '',
  }
}

/** `const { sql } = realDatabase()` is written before the database exists; its first use comes after. */
function whenOpened(opened: () => Sql): Sql {
  const nothing = () => {}
  return new Proxy(nothing as unknown as Sql, {
    apply: (_target, _this, words) => Reflect.apply(opened(), undefined, words),
    get: (_target, property) => Reflect.get(opened(), property),
  })
}

/**
 * A worker that has stopped may still be closing its connections, and no longer listens for what goes wrong with them:
 * PostgreSQL waits five seconds for whoever is about to leave, and only who stays after that is thrown out.
 */
async function dropDatabase(admin: Sql, name: string): Promise<void> {
  try {
    await admin`drop database if exists ${admin(name)}`
  } catch {
    await admin`drop database if exists ${admin(name)} with (force)`
  }
}

async function withAdmin(server: TestServer, work: (admin: Sql) => Promise<unknown>): Promise<void> {
  const admin = connect(server.urlOf('postgres'), { atMost: 1, name: 'firstbell tests' })
  try {
    await work(admin)
  } finally {
    await admin.end()
  }
}

// Any number the migration runner does not use.
const MAKING_TEMPLATE = 7_203_115

/** The migrated database the others are copied from, made by whoever comes first. */
async function templateOn(admin: Sql, server: TestServer): Promise<string> {
  const migrations = migrationsIn('db/migrations')
  const parts = [`queue ${NEWEST}`, ...migrations.map(({ name, sha256 }) => name + sha256)]
  const version = createHash('sha256').update(parts.join())
  const template = `template_${version.digest('hex').slice(0, 16)}`
  const there = async () => (await admin`select 1 from pg_database where datname = ${template}`).length > 0
  if (await there()) return template

  await admin`select pg_advisory_lock(${MAKING_TEMPLATE})`
  if (!(await there())) {
    const unfinished = `${template}_unfinished`
    await admin`drop database if exists ${admin(unfinished)}`
    await admin`create database ${admin(unfinished)}`
    const sql = connect(server.urlOf(unfinished), { atMost: 1 })
    try {
      const migrated = await migrate(sql, migrations)
      if (!migrated.ok) throw new Error(migrated.refusal)
      await prepareQueue(sql, server.urlOf(unfinished))
    } finally {
      await sql.end()
    }
    await admin`alter database ${admin(unfinished)} rename to ${admin(template)}`
  }
  await admin`select pg_advisory_unlock(${MAKING_TEMPLATE})`
  return template
}
