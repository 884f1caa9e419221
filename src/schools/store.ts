/** Schools as lists and pages read them: who attends, when they are open, when the bells ring. */
import type { Sql } from 'postgres'
import type { PupilId, RouteId, SchoolId } from '#ground/ids.ts'
import type { ListQuestion } from '#ground/list-question.ts'
import type { AsAt, PlainDate, WallTime } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

export const schoolSorts = ['name', 'area', 'pupils', 'without'] as const

export type SchoolRow = {
  school: SchoolId
  name: string
  kind: string
  area: string | null
  pupils: number
  /** Pupils without transport to it on the day, either way. */
  without: number
  open: boolean
}

/** One page of the schools on a day, and how many there are. */
export async function schoolsAsAt(
  sql: Sql,
  asAt: AsAt,
  question: ListQuestion,
): Promise<{ rows: SchoolRow[]; count: number }> {
  const { held, revision } = await cutAsAt(sql, asAt)
  const { on } = asAt
  const words = `%${question.search.replace(/[\\%_]/g, '\\$&')}%`
  const { kind = '' } = question.chosen
  const order = { area: sql`area`, pupils: sql`pupils`, without: sql`without` }[question.by] ?? sql`name`
  const rows = await sql<(SchoolRow & { count: number })[]>`
    with standing as materialized (
      select school_id, count(distinct pupil_id) filter (where state in ('no-offer', 'offer-declined', 'interim-by-family'))::integer as without
        from county_state(${revision}, ${on}::date) group by school_id
    ), placed as materialized (
      select p.school_id, count(distinct p.pupil_id)::integer as pupils
        from placement p join pupil_registration r on r.pupil_id = p.pupil_id and ${held('r')}
       where ${held('p')} group by p.school_id
    )
    select s.school_id as school, s.name, s.kind, s.area, coalesce(p.pupils, 0) as pupils, coalesce(t.without, 0) as without,
           coalesce(o.open, true) as open, count(*) over ()::integer as count
      from school_particulars s
      left join placed p on p.school_id = s.school_id
      left join standing t on t.school_id = s.school_id
      left join school_open(${revision}, array[${on}::date]) o on o.school_id = s.school_id
     where ${held('s')} and (s.name || ' ' || coalesce(s.area, '')) ilike ${words}
       and ${kind === '' ? sql`true` : sql`s.kind = ${kind}`}
     order by ${order} ${question.descending ? sql`desc` : sql`asc`} nulls last, name
     limit ${question.limit} offset ${question.offset}`
  return { rows, count: rows[0]?.count ?? 0 }
}

export type SchoolRecord = {
  school: SchoolId
  name: string
  urn: string | null
  kind: string
  phase: string | null
  area: string | null
  phone: string | null
  email: string | null
  entrances: {
    name: string
    site: string
    address: string | null
    postcode: string | null
    latitude: number | null
    longitude: number | null
  }[]
  bells: { days: string; opens: WallTime; closes: WallTime }[]
  terms: { name: string; firstDay: PlainDate; lastDay: PlainDate }[]
  closures: { kind: string; part: string; reason: string | null; firstDay: PlainDate; lastDay: PlainDate }[]
  holidays: BankHoliday[]
  routes: { route: RouteId; code: string; operator: string | null; pupils: number }[]
  pupils: {
    pupil: PupilId
    name: string
    yearGroup: string | null
    toSchool: string | null
    home: string | null
  }[]
}

export type BankHoliday = { name: string; day: PlainDate }

/** The bank holidays on and after a day, the next first. */
export async function bankHolidaysFrom(sql: Sql, asAt: AsAt): Promise<BankHoliday[]> {
  const { revision } = await cutAsAt(sql, asAt)
  return await sql<BankHoliday[]>`
    select b.name, lower(b.valid) as day from bank_holiday b
     where b.known @> ${revision}::bigint and lower(b.valid) >= ${asAt.on}::date order by day`
}

