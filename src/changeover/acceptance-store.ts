/**
 * Acceptances that pupils are worse off: who accepted it, for whom, until when, and whether they still are. An
 * acceptance is one person's, for one change, recorded at once for all its pupils.
 */
import type { Sql } from 'postgres'
import type { PersonId, PupilId } from '#ground/ids.ts'
import type { AsAt, Instant, PlainDate } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'
import type { AcceptancesCounted, AcceptancesOpen } from './acceptance.ts'

export type Acceptance = {
  /** The number of its first fact: its address. */
  acceptance: number
  change: string
  reason: string
  by: PersonId
  byName: string
  recordedAt: Instant
  from: PlainDate
  /** The last day: it lapses by itself after it. */
  until: PlainDate
  pupils: number
  /** Of those, how many are on this day as badly off as was accepted. */
  worseOff: number
}

/** Every acceptance of which the first day has come, the last to lapse first; the day tells which are still open. */
export async function acceptancesAsAt(sql: Sql, asAt: AsAt): Promise<Acceptance[]> {
  const { revision } = await cutAsAt(sql, asAt)
  return await sql<Acceptance[]>`
    with gap as materialized (
      select g.*, carrying_rank(g.at_worst) as at_worst_rank
        from acceptance_fact g where g.known @> ${revision}::bigint and lower(g.valid) <= ${asAt.on}::date + 400
    ), live as materialized (
      select s.pupil_id, s.direction, carrying_rank(s.state) as rank
        from travel_state(${revision}, array[${asAt.on}::date],
                          array(select distinct pupil_id from gap where upper(valid) > ${asAt.on}::date - 60)) s
    )
    select g.acceptance, g.change, g.reason, g.accepted_by as by, p.name as "byName",
           r.recorded_at as "recordedAt", min(lower(g.valid)) as from, max(upper(g.valid)) - 1 as until,
           count(distinct g.pupil_id)::integer as pupils,
           count(distinct g.pupil_id) filter (where l.rank >= g.at_worst_rank)::integer as "worseOff"
      from gap g
      join person p on p.person_id = g.accepted_by
      join revision r on r.revision = g.recorded
      left join live l on l.pupil_id = g.pupil_id and l.direction = g.direction
     group by g.acceptance, g.accepted_by, g.change, g.reason, p.name, r.recorded_at
     order by max(upper(g.valid)) desc, g.acceptance`
}

export type AcceptedPupil = {
  pupil: PupilId
  name: string
  directions: (1 | 2)[]
  from: PlainDate
  until: PlainDate
  /** The worst that was accepted. */
  atWorst: string
  /** Where their travel stands on the day asked about, the worse of the two ways. */
  state: string | null
}

/** For whom something was accepted, and where each stands on the day. Nobody for an acceptance unknown by then. */
export async function pupilsOfAcceptance(sql: Sql, acceptance: number, asAt: AsAt): Promise<AcceptedPupil[]> {
  const { revision } = await cutAsAt(sql, asAt)
  return await sql<AcceptedPupil[]>`
    with gap as materialized (
      select g.pupil_id, g.direction, g.valid::daterange as valid, g.at_worst
        from acceptance_fact g
       where g.acceptance = ${acceptance} and g.known @> ${revision}::bigint
    ), live as materialized (
      select s.pupil_id, (array_agg(s.state order by carrying_rank(s.state) desc nulls last))[1] as state
        from travel_state(${revision}, array[${asAt.on}::date], array(select pupil_id from gap)) s
       group by s.pupil_id
    )
    select g.pupil_id as pupil, n.given_name || ' ' || n.family_name as name, array_agg(distinct g.direction) as directions,
           min(lower(g.valid)) as from, max(upper(g.valid)) - 1 as until,
           (array_agg(g.at_worst order by carrying_rank(g.at_worst) desc))[1] as "atWorst", min(l.state) as state
      from gap g
      join lateral (select n.given_name, n.family_name from pupil_particulars n
                     where n.pupil_id = g.pupil_id and n.known @> ${revision}::bigint
                     order by n.valid @> ${asAt.on}::date desc, lower(n.valid) desc limit 1) n on true
      left join live l on l.pupil_id = g.pupil_id
     group by g.pupil_id, n.given_name, n.family_name
     order by n.family_name, n.given_name`
}

/**
 * What stands accepted on a day, for the situation report: how many, for how many pupils, and the first to lapse.
 * Counted in parts, what a later acceptance left of an earlier one is one more: so reports of 2026-2 were published.
 */
export async function acceptancesOpen(
  sql: Sql,
  { on, revision }: { on: PlainDate; revision: number },
  counted: AcceptancesCounted = 'once',
): Promise<AcceptancesOpen> {
  const one =
    counted === 'once' ? sql`g.acceptance` : sql`(lower(g.known), g.accepted_by, g.change, g.reason)`
  const [row] = await sql<AcceptancesOpen[]>`
    select count(distinct ${one})::integer as acceptances,
           count(distinct g.pupil_id)::integer as pupils, min(upper(g.valid)) - 1 as "firstLapses"
      from acceptance_fact g where g.known @> ${revision}::bigint and g.valid @> ${on}::date`
  return row ?? { acceptances: 0, pupils: 0, firstLapses: null }
}
