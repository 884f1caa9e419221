/** The council’s own tables of speeds, each from a day on, with who changed it and why. */
import type { Sql, TransactionSql } from 'postgres'
import type { Instant, PlainDate } from '#ground/time.ts'
import { span, stateFact } from '#knowledge/store'
import { readSpeedTable, type SpeedTable, UK_SPEEDS } from '#roads'

export type DatedSpeeds = {
  from: PlainDate
  until: PlainDate | null
  speeds: SpeedTable
  reason: string
  by: string
  at: Instant
}

/** The tables that are believed now and hold on a day or later, the first first. */
export async function speedsFrom(sql: Sql | TransactionSql, day: PlainDate): Promise<DatedSpeeds[]> {
  const rows = await sql<DatedSpeeds[]>`
    select lower(s.valid) as from, upper(s.valid) as until, speeds, s.reason, p.name as by, r.recorded_at as at
      from road_speeds s
      join revision r on r.revision = lower(s.known)
      join person p using (person_id)
     where upper_inf(s.known) and s.valid && daterange(${day}, null)
     order by s.valid`
  // The database keeps no order of keys, and a network is named by its settings as they are written.
  return rows.map((row) => ({ ...row, speeds: readSpeedTable(JSON.stringify(row.speeds)) }))
}

/** The table that holds on a day: the council’s, or the one that comes with Firstbell. */
export async function speedsOn(sql: Sql | TransactionSql, day: PlainDate): Promise<SpeedTable> {
  const [first] = await speedsFrom(sql, day)
  return first && first.from <= day ? first.speeds : UK_SPEEDS
}

/** Every change to the table that is believed now, the latest first. */
export const speedChanges = (sql: Sql): Promise<Omit<DatedSpeeds, 'speeds'>[]> => sql<
  Omit<DatedSpeeds, 'speeds'>[]
>`
  select lower(s.valid) as from, upper(s.valid) as until, s.reason, p.name as by, r.recorded_at as at
    from road_speeds s
    join revision r on r.revision = lower(s.known)
    join person p using (person_id)
   where upper_inf(s.known)
   order by s.valid desc`

type SpeedChange = { from: PlainDate; reason: string; change: (speeds: SpeedTable) => SpeedTable }

/** Changes the table from a day on, inside the open revision: the one that holds then, and every later one. */
export async function changeSpeeds(tx: TransactionSql, { from, reason, change }: SpeedChange): Promise<void> {
  const later = await speedsFrom(tx, from)
  const [first] = later
  if (!first || first.from > from)
    later.unshift({ ...NOBODYS, from, until: first?.from ?? null, speeds: UK_SPEEDS })
  for (const { from: begins, until, speeds, reason: before } of later) {
    const since = begins < from ? from : begins
    await stateFact(tx, 'road_speeds', {
      speeds: { ...change(speeds), since },
      reason: since === from ? reason : before,
      valid: span(since, until),
    })
  }
}

const NOBODYS = { reason: '', by: '', at: '' as Instant }
