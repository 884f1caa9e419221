/** Runs on which one more pupil might have a seat. */
import type { Sql } from 'postgres'
import type { PupilId, RunId } from '#ground/ids.ts'
import { type DayPattern, everySchoolDay } from '#ground/pattern.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt, revisionKnownAt } from '#knowledge/store'

export type RunOnOffer = {
  run: RunId
  code: string
  direction: 1 | 2
  operator: string | null
  vehicleType: string
  layouts: [seats: number, wheelchairs: number][]
  assistantPosts: number
  /** Pupils aboard already, and how many of them ride in a wheelchair. */
  others: number
  chairs: number
  /** Somebody aboard who must travel alone, or be kept apart from this pupil. */
  mustNotShare: boolean
  /** From the pupil's home to the nearest stop, as the crow flies; nothing where either point is not known. */
  nearestStopMetres: number | null
}

/** Long enough to see over a summer holiday. */
const DAYS_AHEAD = 70

/**
 * The first day from `on` that the pattern names and a school of the pupil is open: what is aboard on a Saturday or in
 * a holiday tells nothing. `on` itself where there is none in ten weeks.
 */
export async function firstDayAtSchool(
  sql: Sql,
  { pupil, days = everySchoolDay }: { pupil: PupilId; days?: DayPattern | undefined },
  { on, knownAt }: AsAt,
): Promise<PlainDate> {
  const revision = await revisionKnownAt(sql, knownAt)
  const [row] = await sql<{ day: PlainDate | null }[]>`
    select min(o.day) as day
      from placement p
      join school_open(${revision}, array(select ${on}::date + n from generate_series(0, ${DAYS_AHEAD}::integer) n),
                       array(select school_id from placement where pupil_id = ${pupil})) o
        on o.school_id = p.school_id and p.valid @> o.day
     where p.pupil_id = ${pupil} and p.known @> ${revision}::bigint
       and o.open and ${days}::int4multirange @> fortnight_day(o.day)`
  return row?.day ?? on
}

/** Every run to or from the pupil's school on a day whose contract is in force, the nearest first. */
export async function runsOnOffer(
  sql: Sql,
  { pupil, direction }: { pupil: PupilId; direction: 1 | 2 },
  asAt: AsAt,
): Promise<RunOnOffer[]> {
  const { on } = asAt
  const { revision, held } = await cutAsAt(sql, asAt)
  return await sql<RunOnOffer[]>`
    with school as (
      select distinct f.school_id from placement f
       where f.pupil_id = ${pupil} and f.known @> ${revision}::bigint and coalesce(upper(f.valid), 'infinity') > ${on}::date
    ), home as (
      select f.latitude, f.longitude from pupil_home f where f.pupil_id = ${pupil} and ${held('f')} limit 1
    )
    select run.run_id as run, r.code, run.direction, o.name as operator, p.vehicle_type as "vehicleType",
           p.layouts, p.assistant_posts as "assistantPosts",
           aboard.others, aboard.chairs, aboard.alone or aboard.apart as "mustNotShare",
           (select round(min(2 * 6371008.8 * asin(sqrt(
                     sin(radians((stop ->> 'latitude')::float8 - home.latitude) / 2) ^ 2
                     + cos(radians(home.latitude)) * cos(radians((stop ->> 'latitude')::float8))
                       * sin(radians((stop ->> 'longitude')::float8 - home.longitude) / 2) ^ 2))))::integer
              from home, jsonb_array_elements(p.stops) stop
             where stop ->> 'kind' <> 'school' and stop ? 'latitude') as "nearestStopMetres"
      from school
      join route_terms r on r.school_id = school.school_id and ${held('r')}
      join contract_terms c on c.contract_id = r.contract_id and ${held('c')} and c.status <> 'handed-back'
      join operator_particulars o on o.operator_id = c.operator_id and ${held('o')} and o.standing = 'admitted'
      join run on run.route_id = r.route_id and run.direction = ${direction}
      join run_plan p on p.run_id = run.run_id and ${held('p')} and p.days @> fortnight_day(${on}::date)
     cross join lateral (
       select count(distinct t.pupil_id)::integer as others,
              count(distinct t.pupil_id) filter (where d.mobility = 'wheelchair' and d.wheelchair_travel is distinct from 'transfer')::integer as chairs,
              coalesce(bool_or(d.single_occupancy), false) as alone,
              coalesce(bool_or(exists (
                select 1 from pupil_pairing k where k.kind = 'keep-apart' and ${held('k')}
                   and k.pupil_id = least(t.pupil_id, ${pupil}) and k.other_id = greatest(t.pupil_id, ${pupil}))), false) as apart
         from travel_arrangement t
         left join travel_need d on d.pupil_id = t.pupil_id and ${held('d')}
        where t.run_id = run.run_id and t.pupil_id <> ${pupil} and ${held('t')} and t.days @> fortnight_day(${on}::date)
     ) aboard
     order by "nearestStopMetres" nulls last, r.code`
}
