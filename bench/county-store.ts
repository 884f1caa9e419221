/** What the benchmark asks a county of its own accord: only what no page asks by itself. */
import type { Sql } from 'postgres'
import { recordChange } from '#changeover/store'
import type { ContractId, PersonId, PupilId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { type AsAt, addDays, type PlainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'

/** PostgreSQL's own version, as 18.1. */
export async function postgresVersion(sql: Sql): Promise<string> {
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`
  return row?.version ?? ''
}

/** Lets the planner see a county that was just made. */
export async function tidy(sql: Sql): Promise<void> {
  await sql`vacuum analyze`
}

/** The situation of a day at a moment as the database counts it: pupils by direction and state. */
export async function countsAsAt(sql: Sql, { on, knownAt }: AsAt): Promise<number> {
  const revision = await revisionKnownAt(sql, knownAt)
  const rows = await sql`
    select direction, state, count(*) from travel_state(${revision}, array[${on}::date]) group by direction, state`
  return rows.length
}

/** The same as any page asks it: carried on from what was remembered before a change, where anything was. */
export async function countsAsRemembered(sql: Sql, { on, knownAt }: AsAt): Promise<number> {
  const revision = await revisionKnownAt(sql, knownAt)
  const rows = await sql`
    select direction, state, count(*) from county_state(${revision}, ${on}::date) group by direction, state`
  return rows.length
}

/** One small change of one morning's travel: a pupil is said to be away that day, or no longer said to be. */
export async function awayOrNot(sql: Sql, { pupil, on }: { pupil: PupilId; on: PlainDate }): Promise<void> {
  await recordChange(sql, { by: 5 as PersonId, reason: 'Measured' }, async (tx) => {
    const fact = { pupil_id: pupil, notified_by: 'family', valid: `[${on},${addDays(on, 1)})` }
    const [away] = await tx`
      select from pupil_absence where pupil_id = ${pupil} and valid @> ${on}::date and upper_inf(known)`
    if (away) await tx`select withdraw_fact('pupil_absence', ${tx.json(fact)})`
    else await tx`select state_fact('pupil_absence', ${tx.json(fact)})`
    return ok(null)
  })
}

/** Pupils and contracts in the middle of a county: the one asked for when a page is opened by itself. */
export async function someoneIn(
  sql: Sql,
  today: PlainDate,
): Promise<{ pupils: PupilId[]; contracts: ContractId[]; facts: number }> {
  const pupils = await sql<{ id: PupilId }[]>`
    select pupil_id as id from travel_arrangement
     where kind = 'seat' and upper_inf(known) and valid @> ${today}::date
     group by pupil_id order by md5(pupil_id::text) limit 11`
  // The largest first: what ends with it is what takes longest to tell.
  const contracts = await sql<{ id: ContractId }[]>`
    select c.contract_id as id
      from contract_terms c
      join route_terms r using (contract_id)
      join run using (route_id)
      join travel_arrangement t using (run_id)
     where upper_inf(c.known) and c.valid @> ${today}::date and upper(c.valid) > ${today}::date + 200
       and upper_inf(r.known) and upper_inf(t.known) and t.valid @> ${today}::date
     group by c.contract_id order by count(distinct t.pupil_id) desc, 1 limit 11`
  const [counted] = await sql<{ facts: number }[]>`select count(*) as facts from audit_entry`
  return {
    pupils: pupils.map(({ id }) => id),
    contracts: contracts.map(({ id }) => id),
    facts: counted?.facts ?? 0,
  }
}
