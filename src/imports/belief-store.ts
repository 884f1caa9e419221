/** What is believed now about the subjects of an import, and the writing of what it changes: sets, not single rows. */
import type { Sql, TransactionSql } from 'postgres'
import { span } from '#knowledge/store'
import type { Belief } from './compare.ts'
import type { Subject } from './kind.ts'
import type { FactChange, FactStated, Plan } from './plan.ts'
import { type FactKey, subjectKey, type TableClaim } from './row-claim.ts'

/** How every table of facts is keyed. */
export async function readFactKeys(sql: Sql | TransactionSql): Promise<Map<string, FactKey>> {
  const rows = await sql<(FactKey & { table: string })[]>`
    select table_name::text as table, subject, patterned from fact_kind`
  return new Map(rows.map(({ table, subject, patterned }) => [table, { subject, patterned }]))
}

/** What is believed now about the subjects these claims speak of, by `subjectKey`. */
export async function readBeliefs(
  sql: Sql | TransactionSql,
  claims: readonly TableClaim[],
  keys: ReadonlyMap<string, FactKey>,
): Promise<Map<string, Belief[]>> {
  const believed = new Map<string, Belief[]>()
  for (const [table, { subject, patterned }] of keys) {
    const about = claims.filter((claim) => claim.table === table)
    if (about.length === 0) continue
    for (const { key, belief } of await beliefsIn(sql, { table, subject, patterned, about })) {
      const before = believed.get(key)
      if (before) before.push(belief)
      else believed.set(key, [belief])
    }
  }
  return believed
}

type Asked = FactKey & { table: string; about: readonly TableClaim[] }

async function beliefsIn(sql: Sql | TransactionSql, { table, subject, patterned, about }: Asked) {
  const [first] = subject
  const ids = [...new Set(about.map((claim) => claim.subject[first ?? ''] ?? ''))]
  // A subject yet to be born is believed nothing about; what is not about a number is read whole.
  const known = ids.filter((id): id is number => typeof id === 'number' && id >= 0)
  const narrow = first !== undefined && ids.every((id) => typeof id === 'number')
  const where = narrow ? sql`and f.${sql(first)} = any(${known})` : sql``
  const rows = await sql<{ fact: Record<string, unknown>; from: Belief['from']; until: Belief['until'] }[]>`
    select to_jsonb(f) - 'fact_id' - 'known' - 'valid' as fact, lower(f.valid) as from, upper(f.valid) as until
      from ${sql(table)} f where upper_inf(f.known) ${where} order by lower(f.valid)`
  return rows.map(({ fact, from, until }) => {
    const named = Object.fromEntries(subject.map((column) => [column, fact[column] as string | number]))
    const columns = Object.fromEntries(
      Object.entries(fact).filter(([column]) => !(column in named) && column !== patterned),
    )
    const belief: Belief = {
      columns,
      pattern: patterned === null ? null : String(fact[patterned]),
      from,
      until,
    }
    return { key: subjectKey({ table, subject: named }), belief }
  })
}

/** Writes a plan inside the open revision, and gives the numbers of those born for it. */
export async function writePlan(
  tx: TransactionSql,
  plan: Pick<Plan, 'births' | 'state' | 'withdraw'>,
  keys: ReadonlyMap<string, FactKey>,
): Promise<(of: Subject, id: number) => number> {
  const born = await giveBirth(tx, plan.births)
  const numbered = (of: Subject, id: number) => born.get(`${of} ${id}`) ?? id
  const settle = (row: Readonly<Record<string, unknown>>) => settled(row, numbered)
  await withdrawAll(tx, plan.withdraw, { keys, settle })
  await stateAll(tx, plan.state, { keys, settle })
  return numbered
}

async function giveBirth(tx: TransactionSql, births: Plan['births']): Promise<Map<string, number>> {
  const born = new Map<string, number>()
  for (const subject of [...new Set(births.map(({ of }) => of))]) {
    const mine = births.filter(({ of }) => of === subject)
    const ids = subject === 'run' ? await bearRuns(tx, mine, born) : await bear(tx, subject, mine.length)
    mine.forEach(({ id }, i) => {
      born.set(`${subject} ${id}`, ids[i] ?? 0)
    })
  }
  return born
}

