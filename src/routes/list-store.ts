/** Routes as a list: under which contract, to which school, how many ride. */
import type { Sql } from 'postgres'
import type { ContractId, RouteId, SchoolId } from '#ground/ids.ts'
import type { ListQuestion } from '#ground/list-question.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

export const routeSorts = ['code', 'school', 'operator', 'pupils', 'ends'] as const

export type RouteRow = {
  route: RouteId
  code: string
  name: string | null
  school: string | null
  schoolId: SchoolId | null
  contract: ContractId
  reference: string | null
  operator: string | null
  lastDay: PlainDate | null
  inForce: boolean
  vehicleType: string | null
  pupils: number
}

/** One page of the routes on a day, and how many there are. */
export async function routesAsAt(
  sql: Sql,
  asAt: AsAt,
  question: ListQuestion,
): Promise<{ rows: RouteRow[]; count: number }> {
  const { held, revision } = await cutAsAt(sql, asAt)
  const words = `%${question.search.replace(/[\\%_]/g, '\\$&')}%`
  const { aboard = '', school = '' } = question.chosen
  const order =
    {
      school: sql`school`,
      operator: sql`operator`,
      pupils: sql`pupils`,
      ends: sql`"lastDay"`,
      code: sql`code`,
    }[question.by] ?? sql`code`
  const rows = await sql<(RouteRow & { count: number })[]>`
    with riding as materialized (
      select run.route_id, count(distinct t.pupil_id)::integer as pupils
        from travel_arrangement t join run using (run_id)
       where t.kind = 'seat' and ${held('t')} group by run.route_id
    ), listed as (
      select r.route_id as route, r.code, r.name, s.name as school, r.school_id as "schoolId", r.contract_id as contract,
             c.reference, o.name as operator, (upper(c.valid) - 1)::date as "lastDay",
             coalesce(c.valid @> ${asAt.on}::date and c.status <> 'handed-back', false) as "inForce",
             p.vehicle_type as "vehicleType", coalesce(riding.pupils, 0) as pupils
        from route_terms r
        left join lateral (select x.* from contract_terms x where x.contract_id = r.contract_id and x.known @> ${revision}::bigint
                            order by x.valid @> ${asAt.on}::date desc, lower(x.valid) desc limit 1) c on true
        left join operator_particulars o on o.operator_id = c.operator_id and ${held('o')}
        left join school_particulars s on s.school_id = r.school_id and ${held('s')}
        left join riding on riding.route_id = r.route_id
        left join lateral (select x.vehicle_type from run join run_plan x using (run_id)
                            where run.route_id = r.route_id and ${held('x')} limit 1) p on true
       where ${held('r')}
    )
    select *, count(*) over ()::integer as count from listed
     where (code || ' ' || coalesce(name, '') || ' ' || coalesce(school, '') || ' ' || coalesce(operator, '') || ' ' || coalesce(reference, '')) ilike ${words}
       and ("inForce" or pupils > 0)
       and ${aboard === 'nobody' ? sql`pupils = 0` : aboard === 'stranded' ? sql`pupils > 0 and not "inForce"` : sql`true`}
       and ${school === '' ? sql`true` : sql`"schoolId" = ${Number(school) || 0}`}
     order by ${order} ${question.descending ? sql`desc` : sql`asc`} nulls last, code
     limit ${question.limit} offset ${question.offset}`
  return { rows, count: rows[0]?.count ?? 0 }
}
