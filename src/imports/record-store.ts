/** The record of each import: what came, what became of every row, and who was there before and is not now. */
import type { Sql, TransactionSql } from 'postgres'
import type { Instant, PlainDate } from '#ground/time.ts'
import type { PlannedSheet } from './plan.ts'
import type { CellError } from './row.ts'

/** Somebody in the extract before and not in this one: a question for a person, never a leaver. */
export type Missing = { kind: string; subjects: readonly number[] }

type Written = {
  asOf: PlainDate
  partial: boolean
  files: readonly { name: string; bytes: number; sha256: string }[]
  sheets: readonly PlannedSheet[]
  seen: readonly Missing[]
}

/** Writes the record inside the revision it is of. Gives its number, and who is missing from this extract. */
export async function writeRecord(
  tx: TransactionSql,
  { asOf, partial, files, sheets, seen }: Written,
): Promise<{ importId: number; missing: Missing[] }> {
  const told = sheets.map(({ said, counts, ...sheet }) => ({ ...sheet, ...counts }))
  const [record] = await tx<{ importId: number }[]>`
    insert into import_record (as_of, files, sheets)
    values (${asOf}, ${tx.json(files as never)}, ${tx.json(told as never)}) returning import_id as "importId"`
  const importId = record?.importId ?? 0
  await writeRows(tx, importId, sheets)
  const missing = partial ? [] : await missingFrom(tx, seen)
  const rows = seen.map(({ kind, subjects }) => ({
    import_id: importId,
    kind,
    subjects,
    missing: missing.find((one) => one.kind === kind)?.subjects ?? [],
  }))
  if (!partial && rows.length > 0) {
    await tx`
      insert into import_seen (import_id, kind, subjects, missing)
      select import_id, kind, subjects, missing from jsonb_populate_recordset(null::import_seen, ${tx.json(rows as never)})`
  }
  return { importId, missing: missing.filter(({ subjects }) => subjects.length > 0) }
}

async function writeRows(
  tx: TransactionSql,
  importId: number,
  sheets: readonly PlannedSheet[],
): Promise<void> {
  const rows = sheets.flatMap(({ said }, sheet) =>
    said.map(({ line, cells, outcome, says }) => ({
      import_id: importId,
      sheet,
      line,
      outcome: outcome === 'refused' || outcome === 'held' ? outcome : 'remarked',
      cells,
      says,
    })),
  )
  if (rows.length === 0) return
  await tx`
    insert into import_row (import_id, sheet, line, outcome, cells, says)
    select import_id, sheet, line, outcome, cells, says from jsonb_populate_recordset(null::import_row, ${tx.json(rows as never)})`
}

/** In the last whole extract of the kind, still on the register in some way, and not in this one. */
async function missingFrom(tx: TransactionSql, seen: readonly Missing[]): Promise<Missing[]> {
  const missing: Missing[] = []
  for (const { kind, subjects } of seen) {
    const [before] = await tx<{ subjects: number[] }[]>`
      select s.subjects from import_seen s
       where s.kind = ${kind} and not exists (select 1 from import_record u where u.undoes = s.import_id)
       order by s.import_id desc limit 1`
    const now = new Set(subjects)
    missing.push({ kind, subjects: (before?.subjects ?? []).filter((id) => !now.has(id)) })
  }
  return missing
}

export type ImportRecord = {
  importId: number
  revision: number
  asOf: PlainDate
  at: Instant
  by: string
  files: { name: string; bytes: number; sha256: string }[]
  sheets: RecordedSheet[]
  undoes: number | null
  undoneBy: number | null
}

export type RecordedSheet = {
  from: string
  kind: string
  headings: string[]
  unread: string[]
  rows: number
  new: number
  changed: number
  unchanged: number
  refused: number
  held: number
}

/** The latest imports, or the one of this number. */
export async function importRecords(sql: Sql, importId?: number): Promise<ImportRecord[]> {
  const one = importId === undefined ? sql`` : sql`where i.import_id = ${importId}`
  return await sql<ImportRecord[]>`
    select i.import_id as "importId", i.revision, i.as_of as "asOf", p.name as by, i.files, i.sheets, i.undoes, u.import_id as "undoneBy",
           to_char(r.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
      from import_record i
      join revision r using (revision)
      join person p using (person_id)
      left join import_record u on u.undoes = i.import_id
     ${one} order by i.import_id desc limit 200`
}

/** A row that was not taken, or taken with a remark, with what it held. */
export type ImportRow = {
  sheet: number
  line: number
  outcome: string
  cells: string[]
  says: CellError[]
}

/** The rows of an import that need somebody, as they stood in its files. */
export async function importRows(sql: Sql, importId: number): Promise<ImportRow[]> {
  return await sql<ImportRow[]>`
    select sheet, line, outcome, cells, says from import_row where import_id = ${importId} order by sheet, line`
}
