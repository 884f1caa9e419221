/** The network that serves some schools on a day: each route with its runs, stops and riders, and what a mile more costs. */
import type { Sql } from 'postgres'
import type { OperatorId, RouteId, SchoolId } from '#ground/ids.ts'
import type { PlanCut } from '../scenario/people-store.ts'
import type { PresentRoute } from './present-plan.ts'

/** Every route to one of these schools under a contract in force, of an operator who is not suspended, in order of code. */
export async function networkOf(
  sql: Sql,
  schools: readonly SchoolId[],
  { on, revision }: PlanCut,
): Promise<PresentRoute[]> {
  const held = (alias: string) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`
  return await sql<PresentRoute[]>`
    select r.route_id as route, r.code, o.name as operator, c.variation_rate_pence as "pencePerMile",
           (select coalesce(jsonb_agg(jsonb_build_object(
                     'run', x.run_id, 'direction', x.direction, 'days', p.days, 'vehicleType', p.vehicle_type,
                     'layouts', p.layouts, 'assistantPosts', p.assistant_posts, 'stops', p.stops,
                     'milesLive', p.miles_live, 'milesDead', p.miles_dead, 'until', upper(p.valid),
                     'riders', (select coalesce(jsonb_agg(distinct t.pupil_id), '[]') from travel_arrangement t
                                 where t.run_id = x.run_id and ${held('t')}))
                     order by x.direction, x.run_id), '[]')
              from run x join run_plan p on p.run_id = x.run_id and ${held('p')}
             where x.route_id = r.route_id) as runs
      from route_terms r
      join contract_terms c on c.contract_id = r.contract_id and ${held('c')} and c.status <> 'handed-back'
      join operator_particulars o on o.operator_id = c.operator_id and ${held('o')} and o.standing = 'admitted'
     where r.school_id = any(${[...schools]}) and ${held('r')}
     order by r.code`
}

/** One route, or everything an operator drives. */
export type Lost = { route: RouteId | undefined; operator: OperatorId | undefined }

/** What is lost, as people call it on a day, or on another where there is none of it then: a route by its code, or an operator. */
export async function nameOfLost(
  sql: Sql,
  { route, operator }: Lost,
  { on, revision }: PlanCut,
): Promise<string | undefined> {
  const [row] = await sql<{ name: string }[]>`
    select name from (
      select code as name, valid from route_terms
       where route_id = ${route ?? null} and known @> ${revision}::bigint
       union all
      select name, valid from operator_particulars
       where operator_id = ${operator ?? null} and known @> ${revision}::bigint) named
     order by valid @> ${on}::date desc, lower(valid) desc limit 1`
  return row?.name
}

/** The routes to a school that are lost with a route, or with everything an operator drives. */
export async function lostRoutes(
  sql: Sql,
  lost: Lost,
  { on, revision }: PlanCut,
): Promise<{ route: RouteId; school: SchoolId }[]> {
  const what =
    lost.route === undefined ? sql`c.operator_id = ${lost.operator ?? 0}` : sql`r.route_id = ${lost.route}`
  return await sql<{ route: RouteId; school: SchoolId }[]>`
    select r.route_id as route, r.school_id as school
      from route_terms r
      join contract_terms c using (contract_id)
     where ${what} and r.school_id is not null
       and r.known @> ${revision}::bigint and r.valid @> ${on}::date
       and c.known @> ${revision}::bigint and c.valid @> ${on}::date
     order by r.code`
}
