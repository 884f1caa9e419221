/** How some pupils travel today: their seats, with the run's stops, vehicle and crew, and who sits beside them. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { PlanCut } from '../scenario/people-store.ts'
import type { Present } from './baseline.ts'

/**
 * A row for each pupil and direction, whatever is arranged. Where the days of a fortnight differ, the arrangement and
 * the plan of most days stand for all.
 */
export async function presentTravel(
  sql: Sql,
  pupils: readonly PupilId[],
  { on, revision }: PlanCut,
): Promise<Present[]> {
  const held = (alias: string) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`
  return await sql<Present[]>`
    with seat as materialized (
      select t.pupil_id, t.direction, t.kind, t.run_id, t.days as pattern, ${daysIn(sql, 't')} as days
        from travel_arrangement t where ${held('t')})
    select p.pupil_id as pupil, w.direction, coalesce(a.pattern, '{[0,5),[7,12)}') as days, a.kind, a.run_id as run, r.code,
           coalesce(plan.stops, '[]') as stops, v.registration as vehicle, plan.vehicle_type as "vehicleType",
           (select coalesce(jsonb_agg(distinct jsonb_build_object('id', c.crew_id, 'name', n.name)), '[]')
              from run_crew c join crew_particulars n on n.crew_id = c.crew_id and ${held('n')}
             where c.run_id = a.run_id and ${held('c')}) as crew,
           (select coalesce(jsonb_agg(distinct o.pupil_id), '[]') from seat o
             where o.run_id = a.run_id and o.pupil_id <> p.pupil_id) as companions
      from unnest(${[...pupils]}::integer[]) as p (pupil_id)
      cross join (values (1::smallint), (2::smallint)) w (direction)
      left join lateral (select s.kind, s.run_id, s.pattern from seat s
                          where s.pupil_id = p.pupil_id and s.direction = w.direction
                          order by s.days desc, s.run_id limit 1) a on true
      left join run on run.run_id = a.run_id
      left join route_terms r on r.route_id = run.route_id and ${held('r')}
      left join lateral (select x.stops, x.vehicle_type from run_plan x where x.run_id = a.run_id and ${held('x')}
                          order by ${daysIn(sql, 'x')} desc, x.fact_id limit 1) plan on true
      left join lateral (select f.registration from run_vehicle m
                           join vehicle_particulars f on f.vehicle_id = m.vehicle_id and ${held('f')}
                          where m.run_id = a.run_id and ${held('m')}
                          order by ${daysIn(sql, 'm')} desc, m.vehicle_id limit 1) v on true
     order by p.pupil_id, w.direction`
}

/** How many days of the fortnight a fact holds on. */
const daysIn = (sql: Sql, alias: string) =>
  sql`(select sum(upper(d) - lower(d)) from unnest(${sql(alias)}.days) d)`
