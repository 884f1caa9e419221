/** Contracts as lists and pages read them: terms, routes, who is aboard, and what comes after. */
import type { Sql } from 'postgres'
import type { ContractId, OperatorId, PupilId, RouteId } from '#ground/ids.ts'
import type { ListQuestion } from '#ground/list-question.ts'
import type { Pence } from '#ground/money.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

export const contractSorts = ['reference', 'operator', 'ends', 'pupils', 'rate'] as const

export type ContractRow = {
  contract: ContractId
  reference: string
  operator: OperatorId
  operatorName: string | null
  firstDay: PlainDate
  lastDay: PlainDate | null
  inForce: boolean
  status: string
  dailyRate: Pence
  routes: number
  pupils: number
}

/** One page of the contracts that are, were or will be in force, and how many there are. */
export async function contractsAsAt(
  sql: Sql,
  asAt: AsAt,
  question: ListQuestion,
): Promise<{ rows: ContractRow[]; count: number }> {
  const { held, revision } = await cutAsAt(sql, asAt)
  const words = `%${question.search.replace(/[\\%_]/g, '\\$&')}%`
  const { standing = 'in-force', operator = '' } = question.chosen
  const { on } = asAt
  const wanted = {
    'in-force': sql`"inForce"`,
    'ends-soon': sql`"inForce" and "lastDay" < ${on}::date + 56`,
    ended: sql`"lastDay" < ${on}::date`,
    'yet-to-begin': sql`"firstDay" > ${on}::date`,
  }[standing]
  const order = {
    operator: sql`"operatorName"`,
    ends: sql`"lastDay"`,
    pupils: sql`pupils`,
    rate: sql`"dailyRate"`,
    reference: sql`reference`,
  }[question.by]
  const rows = await sql<(ContractRow & { count: number })[]>`
    with terms as materialized (
      select distinct on (c.contract_id) c.* from contract_terms c
       where c.known @> ${revision}::bigint
       order by c.contract_id, c.valid @> ${on}::date desc, lower(c.valid) desc
    ), aboard as materialized (
      select r.contract_id, count(distinct r.route_id)::integer as routes, count(distinct t.pupil_id)::integer as pupils
        from route_terms r
        left join run on run.route_id = r.route_id
        left join travel_arrangement t on t.run_id = run.run_id and ${held('t')}
       where ${held('r')} group by r.contract_id
    ), listed as (
      select c.contract_id as contract, c.reference, c.operator_id as operator, o.name as "operatorName",
             lower(c.valid)::date as "firstDay", (upper(c.valid) - 1)::date as "lastDay",
             c.valid @> ${on}::date and c.status <> 'handed-back' as "inForce", c.status, c.daily_rate_pence as "dailyRate",
             coalesce(a.routes, 0) as routes, coalesce(a.pupils, 0) as pupils
        from terms c
        left join operator_particulars o on o.operator_id = c.operator_id and ${held('o')}
        left join aboard a on a.contract_id = c.contract_id
    )
    select *, count(*) over ()::integer as count from listed
     where (reference || ' ' || coalesce("operatorName", '')) ilike ${words}
       and ${wanted ?? sql`true`} and ${operator === '' ? sql`true` : sql`operator = ${Number(operator) || 0}`}
     order by ${order ?? sql`reference`} ${question.descending ? sql`desc` : sql`asc`} nulls last, reference
     limit ${question.limit} offset ${question.offset}`
  return { rows, count: rows[0]?.count ?? 0 }
}

export type ContractRecord = Omit<ContractRow, 'routes' | 'pupils'> & {
  noticeDays: number
  variationRate: Pence
  extensionMonths: number
  signed: { evidence: string; givenOn: PlainDate } | null
  routes: { route: RouteId; code: string; name: string | null; school: string | null; pupils: number }[]
  aboard: { pupil: PupilId; name: string; route: string }[]
  /** Whoever sits on its runs on the day after it ends. */
  afterEnd: { pupil: PupilId; name: string; route: string }[]
  /** Whoever rides on under a successor on that day, which nobody has signed yet. */
  unsigned: { pupil: PupilId; name: string; route: string; successor: string }[]
}

