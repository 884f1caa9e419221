/** When a contract's pupils first travel: each school opens on a day of its own, whatever day the contract begins on. */
import type { Sql } from 'postgres'
import type { ContractId, SchoolId } from '#ground/ids.ts'
import { type AsAt, addDays, type PlainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'

export type FirstTravellingDay = {
  school: SchoolId
  name: string
  /** The first day of the contract on which the school is open and a run of its routes is planned; nothing in ten weeks. */
  day: PlainDate | null
  /** Pupils with a seat on that day, and how many of them have every step in place for it. */
  pupils: number
  confirmed: number
}

/** Long enough to see over a summer holiday. */
const WEEKS = 10

/** The first travelling day of each school of a contract that begins on `firstDay`, the earliest first. Nothing once its first weeks are over. */
export async function firstTravellingDays(
  sql: Sql,
  { contract, firstDay }: { contract: ContractId; firstDay: PlainDate },
  { on, knownAt }: AsAt,
): Promise<FirstTravellingDay[]> {
  if (on > addDays(firstDay, WEEKS * 7)) return []
  const revision = await revisionKnownAt(sql, knownAt)
  return await sql<FirstTravellingDay[]>`
    with day as materialized (
      select ${firstDay}::date + n as day from generate_series(0, ${WEEKS * 7 - 1}::integer) n
    ), under as materialized (
      select r.school_id, r.route_id, r.valid::daterange as valid from route_terms r
       where r.contract_id = ${contract} and r.school_id is not null and r.known @> ${revision}::bigint
         and r.valid && daterange(${firstDay}::date, ${firstDay}::date + ${WEEKS * 7}::integer)
    ), first as materialized (
      select u.school_id, min(o.day) as day
        from under u
        join run on run.route_id = u.route_id
        join run_plan p on p.run_id = run.run_id and p.known @> ${revision}::bigint
        join school_open(${revision}, array(select day from day), array(select school_id from under)) o
          on o.school_id = u.school_id and o.open and u.valid @> o.day and p.valid @> o.day
         and p.days @> fortnight_day(o.day)
       group by u.school_id
    )
    select s.school_id as school, coalesce(n.name, 'School ' || s.school_id) as name, first.day,
           coalesce(a.pupils, 0)::integer as pupils, coalesce(a.confirmed, 0)::integer as confirmed
      from (select distinct school_id from under) s
      left join first on first.school_id = s.school_id
      left join lateral (
        select c.name from school_particulars c
         where c.school_id = s.school_id and c.known @> ${revision}::bigint
         order by c.valid @> ${firstDay}::date desc limit 1) n on true
      left join lateral (
        select count(*) as pupils, count(*) filter (where w.ready) as confirmed
          from (select t.pupil_id, bool_and(t.state = 'confirmed') as ready
                  from travel_state(${revision}, array[first.day],
                         array(select distinct t.pupil_id from travel_arrangement t join run using (run_id) join under u using (route_id)
                                where u.school_id = s.school_id and t.known @> ${revision}::bigint and t.valid @> first.day)) t
                 where t.contract_id = ${contract} and t.school_id = s.school_id
                 group by t.pupil_id) w) a on first.day is not null
     order by first.day nulls last, name`
}
