/** Who is measured and who is not, and what was measured of each. */
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { everyHalfDay } from '#ground/pattern.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt, span, stateFact, withdrawFact } from '#knowledge/store'
import type { Place } from '#roads'
import type { Drove, Found, Journey, Walked } from './distance.ts'

/** What is asked of whom: on which day, of which network. */
export type Measuring = { today: PlainDate; network: number }

/**
 * The pupils of whom what is recorded from a day on is not what this network would say: new, moved, placed elsewhere,
 * measured by another network, walking along a way marked unsafe, or round one that no longer is.
 */
export async function pupilsToMeasure(sql: Sql, { today, network }: Measuring): Promise<PupilId[]> {
  const rows = await sql<{ pupil: PupilId }[]>`
    with unsafe as (
      select coalesce(array_agg(way_id), '{}') as ways from unsafe_way where upper_inf(known) and valid @> ${today}::date
    ), wanted as (
      select * from journeys_from(${today})
    ), held as (
      select d.pupil_id, d.pattern::int4multirange, d.school_id, f.longitude_e7, f.latitude_e7, t.longitude_e7, t.latitude_e7,
             d.valid::daterange * daterange(${today}, null)
        from school_distance d
        join road_place f on f.place_id = d.from_place
        join road_place t on t.place_id = d.to_place
        cross join unsafe
       where upper_inf(d.known) and d.valid && daterange(${today}, null)
         and d.network_id = ${network} and not d.walk_ways && unsafe.ways and d.walk_avoids <@ unsafe.ways
    ), stray as (
      select d.pupil_id from school_distance d
       where upper_inf(d.known) and d.valid && daterange(${today}, null)
         and not exists (select from wanted w where w.pupil_id = d.pupil_id)
    )
    select distinct pupil_id as pupil
      from ((table wanted except table held) union all (table held except table wanted)) differs
    union
    select pupil_id from stray
    order by pupil`
  return rows.map(({ pupil }) => pupil)
}

/** The journeys of some pupils from a day on, as is believed now. */
export async function journeysOf(
  sql: Sql | TransactionSql,
  pupils: readonly PupilId[],
  today: PlainDate,
): Promise<Journey[]> {
  const rows = await sql<(Omit<Journey, 'from' | 'to'> & { points: [number, number, number, number] })[]>`
    select pupil_id as pupil, pattern::text, school_id as school, valid::text,
           array[from_longitude_e7, from_latitude_e7, to_longitude_e7, to_latitude_e7] as points
      from journeys_from(${today})
     where pupil_id = any(${[...pupils]})
     order by pupil_id, valid, pattern`
  return rows.map(({ points: [fromX, fromY, toX, toY], ...rest }) => ({
    ...rest,
    from: { longitude: fromX / 1e7, latitude: fromY / 1e7 },
    to: { longitude: toX / 1e7, latitude: toY / 1e7 },
  }))
}

