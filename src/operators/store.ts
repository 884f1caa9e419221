/** Operators as lists and pages read them: what they carry, with whom and what, and which checks run out. */
import type { Sql } from 'postgres'
import type { ContractId, CrewId, OperatorId, RouteId, VehicleId } from '#ground/ids.ts'
import type { ListQuestion } from '#ground/list-question.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

export const operatorSorts = ['name', 'contracts', 'pupils'] as const

export type OperatorRow = {
  operator: OperatorId
  name: string
  phone: string | null
  standing: string
  contracts: number
  pupils: number
}

/** One page of the operators on a day, and how many there are. */
export async function operatorsAsAt(
  sql: Sql,
  asAt: AsAt,
  question: ListQuestion,
): Promise<{ rows: OperatorRow[]; count: number }> {
  const { held } = await cutAsAt(sql, asAt)
  const words = `%${question.search.replace(/[\\%_]/g, '\\$&')}%`
  const { standing = '' } = question.chosen
  const order = { contracts: sql`contracts`, pupils: sql`pupils` }[question.by] ?? sql`name`
  const rows = await sql<(OperatorRow & { count: number })[]>`
    with carried as materialized (
      select c.operator_id, count(distinct c.contract_id)::integer as contracts, count(distinct t.pupil_id)::integer as pupils
        from contract_terms c
        left join route_terms r on r.contract_id = c.contract_id and ${held('r')}
        left join run on run.route_id = r.route_id
        left join travel_arrangement t on t.run_id = run.run_id and ${held('t')}
       where ${held('c')} group by c.operator_id
    )
    select o.operator_id as operator, o.name, o.phone, o.standing, coalesce(c.contracts, 0) as contracts,
           coalesce(c.pupils, 0) as pupils, count(*) over ()::integer as count
      from operator_particulars o left join carried c using (operator_id)
     where ${held('o')} and o.name ilike ${words} and ${standing === '' ? sql`true` : sql`o.standing = ${standing}`}
     order by ${order} ${question.descending ? sql`desc` : sql`asc`}, name
     limit ${question.limit} offset ${question.offset}`
  return { rows, count: rows[0]?.count ?? 0 }
}

export type HeldCheck = { kind: string; expiresOn: PlainDate | null; held: boolean }
export type OperatorRecord = {
  operator: OperatorId
  name: string
  companyNumber: string | null
  phone: string | null
  email: string | null
  standing: string
  vehiclesDeclared: number | null
  contracts: { contract: ContractId; reference: string; lastDay: PlainDate | null; routes: number }[]
  routes: { route: RouteId; code: string; school: string | null }[]
  vehicles: { vehicle: VehicleId; registration: string; type: string; onRoad: boolean; checks: HeldCheck[] }[]
  crew: { crew: CrewId; name: string; post: string; onRoad: boolean; checks: HeldCheck[] }[]
}

/** An operator as it stood on a day; nothing for one unknown by then. */
export async function operatorAsAt(
  sql: Sql,
  operator: OperatorId,
  asAt: AsAt,
): Promise<OperatorRecord | undefined> {
  const { held, revision } = await cutAsAt(sql, asAt)
  const { on } = asAt
  const checks = (table: string, key: string) => sql`
    (select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'expiresOn', k.expires, 'held', k.held) order by k.kind), '[]')
       from (select distinct on (x.kind) x.kind, (upper(x.valid) - 1)::date as expires, x.valid @> ${on}::date as held
               from ${sql(table)} x
              where x.${sql(key)} = w.${sql(key)} and x.known @> ${revision}::bigint and lower(x.valid) <= ${on}::date
              order by x.kind, upper(x.valid) desc nulls first) k)`
  const onRoad = (table: string, key: string) => sql`
    exists (select 1 from ${sql(table)} m
              join run on run.run_id = m.run_id
              join route_terms r on r.route_id = run.route_id and ${held('r')}
              join contract_terms c on c.contract_id = r.contract_id and ${held('c')}
             where m.${sql(key)} = w.${sql(key)} and ${held('m')})`
  const [row] = await sql<OperatorRecord[]>`
    select o.operator_id as operator, o.name, o.company_number as "companyNumber", o.phone, o.email, o.standing,
           o.vehicles_declared as "vehiclesDeclared",
           (select coalesce(jsonb_agg(jsonb_build_object('contract', c.contract_id, 'reference', c.reference,
                     'lastDay', upper(c.valid) - 1, 'routes', (select count(*) from route_terms r
                                where r.contract_id = c.contract_id and ${held('r')})) order by upper(c.valid)), '[]')
              from contract_terms c where c.operator_id = o.operator_id and ${held('c')}) as contracts,
           (select coalesce(jsonb_agg(jsonb_build_object('route', r.route_id, 'code', r.code, 'school', s.name) order by r.code), '[]')
              from contract_terms c
              join route_terms r on r.contract_id = c.contract_id and ${held('r')}
              left join school_particulars s on s.school_id = r.school_id and ${held('s')}
             where c.operator_id = o.operator_id and ${held('c')}) as routes,
           (select coalesce(jsonb_agg(jsonb_build_object('vehicle', w.vehicle_id, 'registration', w.registration,
                     'type', w.vehicle_type, 'onRoad', ${onRoad('run_vehicle', 'vehicle_id')}, 'checks', ${checks('vehicle_check', 'vehicle_id')}) order by w.registration), '[]')
              from vehicle_particulars w where w.operator_id = o.operator_id and ${held('w')}) as vehicles,
           (select coalesce(jsonb_agg(jsonb_build_object('crew', w.crew_id, 'name', w.name, 'post', w.post,
                     'onRoad', ${onRoad('run_crew', 'crew_id')}, 'checks', ${checks('crew_check', 'crew_id')}) order by w.post, w.name), '[]')
              from crew_particulars w where w.operator_id = o.operator_id and ${held('w')}) as crew
      from operator_particulars o
     where o.operator_id = ${operator} and o.known @> ${revision}::bigint
     order by o.valid @> ${on}::date desc, lower(o.valid) desc limit 1`
  return row
}
