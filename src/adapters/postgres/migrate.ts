/**
 * Brings a database to this version of Firstbell: every file of db/migrations once, in order, forward only.
 * A refusal is a sentence for the person who started the program; a file that fails is a fault.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReservedSql, Sql } from 'postgres'
import { ok, type Result, refuse } from '#ground/result.ts'

export type Migration = { name: string; text: string; sha256: string }
type Applied = { name: string; sha256: string }

// Any number will do, as long as no other program on the same database uses it.
const MIGRATING = 7_203_114

/** The migrations in a folder, in the order they are to run. Throws when two share a number. */
export function migrationsIn(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  names.sort()
  names.forEach(mustBeNumberedOnce)
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
  })
}

function mustBeNumberedOnce(name: string, i: number, names: string[]): void {
  if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) {
    throw new Error(`Migration "${name}" has no number. Expected NNNN-name.sql, as 0001-pupils.sql.`)
  }
  const before = names[i - 1]
  if (before?.slice(0, 4) === name.slice(0, 4)) {
    throw new Error(`Migrations ${before} and ${name} share a number. Give the newer one the next number.`)
  }
}

/**
 * Runs what has not run yet, each file in its own transaction, while holding a lock that makes a second program
 * wait. Gives the names it ran. Refuses a database that this version does not understand.
 */
export async function migrate(sql: Sql, migrations: readonly Migration[]): Promise<Result<string[], string>> {
  const connection = await sql.reserve()
  try {
    await connection`select pg_advisory_lock(${MIGRATING})`
    await connection`
      create table if not exists schema_migration (
        name       text primary key,
        sha256     text not null,
        applied_at timestamptz not null default now()
      )`
    const applied = await connection<Applied[]>`select name, sha256 from schema_migration order by name`
    const refusal = whyNot(migrations, applied)
    if (refusal !== undefined) return refuse(refusal)

    const waiting = migrations.slice(applied.length)
    for (const migration of waiting) await run(connection, migration)
    return ok(waiting.map(({ name }) => name))
  } finally {
    await connection`select pg_advisory_unlock(${MIGRATING})`
    connection.release()
  }
}

/** The names of what has not run yet, or why this database cannot be brought forward. Changes nothing. */
export async function waitingOn(
  sql: Sql,
  migrations: readonly Migration[],
): Promise<Result<string[], string>> {
  const [table] = await sql`select to_regclass('schema_migration') as there`
  const applied =
    table?.['there'] === null
      ? []
      : await sql<Applied[]>`select name, sha256 from schema_migration order by name`
  const refusal = whyNot(migrations, applied)
  if (refusal !== undefined) return refuse(refusal)
  return ok(migrations.slice(applied.length).map(({ name }) => name))
}

/** Why this database cannot be brought forward by these files; nothing when it can. */
export function whyNot(migrations: readonly Migration[], applied: readonly Applied[]): string | undefined {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  const done = new Set(applied.map(({ name }) => name))
  const last = applied.at(-1)?.name ?? ''
  for (const { name, sha256 } of applied) {
    const file = known.get(name)
    if (!file) {
      return `The database has migration ${name}, which this version of Firstbell does not have. Start the version that made it, or a newer one.`
    }
    if (file.sha256 !== sha256) {
      return `Migration ${name} was edited after it ran on this database. Put the file back as it was, and write the change as a new migration.`
    }
  }
  const late = migrations.find(({ name }) => name < last && !done.has(name))
  return late && `Migration ${late.name} comes before ${last}, which has already run. Give it a later number.`
}

async function run(connection: ReservedSql, { name, text, sha256 }: Migration): Promise<void> {
  await connection`begin`
  try {
    await connection.unsafe(text)
    await connection`insert into schema_migration (name, sha256) values (${name}, ${sha256})`
    await connection`commit`
  } catch (cause) {
    await connection`rollback`
    throw new Error(`Migration ${name} failed${whereIn(text, cause)}. The database is as it was before it.`, {
      cause,
    })
  }
}

/** PostgreSQL counts characters; people count lines. */
function whereIn(text: string, cause: unknown): string {
  const { message = '', position } = cause as { message?: string; position?: string }
  if (position === undefined) return `: ${message}`
  const line = text.slice(0, Number(position)).split('\n').length
  return ` at line ${line}: ${message}`
}