/** How many pupils on the register have a school on a day, but no home or school that is placed on the ground. */
export async function howManyUnplaced(sql: Sql, today: PlainDate): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(distinct p.pupil_id)::integer as count
      from placement p
      join pupil_registration r on r.pupil_id = p.pupil_id and upper_inf(r.known) and r.valid @> ${today}::date
     where upper_inf(p.known) and p.valid @> ${today}::date
       and not exists (select from journeys_from(${today}) j where j.pupil_id = p.pupil_id)`
  return row?.count ?? 0
}

/** The ways marked unsafe to walk along on a day. */
export async function unsafeWays(sql: Sql, today: PlainDate): Promise<number[]> {
  const rows = await sql<{ way: number }[]>`
    select way_id::double precision as way from unsafe_way
     where upper_inf(known) and valid @> ${today}::date order by way_id`
  return rows.map(({ way }) => way)
}

/** Asks a worker to measure whoever is not measured: what a new network does, and the database by itself does not see. */
export async function askToMeasure(sql: Sql): Promise<void> {
  await sql`
    select graphile_worker.add_job('measure-distances', job_key := 'measure-distances', job_key_mode := 'preserve_run_at')`
}

/** A journey that was measured, between numbered places. */
export type Measured = Journey & { fromPlace: number; toPlace: number; drove: Drove; walked: Walked }

/** Records, inside the open revision, what was measured of pupils from a day on: in place of all that was. */
export async function recordDistances(
  tx: TransactionSql,
  pupils: readonly PupilId[],
  { today, network, measured }: Measuring & { measured: readonly Measured[] },
): Promise<void> {
  for (const pupil_id of pupils)
    await withdrawFact(tx, 'school_distance', { pupil_id, pattern: everyHalfDay, valid: span(today, null) })
  for (const { drove, walked, ...journey } of measured)
    await stateFact(tx, 'school_distance', {
      pupil_id: journey.pupil,
      pattern: journey.pattern,
      school_id: journey.school,
      from_place: journey.fromPlace,
      to_place: journey.toPlace,
      network_id: network,
      drive: drove.found,
      drive_seconds: drove.seconds,
      drive_metres: drove.metres,
      walk: walked.found,
      walk_metres: walked.metres,
      walk_ways: walked.ways,
      walk_avoids: walked.avoids,
      valid: journey.valid,
    })
}

/** How far a pupil lives from a school of theirs, as recorded. */
export type SchoolDistance = {
  school: SchoolId
  schoolName: string
  pattern: string
  /** Where the home and the school were when it was measured. */
  from: Place
  to: Place
  network: string
  /** The file the network was made of; nothing where it is not one of our own. */
  extract: string | null
  drive: Found
  driveSeconds: number | null
  driveMetres: number | null
  walk: Found
  walkMetres: number | null
  /** The ways marked unsafe that the walk keeps clear of, where it had to. */
  avoids: readonly number[]
}

/** The distances of a pupil on a day, as known at a moment. */
export async function distancesAsAt(sql: Sql, pupil: PupilId, asAt: AsAt): Promise<SchoolDistance[]> {
  const { held } = await cutAsAt(sql, asAt)
  return await sql<SchoolDistance[]>`
    select d.school_id as school, coalesce(s.name, 'School ' || d.school_id) as "schoolName", d.pattern::text,
           ${placeOf(sql, 'f')} as from, ${placeOf(sql, 't')} as to, n.name as network, n.built ->> 'extract' as extract, d.drive,
           d.drive_seconds as "driveSeconds", d.drive_metres as "driveMetres", d.walk, d.walk_metres as "walkMetres",
           to_json(d.walk_avoids) as avoids
      from school_distance d
      join road_network n using (network_id)
      join road_place f on f.place_id = d.from_place
      join road_place t on t.place_id = d.to_place
      left join school_particulars s on s.school_id = d.school_id and ${held('s')}
     where d.pupil_id = ${pupil} and ${held('d')}
     order by d.pattern`
}

const placeOf = (sql: Sql, place: string) => sql`
  json_build_object('longitude', ${sql(place)}.longitude_e7 / 1e7, 'latitude', ${sql(place)}.latitude_e7 / 1e7)`

/** How far a pupil of a school lives from it. */
export type PupilDistance = Omit<
  SchoolDistance,
  'school' | 'schoolName' | 'pattern' | 'extract' | 'avoids'
> & {
  pupil: PupilId
}

/** The distances of every pupil of a school on a day, as known at a moment; the shortest walk first. */
export async function distancesToSchool(sql: Sql, school: SchoolId, asAt: AsAt): Promise<PupilDistance[]> {
  const { held } = await cutAsAt(sql, asAt)
  return await sql<PupilDistance[]>`
    select * from (
      select distinct on (d.pupil_id) d.pupil_id as pupil, ${placeOf(sql, 'f')} as from, ${placeOf(sql, 't')} as to,
             n.name as network, d.drive, d.drive_seconds as "driveSeconds", d.drive_metres as "driveMetres", d.walk,
             d.walk_metres as "walkMetres"
        from school_distance d
        join road_network n using (network_id)
        join road_place f on f.place_id = d.from_place
        join road_place t on t.place_id = d.to_place
       where d.school_id = ${school} and ${held('d')}
       order by d.pupil_id, d.pattern) measured
     order by "walkMetres" nulls last, pupil`
}
