/** Ways that officers found unsafe to walk along: who marked them and why, and whose walks that changes. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { span, stateFact, withdrawFact } from '#knowledge/store'
import type { Found } from './distance.ts'

export type UnsafeWay = {
  way: number
  name: string
  reason: string
  from: PlainDate
  until: PlainDate | null
  by: string
  at: Instant
  /** How many pupils’ walks led along it when it was marked. */
  pupils: number
}

/** The ways that are marked from a day on, as is believed now. */
export async function unsafeWaysFrom(sql: Sql, day: PlainDate): Promise<UnsafeWay[]> {
  return await sql<UnsafeWay[]>`
    select u.way_id::double precision as way, u.name, u.reason, lower(u.valid) as from, upper(u.valid) as until,
           p.name as by, r.recorded_at as at,
           (select count(distinct d.pupil_id)::integer from school_distance d
             where d.walk_ways @> array[u.way_id] and d.valid && u.valid
               and d.known @> (lower(u.known) - 1)) as pupils
      from unsafe_way u
      join revision r on r.revision = lower(u.known)
      join person p using (person_id)
     where upper_inf(u.known) and u.valid && daterange(${day}, null)
     order by u.name, u.way_id, u.valid`
}

/** A walk that led along a way, and what it is now. */
export type WalkAlong = {
  pupil: PupilId
  school: SchoolId
  schoolName: string
  before: number
  now: Found | null
  nowMetres: number | null
}

/** Whose walk to school leads along a way on a day, as is believed now. */
export async function pupilsWalkingAlong(sql: Sql, way: number, day: PlainDate): Promise<PupilId[]> {
  const rows = await sql<{ pupil: PupilId }[]>`
    select distinct pupil_id as pupil from school_distance
     where walk_ways @> array[${way}::bigint] and upper_inf(known) and valid @> ${day}::date order by pupil_id`
  return rows.map(({ pupil }) => pupil)
}

/** The walks that led along a way when it was marked, and what each is on a day as is believed now. */
export async function walksOnceAlong(sql: Sql, way: number, day: PlainDate): Promise<WalkAlong[]> {
  return await sql<WalkAlong[]>`
    select distinct on (d.pupil_id, d.school_id) d.pupil_id as pupil, d.school_id as school,
           coalesce(s.name, 'School ' || d.school_id) as "schoolName", d.walk_metres as before, n.walk as now,
           n.walk_metres as "nowMetres"
      from unsafe_way u
      join school_distance d on d.walk_ways @> array[u.way_id] and d.valid && u.valid and d.known @> (lower(u.known) - 1)
      left join school_distance n on n.pupil_id = d.pupil_id and n.school_id = d.school_id
                                 and upper_inf(n.known) and n.valid @> ${day}::date
      left join school_particulars s on s.school_id = d.school_id and upper_inf(s.known) and s.valid @> ${day}::date
     where u.way_id = ${way} and upper_inf(u.known) and u.valid && daterange(${day}, null)
     order by d.pupil_id, d.school_id, n.fact_id desc`
}

/** Marks a way unsafe from a day on, inside the open revision. The walks along it are measured again by themselves. */
export async function markUnsafe(
  tx: TransactionSql,
  { way, name, reason, from }: { way: number; name: string; reason: string; from: PlainDate },
): Promise<void> {
  await stateFact(tx, 'unsafe_way', { way_id: way, name, reason, valid: span(from, null) })
}

/** Ends that from a day on, inside the open revision. */
export async function clearUnsafe(tx: TransactionSql, way: number, from: PlainDate): Promise<void> {
  await withdrawFact(tx, 'unsafe_way', { way_id: way, valid: span(from, null) })
}
