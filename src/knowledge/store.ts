/** States, withdraws and looks back at facts. Everything written here belongs to the revision that is open. */
import type { PendingQuery, Row, Sql, TransactionSql } from 'postgres'
import type {
  CarerId,
  ContractId,
  CrewId,
  OperatorId,
  PersonId,
  PupilId,
  RouteId,
  SchoolId,
  VehicleId,
} from '#ground/ids.ts'
import type { AsAt, Instant, PlainDate } from '#ground/time.ts'

/** Days as PostgreSQL writes them: from the first, to before `until`, or without an end. */
export const span = (from: PlainDate, until: PlainDate | null): string => `[${from},${until ?? ''})`

/** A row of a table of facts, by its column names, without `fact_id` and `known`; `valid` as `span` gives it. */
export type Fact = Readonly<Record<string, unknown>> & { valid: string }

/**
 * States a fact inside the open revision: what was believed of the same subject on those days is closed, the parts
 * outside them are kept. Gives the number of the new fact.
 */
export async function stateFact(tx: TransactionSql, table: string, fact: Fact): Promise<number> {
  const [row] = await tx<{ id: number }[]>`
    select state_fact(${table}::regclass, ${tx.json(fact as never)}) as id`
  return row?.id ?? 0
}

/** Ends what is believed of a subject on some days. Gives how many beliefs were closed. */
export async function withdrawFact(tx: TransactionSql, table: string, subject: Fact): Promise<number> {
  const [row] = await tx<{ closed: number }[]>`
    select withdraw_fact(${table}::regclass, ${tx.json(subject as never)}) as closed`
  return row?.closed ?? 0
}

/** What may be born: an identity of its own, whose facts are stated about it. */
export type Born = {
  pupil: PupilId
  carer: CarerId
  school: SchoolId
  operator: OperatorId
  vehicle: VehicleId
  crew: CrewId
  contract: ContractId
  route: RouteId
}

/** Gives a new pupil, school, contract… its number, inside the open revision. */
export async function bear<K extends keyof Born>(tx: TransactionSql, kind: K): Promise<Born[K]> {
  const table: string = kind
  const [row] = await tx<{ id: number }[]>`
    insert into ${tx(table)} default values returning ${tx(`${table}_id`)} as id`
  return row?.id as Born[K]
}

/** Facts about one subject: the rows of a table whose column is the number. */
export type FactsOf = { table: string; key: Readonly<Record<string, number>> }

/** Somebody else's change to what was on a person's screen. */
export type Overtaken = { by: string; at: Instant; reason: string }

/**
 * The last change others made to these facts after revision `seen`, the one a person had before their eyes; nothing
 * when there was none. Asked inside the open revision, where writers wait for one another, so none can slip between.
 */
export async function overtakenSince(
  tx: TransactionSql,
  seen: number,
  subjects: readonly FactsOf[],
): Promise<Overtaken | undefined> {
  const found = await ofEach(
    subjects,
    async ({ table, column, id }) =>
      await tx<(Overtaken & { revision: number })[]>`
      select r.revision, p.name as by, r.recorded_at as at, r.reason
        from ${tx(table)} f
        join revision r on r.revision in (lower(f.known), upper(f.known))
        join person p on p.person_id = r.person_id
       where f.${tx(column)} = ${id} and r.revision > ${seen} and r.revision <> current_revision()
       order by r.revision desc limit 1`,
  )
  return found.sort((a, b) => b.revision - a.revision)[0]
}

/** The last day after `today` on which one of these facts is known to change; nothing where none does. */
export async function lastChangeAhead(
  sql: Sql,
  subjects: readonly FactsOf[],
  { today, revision }: { today: PlainDate; revision: number },
): Promise<PlainDate | undefined> {
  const latest = await ofEach(
    subjects,
    async ({ table, column, id }) =>
      await sql<{ day: PlainDate | null }[]>`
      select max(lower(f.valid)) as day from ${sql(table)} f
       where f.${sql(column)} = ${id} and f.known @> ${revision}::bigint and lower(f.valid) > ${today}::date`,
  )
  return latest
    .flatMap(({ day }) => day ?? [])
    .sort()
    .at(-1)
}

/** What was to begin after `today`, and the open revision has closed: the days from which it was to hold, the first first. */
export async function closedAhead(
  tx: TransactionSql,
  subjects: readonly FactsOf[],
  today: PlainDate,
): Promise<PlainDate[]> {
  const closed = await ofEach(
    subjects,
    async ({ table, column, id }) =>
      await tx<{ day: PlainDate }[]>`
      select distinct lower(f.valid) as day from ${tx(table)} f
       where f.${tx(column)} = ${id} and upper(f.known) = current_revision() and lower(f.valid) > ${today}::date`,
  )
  return [...new Set(closed.map(({ day }) => day))].sort()
}

