/** The transfer of a year group: who is in it, the one revision in which everybody moves, and how it is found again. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type AsAt, addDays, type PlainDate } from '#ground/time.ts'
import { cutAsAt, stateFact } from '#knowledge/store'
import type { Effects, PupilChange, PupilChangeRefused } from './pupil-change.ts'
import { changePupil, pupilOvertaken } from './pupil-change-store.ts'
import { type Decision, type Transfer, type Transferred, type YearPupil, yearAfter } from './transfer.ts'

/** How long before the first day a place may have ended, so that who is between two schools is not overlooked. */
const SUMMER = 70

export type YearAsked = { yearGroup: string; from: PlainDate; school?: SchoolId | undefined }

/** Everybody in a year group at their main school, or the one named, before the first day; by school and name. */
export async function pupilsOfYear(sql: Sql, asked: YearAsked, asAt: AsAt): Promise<YearPupil[]> {
  const { revision } = await cutAsAt(sql, asAt)
  const { yearGroup, from, school = null } = asked
  return await sql<YearPupil[]>`
    with placed as (
      select distinct on (p.pupil_id) p.pupil_id, p.school_id, p.year_group
        from placement p
       where p.known @> ${revision}::bigint and p.role = 'main'
         and p.valid && daterange(${from}::date - ${SUMMER}::integer, ${from}::date)
       order by p.pupil_id, lower(p.valid) desc
    )
    select p.pupil_id as pupil, n.given_name || ' ' || n.family_name as name, p.school_id as school,
           coalesce(s.name, 'School ' || p.school_id) as "schoolName",
           array(select distinct coalesce(r.code, 'run ' || t.run_id)
                   from travel_arrangement t join run using (run_id)
                   left join route_terms r on r.route_id = run.route_id and r.known @> ${revision}::bigint and r.valid && t.valid
                  where t.pupil_id = p.pupil_id and t.kind = 'seat' and t.known @> ${revision}::bigint
                    and t.valid && daterange(${from}::date, null) order by 1) as seats,
           (select min(d.name) from placement f
              join school_particulars d on d.school_id = f.school_id and d.known @> ${revision}::bigint and d.valid @> ${asAt.on}::date
             where f.pupil_id = p.pupil_id and f.known @> ${revision}::bigint and f.valid @> ${from}::date
               and f.role = 'main' and f.school_id <> p.school_id) as planned
      from placed p
      join pupil_registration g on g.pupil_id = p.pupil_id and g.known @> ${revision}::bigint and g.valid @> (${from}::date - 1)
      join lateral (select x.given_name, x.family_name from pupil_particulars x
                     where x.pupil_id = p.pupil_id and x.known @> ${revision}::bigint
                     order by x.valid @> ${asAt.on}::date desc, lower(x.valid) desc limit 1) n on true
      left join lateral (select x.name from school_particulars x
                          where x.school_id = p.school_id and x.known @> ${revision}::bigint
                          order by x.valid @> ${asAt.on}::date desc, lower(x.valid) desc limit 1) s on true
     where p.year_group = ${yearGroup} and (${school}::integer is null or p.school_id = ${school})
     order by "schoolName", n.family_name, n.given_name`
}

/** How many pupils each year group has on a day, the youngest first. */
export async function yearGroups(sql: Sql, asAt: AsAt): Promise<{ yearGroup: string; pupils: number }[]> {
  const { held } = await cutAsAt(sql, asAt)
  return await sql<{ yearGroup: string; pupils: number }[]>`
    select p.year_group as "yearGroup", count(distinct p.pupil_id)::integer as pupils
      from placement p join pupil_registration g on g.pupil_id = p.pupil_id and ${held('g')}
     where ${held('p')} and p.year_group is not null and p.role = 'main'
     group by p.year_group order by length(p.year_group), p.year_group`
}

type Wanted = { yearGroup: string; from: PlainDate; decisions: readonly Decision[]; seen?: number }
export type TransferRefused = { pupil: PupilId; name: string; why: PupilChangeRefused }
export type TransferDone = { revision: number; transferred: Transferred[] }

/**
 * Does for every pupil what was decided, inside the open revision: all of it, or, where one of them cannot be moved,
 * that pupil and why.
 */