/** A contract as it stands on a day, or on its last one when it is over; nothing for one unknown by then. */
export async function contractAsAt(
  sql: Sql,
  contract: ContractId,
  asAt: AsAt,
): Promise<ContractRecord | undefined> {
  const { held, revision } = await cutAsAt(sql, asAt)
  const { on } = asAt
  const seats = (day: ReturnType<Sql>) => sql`
    (select coalesce(jsonb_agg(distinct jsonb_build_object('pupil', t.pupil_id, 'route', r.code,
                     'name', n.given_name || ' ' || n.family_name)), '[]')
       from route_terms r
       join run on run.route_id = r.route_id
       join travel_arrangement t on t.run_id = run.run_id and t.known @> ${revision}::bigint and t.valid @> ${day}
       join pupil_particulars n on n.pupil_id = t.pupil_id and n.known @> ${revision}::bigint and n.valid @> ${day}
      where r.contract_id = c.contract_id and r.known @> ${revision}::bigint and r.valid @> ${day})`
  const [row] = await sql<ContractRecord[]>`
    select c.contract_id as contract, c.reference, c.operator_id as operator, o.name as "operatorName",
           lower(c.valid)::date as "firstDay", (upper(c.valid) - 1)::date as "lastDay",
           c.valid @> ${on}::date and c.status <> 'handed-back' as "inForce", c.status,
           c.daily_rate_pence as "dailyRate", c.notice_days as "noticeDays",
           c.variation_rate_pence as "variationRate", c.extension_months as "extensionMonths",
           (select jsonb_build_object('evidence', f.evidence, 'givenOn', f.given_on) from confirmation f
             where f.kind = 'contract-signed' and f.contract_id = c.contract_id and f.known @> ${revision}::bigint
             order by f.valid @> ${on}::date desc limit 1) as signed,
           (select coalesce(jsonb_agg(jsonb_build_object('route', r.route_id, 'code', r.code, 'name', r.name, 'school', s.name,
                     'pupils', (select count(distinct t.pupil_id) from run join travel_arrangement t using (run_id)
                                 where run.route_id = r.route_id and ${held('t')})) order by r.code), '[]')
              from route_terms r left join school_particulars s on s.school_id = r.school_id and ${held('s')}
             where r.contract_id = c.contract_id and ${held('r')}) as routes,
           ${seats(sql`${on}::date`)} as aboard, ${seats(sql`upper(c.valid)`)} as "afterEnd",
           (select coalesce(jsonb_agg(distinct jsonb_build_object('pupil', t.pupil_id, 'route', r.code, 'successor', n.reference,
                     'name', p.given_name || ' ' || p.family_name)), '[]')
              from route_terms old
              join route_terms r on r.route_id = old.route_id and r.contract_id <> c.contract_id
                                and r.known @> ${revision}::bigint and r.valid @> upper(c.valid)
              join contract_terms n on n.contract_id = r.contract_id and n.known @> ${revision}::bigint and n.valid @> upper(c.valid)
              join run on run.route_id = r.route_id
              join travel_arrangement t on t.run_id = run.run_id and t.known @> ${revision}::bigint and t.valid @> upper(c.valid)
              join pupil_particulars p on p.pupil_id = t.pupil_id and p.known @> ${revision}::bigint and p.valid @> upper(c.valid)
             where old.contract_id = c.contract_id and old.known @> ${revision}::bigint and old.valid @> (upper(c.valid) - 1)
               and not exists (select 1 from confirmation f
                                where f.kind = 'contract-signed' and f.contract_id = n.contract_id
                                  and f.known @> ${revision}::bigint and f.valid @> upper(c.valid))) as unsigned
      from contract_terms c
      left join operator_particulars o on o.operator_id = c.operator_id and ${held('o')}
     where c.contract_id = ${contract} and c.known @> ${revision}::bigint
     order by c.valid @> ${on}::date desc, lower(c.valid) desc limit 1`
  return row
}
