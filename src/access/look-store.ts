/** Who looked at which child, and when. Written before the page is sent: a look that is not on record is not given. */
import type { Sql } from 'postgres'
import type { PersonId, PupilId } from '#ground/ids.ts'
import type { Instant } from '#ground/time.ts'

export type Look = { person: PersonId; page: string; pupils: readonly PupilId[]; now: Instant }

/** Writes one page's look at its pupils, each counted once. */
export async function recordLook(sql: Sql, { person, page, pupils, now }: Look): Promise<void> {
  await sql`
    insert into look (looked_at, person_id, page, pupils)
    values (${now}, ${person}, ${page}, ${[...new Set(pupils)]}::integer[])
  `
}

export type PastLook = { at: Instant; name: string; page: string }

/** Who has looked at a child, the latest first. */
export async function looksAt(
  sql: Sql,
  pupil: PupilId,
  { atMost, before }: { atMost: number; before: Instant },
): Promise<PastLook[]> {
  return await sql<PastLook[]>`
    select looked_at as at, name, page
      from look
      join person using (person_id)
     where pupils @> ${[pupil]}::integer[]
       and looked_at <= ${before}
     order by looked_at desc
     limit ${atMost}
  `
}
