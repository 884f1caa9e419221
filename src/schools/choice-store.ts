/** Schools to choose from in a form. */
import type { Sql } from 'postgres'
import type { SchoolId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'

/** Every school on the register on a day, by name. */
export async function schoolChoices(
  sql: Sql,
  { on, knownAt }: AsAt,
): Promise<{ school: SchoolId; name: string }[]> {
  const revision = await revisionKnownAt(sql, knownAt)
  return await sql<{ school: SchoolId; name: string }[]>`
    select school_id as school, name from school_particulars
     where known @> ${revision}::bigint and valid @> ${on}::date order by name`
}
