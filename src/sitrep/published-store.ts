/**
 * Published reports: the bytes as they were, the cut they stand on, and every check that the same cut still gives the
 * same bytes. Commentary is words beside the figures and is no part of the bytes.
 */
import { createHash } from 'node:crypto'
import type { Sql } from 'postgres'
import { acceptancesOpen } from '#changeover/acceptance-store'
import type { AsAt, Instant, PlainDate } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import { cohortsKnownAt } from './cohort-store.ts'
import { type Counting, reportAt } from './report-store.ts'
import { acceptedCountedBy, DEFINITIONS, definitionsKnown, type Report } from './sitrep.ts'
import { cutAt, weekdayBefore } from './store.ts'

export type Published = {
  id: number
  title: string
  on: PlainDate
  knownAt: Instant
  revision: number
  since: AsAt
  cohort: string | null
  definitions: string
  sha256: string
  commentary: string
  by: string
  publishedAt: Instant
  /** What the last check found; nothing before the first. */
  outcome: Outcome | null
  checkedAt: Instant | null
}

export type Outcome = 'same' | 'differs' | 'other-definitions'

export type Publishing = {
  asAt: AsAt
  since?: AsAt | undefined
  cohort?: string | undefined
  title: string
  commentary: string
  author: Author
}

/** Freezes the report of a cut. Gives its number. Throws for a cohort that is not known at the cut. */
export async function publishReport(
  sql: Sql,
  { asAt, since, cohort, title, commentary, author }: Publishing,
  counting: Counting = {},
): Promise<number> {
  const cut = await cutAt(sql, { on: asAt.on, knownAt: await asKept(sql, asAt.knownAt) })
  const before = since ?? weekdayBefore(cut)
  const compared = { on: before.on, knownAt: await asKept(sql, before.knownAt) }
  const bytes = bytesOf(await reportAt(sql, cut, { since: compared, cohort, ...counting }))
  const frozen = (await cohortsKnownAt(sql, cut.revision)).find(({ name }) => name === cohort)
  const [made] = await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const rows = await tx<{ id: number }[]>`
      insert into published_report
             (title, on_day, known_at, cut, since_day, since_known_at, cohort_id, definitions, sha256, commentary)
      values (${title}, ${cut.on}, ${cut.knownAt}, ${cut.revision}, ${compared.on}, ${compared.knownAt},
              ${frozen?.id ?? null}, ${DEFINITIONS}, ${hashOf(bytes)}, ${commentary})
      returning report_id as id`
    await tx`insert into published_bytes (report_id, bytes) values (${rows[0]?.id ?? 0}, ${bytes})`
    return rows
  })
  return made?.id ?? 0
}

/** A moment to the microsecond, as the database keeps it: what is computed again must be told the same. */
async function asKept(sql: Sql, moment: Instant): Promise<Instant> {
  const [row] = await sql<{ moment: Instant }[]>`select ${moment}::timestamptz as moment`
  return row?.moment ?? moment
}

/** A report as it is kept and hashed: the documented JSON, one line. */
const bytesOf = (report: Report): Buffer => Buffer.from(`${JSON.stringify(report)}\n`)
const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Every published report, or one of them, the latest first. */
export async function publishedReports(sql: Sql, id?: number): Promise<Published[]> {
  const rows = await sql<(Omit<Published, 'since'> & { sinceOn: PlainDate; sinceKnownAt: Instant })[]>`
    select p.report_id as id, p.title, p.on_day as on, p.known_at as "knownAt", p.cut as revision,
           p.since_day as "sinceOn", p.since_known_at as "sinceKnownAt", c.name as cohort, p.definitions,
           encode(p.sha256, 'hex') as sha256, p.commentary, who.name as by, r.recorded_at as "publishedAt",
           checked.outcome, checked.checked_at as "checkedAt"
      from published_report p
      join revision r using (revision)
      join person who using (person_id)
      left join cohort c using (cohort_id)
      left join lateral (select outcome, checked_at from published_check k
                          where k.report_id = p.report_id order by check_id desc limit 1) checked on true
     where ${id === undefined ? sql`true` : sql`p.report_id = ${id}`}
     order by p.report_id desc`
  return rows.map(({ sinceOn, sinceKnownAt, ...row }) => ({
    ...row,
    since: { on: sinceOn, knownAt: sinceKnownAt },
  }))
}

/** The bytes of a published report; nothing where there is none. */
export async function publishedBytes(sql: Sql, id: number): Promise<Uint8Array | undefined> {
  const [row] = await sql<{ bytes: Uint8Array }[]>`select bytes from published_bytes where report_id = ${id}`
  return row?.bytes
}

/**
 * The report of a published cut, computed again by its own definitions; nothing where this version knows them not. Of
 * definitions by which reports have been made in two ways it is the way that gives what was published, or the last.
 */
export async function recomputed(
  sql: Sql,
  { on, knownAt, revision, since, cohort, definitions: by, sha256 }: Published,
): Promise<Buffer | undefined> {
  const definitions = definitionsKnown.find((known) => known === by)
  if (!definitions) return undefined
  const cut = { on, knownAt, revision }
  const report = await reportAt(sql, cut, { since, cohort: cohort ?? undefined, definitions })
  const [, ...later] = acceptedCountedBy[definitions]
  let again = bytesOf(report)
  for (const counted of later) {
    if (hashOf(again).toString('hex') === sha256) break
    again = bytesOf({ ...report, accepted: await acceptancesOpen(sql, cut, counted) })
  }
  return again
}

/**
 * Computes one published report again, compares it with what is kept, byte by byte, and keeps what came of it. A
 * report of definitions this version does not know cannot be made again by it: that is said, and is no alarm.
 */
export async function checkPublished(sql: Sql, published: Published, now: Instant): Promise<Outcome> {
  const { id, sha256 } = published
  const again = await recomputed(sql, published)
  if (!again) return await keepCheck(sql, { id, outcome: 'other-definitions', now })
  const kept = await publishedBytes(sql, id)
  const found = hashOf(again)
  const same = kept !== undefined && again.equals(kept) && found.toString('hex') === sha256
  return await keepCheck(sql, { id, outcome: same ? 'same' : 'differs', now, found })
}

type Check = { id: number; outcome: Outcome; now: Instant; found?: Buffer }

async function keepCheck(sql: Sql, { id, outcome, now, found }: Check): Promise<Outcome> {
  await sql`
    insert into published_check (report_id, checked_at, outcome, sha256)
    values (${id}, ${now}, ${outcome}, ${found ?? null})`
  return outcome
}

/** The published reports whose last check found other bytes than were published. */
export async function differingReports(sql: Sql): Promise<Published[]> {
  return (await publishedReports(sql)).filter(({ outcome }) => outcome === 'differs')
}
