/** A run on a day: its plan, who makes it, who rides, and what has been said about it. */
import type { Sql } from 'postgres'
import type {
  ContractId,
  CrewId,
  OperatorId,
  PupilId,
  RouteId,
  RunId,
  SchoolId,
  VehicleId,
} from '#ground/ids.ts'
import type { DayPattern } from '#ground/pattern.ts'
import type { AsAt, PlainDate, WallTime } from '#ground/time.ts'
import { type Cut, cutAsAt } from '#knowledge/store'

export type RunStop = {
  place: string
  kind: 'home' | 'pick-up-point' | 'school'
  pupil?: PupilId
  school?: SchoolId
  at: WallTime
  /** Where it is, if a map or an import has said so. */
  latitude?: number
  longitude?: number
}

export type Rider = {
  pupil: PupilId
  name: string
  mobility: string
  wheelchair: string | null
  restraint: string | null
  assistant: string
  alone: boolean
  handover: string | null
  communication: string | null
  equipment: string | null
  told: boolean
  phone: string | null
  carer: string | null
}

export type RunRecord = {
  run: RunId
  direction: 1 | 2
  route: RouteId
  code: string
  name: string | null
  school: SchoolId | null
  schoolName: string | null
  schoolPhone: string | null
  contract: ContractId | null
  reference: string | null
  contractLastDay: PlainDate | null
  inForce: boolean
  operator: OperatorId | null
  operatorName: string | null
  operatorPhone: string | null
  days: DayPattern | null
  vehicleType: string | null
  layouts: [seats: number, wheelchairs: number][]
  assistantPosts: number
  stops: RunStop[]
  milesLive: number | null
  crew: { crew: CrewId; name: string; post: string; phone: string | null; lapsed: string[] }[]
  vehicle: { vehicle: VehicleId; registration: string; lapsed: string[] } | null
  riders: Rider[]
  words: { kind: string; evidence: string; givenOn: PlainDate }[]
}

/** The runs of a route, or one run by its number, as they stand on a day and were known at a moment. */
export async function runsAsAt(
  sql: Sql,
  asked: { run: RunId } | { route: RouteId },
  asAt: AsAt,
): Promise<RunRecord[]> {
  const { on } = asAt
  const { revision, held } = await cutAsAt(sql, asAt)
  const which = 'run' in asked ? sql`run.run_id = ${asked.run}` : sql`run.route_id = ${asked.route}`
  return await sql<RunRecord[]>`
    select run.run_id as run, run.direction, run.route_id as route,
           coalesce(r.code, 'Run ' || run.run_id) as code, r.name, r.school_id as school,
           s.name as "schoolName", s.phone as "schoolPhone",
           r.contract_id as contract, c.reference, (upper(c.valid) - 1)::date as "contractLastDay",
           c.valid @> ${on}::date as "inForce",
           o.operator_id as operator, o.name as "operatorName", o.phone as "operatorPhone",
           p.days, p.vehicle_type as "vehicleType", coalesce(p.layouts, '[]') as layouts,
           coalesce(p.assistant_posts, 0) as "assistantPosts", coalesce(p.stops, '[]') as stops,
           p.miles_live::float8 as "milesLive",
           ${crewOf(sql, held)} as crew, ${vehicleOf(sql, held)} as vehicle, ${ridersOf(sql, held)} as riders,
           (select coalesce(jsonb_agg(jsonb_build_object('kind', f.kind, 'evidence', f.evidence, 'givenOn', f.given_on)), '[]')
              from confirmation f
             where f.contract_id = r.contract_id and ${held('f')} and f.run_id in (0, run.run_id) and f.pupil_id = 0) as words
      from run
      left join lateral (select x.* from route_terms x where x.route_id = run.route_id and x.known @> ${revision}::bigint
                          order by x.valid @> ${on}::date desc, lower(x.valid) desc limit 1) r on true
      left join lateral (select x.* from contract_terms x where x.contract_id = r.contract_id and x.known @> ${revision}::bigint
                          order by x.valid @> ${on}::date desc, lower(x.valid) desc limit 1) c on true
      left join operator_particulars o on o.operator_id = c.operator_id and ${held('o')}
      left join school_particulars s on s.school_id = r.school_id and ${held('s')}
      left join lateral (select x.* from run_plan x where x.run_id = run.run_id and ${held('x')}
                          order by x.days @> fortnight_day(${on}::date) desc limit 1) p on true
     where ${which}
     order by run.direction, run.run_id`
}

type Held = Cut['held']

/** Kinds of check that are kept for a crew or vehicle, of which none is valid on the day. */
const lapsed = (sql: Sql, held: Held, { table, key }: { table: string; key: string }) => sql`
  (select coalesce(jsonb_agg(distinct k.kind), '[]') from ${sql(table)} k
    where k.${sql(key)} = m.${sql(key)}
      and not exists (select 1 from ${sql(table)} held where held.${sql(key)} = k.${sql(key)} and held.kind = k.kind and ${held('held')}))`

const crewOf = (sql: Sql, held: Held) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('crew', m.crew_id, 'name', w.name, 'post', m.post, 'phone', w.phone,
                   'lapsed', ${lapsed(sql, held, { table: 'crew_check', key: 'crew_id' })}) order by m.post), '[]')
     from run_crew m join crew_particulars w on w.crew_id = m.crew_id and ${held('w')}
    where m.run_id = run.run_id and ${held('m')})`

const vehicleOf = (sql: Sql, held: Held) => sql`
  (select jsonb_build_object('vehicle', m.vehicle_id, 'registration', w.registration,
                   'lapsed', ${lapsed(sql, held, { table: 'vehicle_check', key: 'vehicle_id' })})
     from run_vehicle m join vehicle_particulars w on w.vehicle_id = m.vehicle_id and ${held('w')}
    where m.run_id = run.run_id and ${held('m')} limit 1)`

const ridersOf = (sql: Sql, held: Held) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object(
            'pupil', t.pupil_id, 'name', n.given_name || ' ' || n.family_name,
            'mobility', coalesce(d.mobility, 'seat'),
            'wheelchair', nullif(concat_ws(' ', d.wheelchair_make, d.wheelchair_model), ''),
            'restraint', d.restraint, 'assistant', coalesce(d.assistant, 'none'),
            'alone', coalesce(d.single_occupancy, false),
            'handover', d.answers ->> 'handover', 'communication', d.answers ->> 'communication',
            'equipment', d.answers ->> 'equipment',
            'told', exists (select 1 from confirmation f where f.kind = 'family-told' and f.run_id = run.run_id
                               and f.pupil_id = t.pupil_id and ${held('f')}),
            'carer', carer.name, 'phone', carer.phone) order by n.family_name, n.given_name), '[]')
     from travel_arrangement t
     join pupil_particulars n on n.pupil_id = t.pupil_id and ${held('n')}
     left join travel_need d on d.pupil_id = t.pupil_id and ${held('d')}
     left join lateral (select w.given_name || ' ' || w.family_name as name, h.address as phone
                          from pupil_carer a
                          join carer_particulars w on w.carer_id = a.carer_id and ${held('w')}
                          left join contact_point h on h.carer_id = a.carer_id and h.kind = 'phone' and ${held('h')}
                         where a.pupil_id = t.pupil_id and ${held('a')}
                         order by a.told_first desc, a.carer_id limit 1) carer on true
    where t.run_id = run.run_id and ${held('t')})`
