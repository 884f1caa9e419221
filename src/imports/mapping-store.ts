/** The mappings people made by hand: kept, and used for every file with the same headings. */
import type { Sql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import type { Instant } from '#ground/time.ts'
import type { KeptMapping } from './mapping.ts'

/** The latest mapping for each set of headings. */
export async function keptMappings(sql: Sql): Promise<KeptMapping[]> {
  return await sql<KeptMapping[]>`
    select distinct on (headings) headings, kind, columns from import_mapping order by headings, mapping_id desc`
}

/** Keeps a mapping: from now on it is the one for these headings. */
export async function keepMapping(
  sql: Sql,
  { headings, kind, columns }: KeptMapping,
  { by, at }: { by: PersonId; at: Instant },
): Promise<void> {
  await sql`
    insert into import_mapping (headings, kind, columns, person_id, kept_at)
    values (${[...headings]}, ${kind}, ${sql.json(columns as never)}, ${by}, ${at})`
}
