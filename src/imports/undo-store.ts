/**
 * Undoes a revision, as an import or the transfer of a year group is: what it stated is closed, what it closed is believed
 * again, as a new revision. Refused while anything recorded later stands on it, because that was decided by somebody who
 * believed what it said.
 */
import type { PendingQuery, Row, TransactionSql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'
import { readFactKeys, subjectColumns } from './belief-store.ts'

/** Something recorded after the revision, about what it brought or on top of what it said. */
export type StandsOnIt = {
  table: string
  pupil: PupilId | null
  by: string
  at: Instant
  reason: string
}
export type UndoRefused = { because: 'later-facts-stand-on-it'; later: readonly StandsOnIt[] }
export type Undone = { closed: number; reopened: number }

type Undoing = { importId: number; revision: number }
type Table = {
  table: string
  subject: readonly string[]
  patterned: string | null
  columns: readonly string[]
}

/** Takes an import back inside the open revision, or says what stands on it. */
export async function undoImport(
  tx: TransactionSql,
  { importId, revision }: Undoing,
): Promise<Result<Undone & { importId: number }, UndoRefused>> {
  const done = await undoRevision(tx, revision)
  if (!done.ok) return done
  const [record] = await tx<{ importId: number }[]>`
    insert into import_record (as_of, files, sheets, undoes)
    select as_of, '[]', '[]', import_id from import_record where import_id = ${importId}
    returning import_id as "importId"`
  return ok({ importId: record?.importId ?? 0, ...done.value })
}

/** Takes back, inside the open revision, what another stated; or says what stands on it. */
export async function undoRevision(
  tx: TransactionSql,
  revision: number,
): Promise<Result<Undone, UndoRefused>> {
  const tables = await tablesOf(tx)
  const later: StandsOnIt[] = []
  for (const table of tables) later.push(...(await standingOn(tx, table, revision)))
  if (later.length > 0) return refuse({ because: 'later-facts-stand-on-it', later })

  let closed = 0
  let reopened = 0
  for (const { table, columns } of tables) {
    const stated = await tx`
      update ${tx(table)} set known = int8range(lower(known), current_revision())
       where lower(known) = ${revision} and upper_inf(known)`
    const again = await tx`
      insert into ${tx(table)} (${tx(columns)})
      select ${tx(columns)} from ${tx(table)} where upper(known) = ${revision}`
    closed += stated.count
    reopened += again.count
  }
  return ok({ closed, reopened })
}

async function tablesOf(tx: TransactionSql): Promise<Table[]> {
  const keys = [
    ...(await readFactKeys(tx)),
    ['postcode_place', { subject: ['postcode'], patterned: null }],
  ] as const
  const tables: Table[] = []
  for (const [table, { subject, patterned }] of keys) {
    const rows = await tx<{ name: string }[]>`
      select attname as name from pg_attribute
       where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attname not in ('fact_id', 'known')`
    tables.push({ table, subject, patterned, columns: rows.map(({ name }) => name) })
  }
  return tables
}

async function standingOn(tx: TransactionSql, table: Table, revision: number): Promise<StandsOnIt[]> {
  const conditions = [
    replacing(tx, revision),
    overlapping(tx, table, revision),
    ...aboutTheBorn(tx, table, revision),
  ]
  const any = conditions.reduce((one, other) => tx`${one} or ${other}`)
  const pupil = table.columns.includes('pupil_id') ? tx`f.pupil_id` : tx`null::integer`
  return await tx<StandsOnIt[]>`
    select ${table.table} as table, nullif(${pupil}, 0) as pupil, p.name as by, r.recorded_at as at, r.reason
      from ${tx(table.table)} f
      join revision r on r.revision = case when lower(f.known) = ${revision} then upper(f.known) else lower(f.known) end
      join person p on p.person_id = r.person_id
     where ${any} order by r.revision limit 50`
}

type Condition = PendingQuery<Row[]>

/** What the revision stated has been replaced since. */
const replacing = (tx: TransactionSql, revision: number): Condition =>
  tx`(lower(f.known) = ${revision} and not upper_inf(f.known))`

/** On the days the revision took away, something else is believed now. */
function overlapping(
  tx: TransactionSql,
  { table, subject, patterned, columns }: Table,
  revision: number,
): Condition {
  if (!columns.includes('valid')) return tx`false`
  const same = subject.reduce((all, name) => tx`${all} and c.${tx(name)} = f.${tx(name)}`, tx`true`)
  const days = patterned === null ? tx`true` : tx`c.${tx(patterned)} && f.${tx(patterned)}`
  return tx`
    (lower(f.known) > ${revision} and upper_inf(f.known) and exists (
       select 1 from ${tx(table)} c
        where upper(c.known) = ${revision} and ${same} and c.valid && f.valid and ${days}))`
}

/** It is about a pupil, school, run… that the revision brought. */
function aboutTheBorn(tx: TransactionSql, { columns }: Table, revision: number): Condition[] {
  return columns
    .filter((column) => subjectColumns[column] !== undefined)
    .map((column) => {
      const subject = subjectColumns[column] ?? ''
      return tx`
        (lower(f.known) > ${revision} and upper_inf(f.known)
          and f.${tx(column)} in (select b.${tx(`${subject}_id`)} from ${tx(subject)} b where b.revision = ${revision}))`
    })
}