export async function transferYear(
  tx: TransactionSql,
  { yearGroup, from, decisions, seen }: Wanted,
): Promise<Result<TransferDone, TransferRefused>> {
  const transferred: Transferred[] = []
  for (const decision of decisions) {
    const { pupil, name } = decision
    const done = await changeOf(tx, decision, { yearGroup, from, seen })
    if (!done.ok) return refuse({ pupil, name, why: done.refusal })
    transferred.push({ ...decision, effects: done.value })
  }
  const [record] = await tx<{ revision: number }[]>`
    insert into pupil_transfer (year_group, first_day, pupils)
    values (${yearGroup}, ${from}, ${decisions.length}) returning revision`
  return ok({ revision: record?.revision ?? 0, transferred })
}

type Moving = { yearGroup: string; from: PlainDate; seen: number | undefined }

async function changeOf(tx: TransactionSql, decision: Decision, { yearGroup, from, seen }: Moving) {
  const { pupil } = decision
  const next = yearAfter(yearGroup)
  if (decision.does === 'stays') return await moveUp(tx, pupil, { yearGroup: next, from, seen })
  const change: PupilChange =
    decision.does === 'leaves'
      ? { change: 'leave', pupil, lastDay: addDays(from, -1) }
      : { change: 'move-school', pupil, from, placement: { school: decision.to, yearGroup: next } }
  return await changePupil(tx, change, seen)
}

/** Another year at the same school, on the same half-days, a place that ended with the summer too: no seat is touched. */
async function moveUp(
  tx: TransactionSql,
  pupil: PupilId,
  { yearGroup, from, seen }: Moving,
): Promise<Result<Effects, PupilChangeRefused>> {
  const overtaken = await pupilOvertaken(tx, pupil, seen)
  if (overtaken) return refuse({ because: 'changed-meanwhile', ...overtaken })
  const places = await tx<{ fact: Readonly<Record<string, unknown>>; valid: string }[]>`
    select to_jsonb(p) - 'fact_id' - 'known' as fact,
           daterange(${from}::date, case when upper(p.valid) > ${from}::date then upper(p.valid) end) as valid
      from placement p
     where pupil_id = ${pupil} and upper_inf(known) and valid && daterange(${from}::date - ${SUMMER}::integer, ${from}::date)
     order by lower(p.valid)`
  for (const { fact, valid } of places)
    await stateFact(tx, 'placement', { ...fact, year_group: yearGroup, valid })
  return ok({ released: [], doubtful: [], emptied: [] })
}

/** Transfers made, the last first; one of them, if a revision is named. */
export async function transfersMade(sql: Sql, revision?: number): Promise<Transfer[]> {
  return await sql<Transfer[]>`
    select t.revision, t.year_group as "yearGroup", t.first_day as from, t.pupils, p.name as by, u.revision as "undoneBy"
      from pupil_transfer t
      join revision r on r.revision = t.revision
      join person p using (person_id)
      left join pupil_transfer u on u.undoes = t.revision
     where t.undoes is null and ${revision === undefined ? sql`true` : sql`t.revision = ${revision}`}
     order by t.revision desc limit 50`
}

/** Keeps, inside the open revision, that it took a transfer back. */
export async function recordUndone(tx: TransactionSql, revision: number): Promise<void> {
  await tx`
    insert into pupil_transfer (year_group, first_day, pupils, undoes)
    select year_group, first_day, pupils, revision from pupil_transfer where revision = ${revision}`
}

/** A pupil whom a transfer moved, with the school they are at from then on; none for one who left. */
export type MovedPupil = { pupil: PupilId; name: string; school: string | null; yearGroup: string | null }

/** Everybody whose place was stated or ended in the revision of a transfer, by name. */
export async function pupilsMovedIn(sql: Sql, revision: number): Promise<MovedPupil[]> {
  return await sql<MovedPupil[]>`
    select distinct on (n.family_name, n.given_name, m.pupil_id) m.pupil_id as pupil,
           n.given_name || ' ' || n.family_name as name, s.name as school, p.year_group as "yearGroup"
      from (select distinct pupil_id from placement where lower(known) = ${revision} or upper(known) = ${revision}) m
      join pupil_particulars n on n.pupil_id = m.pupil_id and n.known @> ${revision}::bigint
      left join pupil_transfer t on t.revision = ${revision}
      left join placement p on p.pupil_id = m.pupil_id and p.known @> ${revision}::bigint and p.valid @> t.first_day and p.role = 'main'
      left join school_particulars s on s.school_id = p.school_id and s.known @> ${revision}::bigint
     order by n.family_name, n.given_name, m.pupil_id, lower(n.valid) desc, lower(s.valid) desc`
}
