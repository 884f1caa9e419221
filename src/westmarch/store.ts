/** Writes the story of Westmarch into an empty database, as its officers would have recorded it. */
import type { Sql, TransactionSql } from 'postgres'
import { recordAccount } from '#access/account-store'
import { dayInWords, dayOf, instant, type PlainDate, plainDate } from '#ground/time.ts'
import { cast, numberOf } from './cast.ts'
import type { Chapter, Entry } from './chronicle.ts'
import { storyOf, type Wanted } from './county.ts'

/** What stands in a database: nothing, somebody's county, or a Westmarch whose making was cut short. */
export type Standing = { standing: 'empty' | 'taken' } | { standing: 'unfinished'; wanted: Wanted }

const MADE = /^westmarch (\d+) (\d+) (\d{4}-\d{2}-\d{2}) (.+)$/
const FINISHED = 'westmarch finished'

/** Asks what stands in a database, once whoever writes in it has finished. */
export async function standingOf(sql: Sql): Promise<Standing> {
  const [row] = await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(727)`
    return tx<{ begun: boolean; first: string | null; finished: boolean; revisions: number }[]>`
      select exists (select 1 from installation) as begun,
             (select request from revision where revision = 1) as first,
             exists (select 1 from revision where request = ${FINISHED}) as finished,
             (select count(*)::integer from revision) as revisions`
  })
  if (!row || (!row.begun && row.revisions === 0)) return { standing: 'empty' }
  if (row.first === null && row.revisions === 0) return { standing: 'empty' }
  const [, size, years, today, seed] = MADE.exec(row.first ?? '') ?? []
  if (row.finished || !size || !years || !today || !seed) return { standing: 'taken' }
  const wanted = { seed, size: Number(size), years: Number(years), today: plainDate(today) }
  return { standing: 'unfinished', wanted }
}

/**
 * Makes Westmarch: one revision a chapter, each at its own moment. What a kill leaves behind is `unfinished`; asked
 * again with what it was wanted as, the making goes on after the last chapter that was written. Throws when another
 * county was begun in the same database meanwhile.
 */
export async function makeWestmarch(
  sql: Sql,
  wanted: Wanted,
  { say }: { say: (line: string) => void },
): Promise<void> {
  const { chapters, numbers } = storyOf(wanted)
  const begun = `westmarch ${wanted.size} ${wanted.years} ${wanted.today} ${wanted.seed}`
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch') on conflict do nothing`
  for (const [i, chapter] of chapters.entries()) {
    const last = i === chapters.length - 1
    const wrote = await sql.begin(async (tx) => {
      if ((await chaptersIn(tx, begun)) > i) return false
      await writeChapter(tx, chapter, { request: last ? FINISHED : begun, first: i === 0 })
      if (last) await keepNumbers(tx, numbers)
      return true
    })
    if (wrote) say(`  ${dayInWords(dayOf(chapter.at))}: ${chapter.reason}`)
  }
  // A county made in a minute has no statistics yet, and without them a page takes ten seconds instead of half a one.
  await sql`analyze`
}

/**
 * How many chapters are written. A program that was killed may leave the database committing its last one: the
 * writers' lock is waited for, so that it is counted.
 */
async function chaptersIn(tx: TransactionSql, begun: string): Promise<number> {
  await tx`select pg_advisory_xact_lock(727)`
  const [row] = await tx<{ revision: number; begun: string | null }[]>`
    select revision::integer, (select request from revision where revision = 1) as begun from knowledge_clock`
  if (row?.begun && row.begun !== begun)
    throw new Error(`Another county was begun in this database: "${row.begun}", not "${begun}".`)
  return row?.revision ?? 0
}

async function writeChapter(
  tx: TransactionSql,
  { at, by, reason, entries }: Chapter,
  { request, first }: { request: string; first: boolean },
): Promise<void> {
  const author = first ? 1 : numberOf(by)
  await tx`select begin_revision(${author}, ${request}, ${reason}, ${at}::timestamptz)`
  if (first) await writeCast(tx)
  for (const batch of batchesOf(entries)) await writeBatch(tx, batch)
}

async function writeCast(tx: TransactionSql): Promise<void> {
  const from: PlainDate = plainDate('2019-09-01')
  for (const { role, name } of cast) {
    const email = `${name.toLowerCase().replace(' ', '.')}@westmarch.example`
    const made = await recordAccount(tx, {
      name,
      email,
      roles: [role],
      from,
      openedAt: instant('2019-09-01T09:00'),
      enters: 'with-a-click',
    })
    if (Number(made) !== numberOf(role))
      throw new Error(`Person ${made} was made where ${numberOf(role)} was expected.`)
  }
}

type Batch = { does: Entry['does']; table: string; columns: string; rows: Entry['row'][] }

/** Entries in a row that can be written by one statement: inserts of one shape, or changes to one table. */
function batchesOf(entries: readonly Entry[]): Batch[] {
  const inserts = new Map<string, Batch>()
  const changes: Batch[] = []
  for (const { does, table, row } of entries) {
    const columns = Object.keys(row).sort().join()
    if (does === 'insert') {
      const batch = inserts.get(`${table} ${columns}`) ?? { does, table, columns, rows: [] }
      inserts.set(`${table} ${columns}`, batch)
      batch.rows.push(row)
      continue
    }
    const last = changes.at(-1)
    if (last && last.does === does && last.table === table) last.rows.push(row)
    else changes.push({ does, table, columns, rows: [row] })
  }
  return [...inserts.values(), ...changes]
}

async function writeBatch(tx: TransactionSql, { does, table, columns, rows }: Batch): Promise<void> {
  const given = tx.json(rows as never)
  if (does === 'insert') {
    const names = columns.split(',')
    await tx`
      insert into ${tx(table)} (${tx(names)})
      select ${tx(names)} from jsonb_populate_recordset(null::${tx(table)}, ${given})`
  } else if (does === 'state') {
    await tx`select count(state_fact(${table}::regclass, r)) from jsonb_array_elements(${given}) r`
  } else {
    await tx`select sum(withdraw_fact(${table}::regclass, r)) from jsonb_array_elements(${given}) r`
  }
}

/** The next thing made by hand gets the number after Westmarch's last. */
async function keepNumbers(tx: TransactionSql, numbers: ReadonlyMap<string, number>): Promise<void> {
  for (const [kind, number] of numbers)
    await tx`select setval(pg_get_serial_sequence(${kind}, ${`${kind}_id`}), ${number})`
}