async function bear(tx: TransactionSql, of: Subject, many: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    insert into ${tx(of)} (revision) select current_revision() from generate_series(1, ${many}) returning ${tx(`${of}_id`)} as id`
  return rows.map(({ id }) => id).sort((a, b) => a - b)
}

async function bearRuns(
  tx: TransactionSql,
  runs: Plan['births'],
  born: ReadonlyMap<string, number>,
): Promise<number[]> {
  const rows = runs.map(({ columns }, place) => {
    const route = columns['route_id'] ?? 0
    return { place, route_id: born.get(`route ${route}`) ?? route, direction: columns['direction'] ?? 1 }
  })
  const made = await tx<{ id: number }[]>`
    insert into run (route_id, direction)
    select route_id, direction from jsonb_to_recordset(${tx.json(rows)}) as r (place integer, route_id integer, direction smallint)
     order by place returning run_id as id`
  return made.map(({ id }) => id).sort((a, b) => a - b)
}

type Settle = (row: Readonly<Record<string, unknown>>) => Record<string, unknown>
type Writing = { keys: ReadonlyMap<string, FactKey>; settle: Settle }

export const subjectColumns: Readonly<Record<string, Subject>> = {
  pupil_id: 'pupil',
  other_id: 'pupil',
  carer_id: 'carer',
  school_id: 'school',
  operator_id: 'operator',
  vehicle_id: 'vehicle',
  crew_id: 'crew',
  contract_id: 'contract',
  route_id: 'route',
  run_id: 'run',
}

function settled(
  row: Readonly<Record<string, unknown>>,
  numbered: (of: Subject, id: number) => number,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      const of = column === 'subject_id' ? (row['kind'] as Subject) : subjectColumns[column]
      if (of !== undefined && typeof value === 'number') return [column, numbered(of, value)]
      return [column, column === 'stops' ? stopsSettled(value, numbered) : value]
    }),
  )
}

function stopsSettled(stops: unknown, numbered: (of: Subject, id: number) => number): unknown {
  if (!Array.isArray(stops)) return stops
  return stops.map((stop: Record<string, unknown>) => ({
    ...stop,
    ...(typeof stop['pupil'] === 'number' && { pupil: numbered('pupil', stop['pupil']) }),
    ...(typeof stop['school'] === 'number' && { school: numbered('school', stop['school']) }),
  }))
}

function factRow(
  change: FactChange & { columns?: Belief['columns'] },
  { keys, settle }: Writing,
): Record<string, unknown> {
  const patterned = keys.get(change.table)?.patterned ?? null
  return settle({
    ...change.columns,
    ...change.subject,
    ...(patterned !== null && { [patterned]: change.pattern }),
    valid: span(change.from, change.until),
  })
}

async function withdrawAll(
  tx: TransactionSql,
  changes: readonly FactChange[],
  writing: Writing,
): Promise<void> {
  for (const [table, rows] of byTable(changes, writing)) {
    await tx`
      select withdraw_fact(${table}::regclass, fact) from jsonb_array_elements(${tx.json(rows as never)}) fact`
  }
}

async function stateAll(tx: TransactionSql, facts: readonly FactStated[], writing: Writing): Promise<void> {
  // Nothing was believed of a fresh subject, so nothing need be closed: its facts go in as one set.
  for (const [table, rows] of byTable(
    facts.filter(({ fresh }) => fresh),
    writing,
  )) {
    for (const alike of byColumns(unlike(rows))) await insertAll(tx, table, alike)
  }
  for (const [table, rows] of byTable(
    facts.filter(({ fresh }) => !fresh),
    writing,
  )) {
    await tx`
      select state_fact(${table}::regclass, fact) from jsonb_array_elements(${tx.json(unlike(rows) as never)}) fact`
  }
}

async function insertAll(
  tx: TransactionSql,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
  await tx`
    insert into ${tx(table)} (${tx(columns)})
    select ${tx(columns)} from jsonb_populate_recordset(null::${tx(table)}, ${tx.json(rows as never)})`
}

function byTable(changes: readonly FactChange[], writing: Writing): Map<string, Record<string, unknown>[]> {
  const tables = new Map<string, Record<string, unknown>[]>()
  for (const change of changes) {
    const rows = tables.get(change.table) ?? []
    tables.set(change.table, rows)
    rows.push(factRow(change, writing))
  }
  return tables
}

/** Two rows of a file may state one fact, as a carer beside each of two children. */
const unlike = (rows: readonly Record<string, unknown>[]) => [
  ...new Map(rows.map((row) => [JSON.stringify(row), row])).values(),
]

function byColumns(rows: readonly Record<string, unknown>[]): Record<string, unknown>[][] {
  const alike = new Map<string, Record<string, unknown>[]>()
  for (const row of rows) {
    const columns = Object.keys(row).join()
    const before = alike.get(columns)
    if (before) before.push(row)
    else alike.set(columns, [row])
  }
  return [...alike.values()]
}
