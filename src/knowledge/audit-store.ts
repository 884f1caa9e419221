/** Who changed what, when and why; and whether the chain of it still verifies. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { ListQuestion } from '#ground/list-question.ts'
import type { Instant } from '#ground/time.ts'

export const revisionSorts = ['when', 'entries'] as const

export type RevisionRow = {
  revision: number
  at: Instant
  by: string
  reason: string
  request: string
  entries: number
  hash: string
}

/** One page of the revisions sealed by a moment, and how many there are. */
export async function revisionsUntil(
  sql: Sql,
  knownAt: Instant,
  question: ListQuestion,
): Promise<{ rows: RevisionRow[]; count: number }> {
  const words = `%${question.search.replace(/[\\%_]/g, '\\$&')}%`
  const { person = '' } = question.chosen
  const rows = await sql<(RevisionRow & { count: number })[]>`
    select r.revision, r.recorded_at as at, p.name as by, r.reason, r.request, r.entries,
           encode(r.hash, 'hex') as hash, count(*) over ()::integer as count
      from revision r join person p using (person_id)
     where r.hash is not null and r.recorded_at <= ${knownAt}::timestamptz
       and (r.reason || ' ' || p.name || ' ' || r.request) ilike ${words}
       and ${person === '' ? sql`true` : sql`r.person_id = ${Number(person) || 0}`}
     order by ${question.by === 'entries' ? sql`r.entries` : sql`r.revision`} ${question.descending ? sql`desc` : sql`asc`}, r.revision desc
     limit ${question.limit} offset ${question.offset}`
  return { rows, count: rows[0]?.count ?? 0 }
}

export type AuditEntry = {
  entry: number
  table: string
  operation: string
  row: number
  pupil: PupilId | null
  image: string | null
}
export type RevisionRecord = RevisionRow & { listed: AuditEntry[] }

const AT_MOST = 500

/** A revision with its entries, the first five hundred; nothing for one that was never sealed. */
export async function revisionNumbered(sql: Sql, revision: number): Promise<RevisionRecord | undefined> {
  const [row] = await sql<RevisionRow[]>`
    select r.revision, r.recorded_at as at, p.name as by, r.reason, r.request, r.entries, encode(r.hash, 'hex') as hash
      from revision r join person p using (person_id) where r.revision = ${revision} and r.hash is not null`
  if (!row) return undefined
  const listed = await sql<AuditEntry[]>`
    select entry, table_name as table, operation, row_key as row, pupil_id as pupil, image
      from audit_entry where revision = ${revision} order by entry limit ${AT_MOST}`
  return { ...row, listed }
}

export type Verified = { revisions: number; firstBad: number | null; head: string }

/** Recomputes every hash of the chain from what is stored. */
export async function verifyAudit(sql: Sql): Promise<Verified> {
  const [row] = await sql<Verified[]>`
    select revisions, first_bad as "firstBad", encode(head, 'hex') as head from verify_audit()`
  return row ?? { revisions: 0, firstBad: null, head: '' }
}

/** Everybody who ever recorded anything, by name. */
export async function recorders(sql: Sql): Promise<{ person: number; name: string }[]> {
  return await sql<{ person: number; name: string }[]>`
    select distinct person_id as person, name from revision join person using (person_id) order by name`
}