/** A school as it stood on a day, with its calendar from that day on for a year; nothing for one unknown by then. */
export async function schoolAsAt(sql: Sql, school: SchoolId, asAt: AsAt): Promise<SchoolRecord | undefined> {
  const { held, revision } = await cutAsAt(sql, asAt)
  const { on } = asAt
  const ahead = (alias: string) =>
    sql`${sql(alias)}.school_id = ${school} and ${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid && daterange(${on}::date - 7, ${on}::date + 365)`
  const days = (alias: string) =>
    sql`'firstDay', lower(${sql(alias)}.valid), 'lastDay', upper(${sql(alias)}.valid) - 1`
  const [row] = await sql<SchoolRecord[]>`
    with attending as materialized (
      select distinct p.pupil_id, p.year_group from placement p
        join pupil_registration r on r.pupil_id = p.pupil_id and ${held('r')}
       where p.school_id = ${school} and ${held('p')}
    ), standing as materialized (
      select pupil_id, max(state) filter (where direction = 1) as there, max(state) filter (where direction = 2) as back
        from travel_state(${revision}, array[${on}::date], (select coalesce(array_agg(pupil_id), '{}') from attending))
       group by pupil_id
    )
    select s.school_id as school, s.name, s.urn, s.kind, s.phase, s.area, s.phone, s.email,
           (select coalesce(jsonb_agg(to_jsonb(e) order by e.site, e.name), '[]') from school_entrance e
             where e.school_id = s.school_id and ${held('e')}) as entrances,
           (select coalesce(jsonb_agg(jsonb_build_object('days', b.days::text, 'opens', to_char(b.opens, 'HH24:MI'), 'closes', to_char(b.closes, 'HH24:MI')) order by b.days), '[]')
              from bell_time b where b.school_id = s.school_id and ${held('b')}) as bells,
           (select coalesce(jsonb_agg(jsonb_build_object('name', t.name, ${days('t')}) order by lower(t.valid)), '[]') from school_term t where ${ahead('t')}) as terms,
           (select coalesce(jsonb_agg(jsonb_build_object('kind', c.kind, 'part', c.part, 'reason', c.reason, ${days('c')}) order by lower(c.valid)), '[]')
              from school_closure c where ${ahead('c')}) as closures,
           (select coalesce(jsonb_agg(jsonb_build_object('name', b.name, 'day', lower(b.valid)) order by lower(b.valid)), '[]')
              from bank_holiday b where b.known @> ${revision}::bigint and b.valid && daterange(${on}::date - 7, ${on}::date + 365)) as holidays,
           (select coalesce(jsonb_agg(jsonb_build_object('route', r.route_id, 'code', r.code, 'operator', o.name,
                     'pupils', (select count(distinct t.pupil_id) from run join travel_arrangement t using (run_id) where run.route_id = r.route_id and ${held('t')})) order by r.code), '[]')
              from route_terms r
              left join contract_terms c on c.contract_id = r.contract_id and ${held('c')}
              left join operator_particulars o on o.operator_id = c.operator_id and ${held('o')}
             where r.school_id = s.school_id and ${held('r')}
               and (c.contract_id is not null or exists (select 1 from run join travel_arrangement t using (run_id)
                                                          where run.route_id = r.route_id and ${held('t')}))) as routes,
           (select coalesce(jsonb_agg(jsonb_build_object('pupil', a.pupil_id, 'name', n.given_name || ' ' || n.family_name,
                     'yearGroup', a.year_group, 'toSchool', t.there, 'home', t.back) order by n.family_name, n.given_name), '[]')
              from attending a
              join pupil_particulars n on n.pupil_id = a.pupil_id and ${held('n')}
              left join standing t on t.pupil_id = a.pupil_id) as pupils
      from school_particulars s
     where s.school_id = ${school} and s.known @> ${revision}::bigint
     order by s.valid @> ${on}::date desc, lower(s.valid) desc limit 1`
  return row
}