/** What is asked of each subject's facts, one subject after another, together. */
async function ofEach<Row>(
  subjects: readonly FactsOf[],
  ask: (facts: { table: string; column: string; id: number }) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const { table, key } of subjects) {
    const [column = '', id = 0] = Object.entries(key)[0] ?? []
    rows.push(...(await ask({ table, column, id })))
  }
  return rows
}

/** The last revision sealed by a moment. A moment yet to come means now. */
export async function revisionKnownAt(sql: Sql, moment: Instant): Promise<number> {
  const [row] = await sql<{ revision: number }[]>`
    select revision_known_at(least(${moment}::timestamptz, clock_timestamp())) as revision`
  return row?.revision ?? 0
}

/** The last revision there is, and a moment by which it is known: `now`, or its own where another machine's clock is ahead. */
export async function latestRevision(
  sql: Sql,
  now: Instant,
): Promise<{ revision: number; knownAt: Instant }> {
  const [row] = await sql<{ revision: number; knownAt: Instant }[]>`
    select revision, greatest(recorded_at, ${now}::timestamptz) as "knownAt" from knowledge_clock`
  return row ?? { revision: 0, knownAt: now }
}

/** The moment at which a revision was sealed: whoever asks as known at it sees that revision and none after it. */
export async function sealedAt(sql: Sql, revision: number): Promise<Instant | undefined> {
  const [row] = await sql<{ at: Instant }[]>`
    select recorded_at as at from revision where revision = ${revision}`
  return row?.at
}

/** A cut through both clocks: a day, and the last revision sealed by a moment. */
export type Cut = {
  revision: number
  /** The condition that the fact under a table's alias held on the day, as was believed then. */
  held: (alias: string) => PendingQuery<Row[]>
}

/** The cut of a day and a moment, for the queries of a page. */
export async function cutAsAt(sql: Sql, { on, knownAt }: AsAt): Promise<Cut> {
  const revision = await revisionKnownAt(sql, knownAt)
  const held = (alias: string) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`
  return { revision, held }
}

/** One belief about a subject, on both clocks, with who recorded it and why. */
export type Belief = {
  table: string
  fact: Readonly<Record<string, unknown>>
  validFrom: PlainDate
  validUntil: PlainDate | null
  knownFrom: Instant
  knownUntil: Instant | null
  by: string
  reason: string
}

/** Everything ever believed about a pupil, the latest belief first. Each kind of fact whose subject is a pupil. */
export async function beliefsAboutPupil(sql: Sql, pupil: PupilId): Promise<Belief[]> {
  const kinds = await sql<{ table: string }[]>`
    select table_name as table from fact_kind where 'pupil_id' = any(subject) order by table_name`
  const believed = kinds.map(({ table }) => factsAbout(sql, table, pupil))
  return await sql<Belief[]>`
    with believed as materialized (${believed.reduce((all, one) => sql`${all} union all ${one}`)})
    select f.kind as table, f.fact, f.first_day as "validFrom", f.until as "validUntil",
           to_char(r.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "knownFrom",
           to_char(closed.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "knownUntil",
           p.name as by, r.reason
      from believed f
      join revision r on r.revision = f.since
      join person p using (person_id)
      left join revision closed on closed.revision = f.closed
     order by f.since desc, f.kind, f.first_day, f.fact_id`
}

const factsAbout = (sql: Sql, table: string, pupil: PupilId) => sql`
  select ${table} as kind, f.fact_id, to_jsonb(f) - 'fact_id' - 'known' - 'valid' - 'pupil_id' as fact, lower(f.valid) as first_day,
         upper(f.valid) as until, lower(f.known) as since, upper(f.known) as closed
    from ${sql(table)} f where f.pupil_id = ${pupil}`

/** Who records what no person is named for: the program itself, which `0001-knowledge-clock.sql` makes person 1. */
export const FIRSTBELL = 1 as PersonId

/** Who changes what they believe, and why. `at` may be given in a demonstration county only. */
export type Author = { by: PersonId; reason: string; request?: string; at?: Instant }

/** Opens the revision of a write transaction: its first statement. Writers wait here for one another. */
export async function beginRevision(tx: TransactionSql, { by, reason, request, at }: Author): Promise<void> {
  await tx`select begin_revision(${by}, ${request ?? 'local'}, ${reason}, ${at ?? null}::timestamptz)`
}
