/** What pupils are called. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'

/** The names of some pupils, as believed at a moment; the latest known where nothing holds on the day itself. */
export async function pupilNames(
  sql: Sql,
  pupils: readonly PupilId[],
  { on, knownAt }: AsAt,
): Promise<ReadonlyMap<PupilId, string>> {
  if (pupils.length === 0) return new Map()
  const revision = await revisionKnownAt(sql, knownAt)
  const rows = await sql<{ pupil: PupilId; name: string }[]>`
    select distinct on (pupil_id) pupil_id as pupil, given_name || ' ' || family_name as name
      from pupil_particulars
     where pupil_id = any(${[...pupils]}) and known @> ${revision}::bigint
     order by pupil_id, valid @> ${on}::date desc, lower(valid) desc`
  return new Map(rows.map(({ pupil, name }) => [pupil, name]))
}
