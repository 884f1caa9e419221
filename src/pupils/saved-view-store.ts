/** The views of the list of pupils that a person keeps by a name: their own, and nobody else's. */
import type { Sql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'

export type SavedView = { view: number; name: string; query: string }

/** Every view of a person, by name. */
export async function savedViewsOf(sql: Sql, person: PersonId): Promise<SavedView[]> {
  return await sql<SavedView[]>`
    select view_id as view, name, query from saved_view where person_id = ${person} order by lower(name), view_id`
}

type NewView = { person: PersonId; name: string; query: string; at: Instant }

/** Keeps a view. Refused where the person has one of that name already. */
export async function saveView(
  sql: Sql,
  { person, name, query, at }: NewView,
): Promise<Result<null, 'name-is-taken'>> {
  const kept = await sql`
    insert into saved_view (person_id, name, query, saved_at) values (${person}, ${name}, ${query}, ${at})
    on conflict (person_id, name) do nothing returning view_id`
  return kept.length === 1 ? ok(null) : refuse('name-is-taken')
}

/** Gives up a view. Nothing happens to one that is another person’s. */
export async function deleteView(
  sql: Sql,
  { person, view }: { person: PersonId; view: number },
): Promise<void> {
  await sql`delete from saved_view where view_id = ${view} and person_id = ${person}`
}
