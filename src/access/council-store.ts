/** Whose database this is. */
import type { Sql } from 'postgres'
import { ok, type Result, refuse } from '#ground/result.ts'

/**
 * Names the council whose children these are, and makes the database a live one for good. A live one may be named anew.
 * Refused for the database of a demonstration, which holds people who do not exist.
 */
export async function nameCouncil(sql: Sql, name: string): Promise<Result<null, { demonstration: string }>> {
  const [named] = await sql`
    insert into installation (kind, name) values ('live', ${name})
    on conflict (one) do update set name = excluded.name where installation.kind = 'live'
    returning 1`
  if (named) return ok(null)
  const [row] = await sql<{ name: string }[]>`select name from installation`
  return refuse({ demonstration: row?.name ?? '' })
}
