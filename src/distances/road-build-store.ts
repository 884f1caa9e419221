/** Networks of roads that somebody asked for, and what became of each. */
import type { Sql } from 'postgres'
import type { PersonId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { beginRevision } from '#knowledge/store'
import type { Place } from '#roads'

export type RoadBuild = {
  id: number
  extract: string
  by: string
  byId: PersonId
  askedAt: Instant
  state: 'waiting' | 'building' | 'built' | 'failed'
  /** What is being done, and how much of it is done, from nought to one. */
  doing: string
  done: number
  endedAt: Instant | null
  network: string | null
  /** Schools that no road of the network is near. */
  farSchools: readonly string[]
  failure: string | null
}

const columns = (sql: Sql) => sql`
  build_id as id, extract, p.name as by, asked_by as "byId", asked_at as "askedAt", state, doing, done,
  ended_at as "endedAt", network, far_schools as "farSchools", failure`

/** The last builds that were asked for, the latest first. */
export const lastBuilds = (sql: Sql, atMost: number): Promise<RoadBuild[]> => sql<RoadBuild[]>`
  select ${columns(sql)} from road_build join person p on p.person_id = asked_by order by build_id desc limit ${atMost}`

/** One build. */
export async function buildNumbered(sql: Sql, id: number): Promise<RoadBuild | undefined> {
  const [row] = await sql<RoadBuild[]>`
    select ${columns(sql)} from road_build join person p on p.person_id = asked_by where build_id = ${id}`
  return row
}

/** The build that put a network into use last, by the network’s name. */
export async function buildOfNetwork(sql: Sql, network: string): Promise<RoadBuild | undefined> {
  const [row] = await sql<RoadBuild[]>`
    select ${columns(sql)} from road_build join person p on p.person_id = asked_by
     where network = ${network} order by build_id desc limit 1`
  return row
}

/** What is asked for: an extract by the name of its file. */
export type BuildAsked = { extract: string; by: PersonId; at: Instant }

/** Writes down that a network is asked for. Gives the number of the build. */
export async function askForBuild(sql: Sql, { extract, by, at }: BuildAsked): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    insert into road_build (extract, asked_by, asked_at) values (${extract}, ${by}, ${at}) returning build_id as id`
  return row?.id ?? 0
}

/** Gives a build to the workers: the file is on the machine that serves. */
export async function queueBuild(sql: Sql, build: number): Promise<void> {
  // A machine that dies half-way leaves it to be tried once more.
  await sql`
    select graphile_worker.add_job('build-roads', json_build_object('build', ${build}::integer), queue_name := 'roads',
                                   max_attempts := 2)`
}

/** How far a build has come. */
export async function buildProgress(
  sql: Sql,
  build: number,
  { doing, done }: Pick<RoadBuild, 'doing' | 'done'>,
): Promise<void> {
  await sql`
    update road_build set state = 'building', doing = ${doing}, done = ${done}
     where build_id = ${build} and ended_at is null`
}

/** Records that the network a build made is in use from now on, by whoever asked for it. */
export async function buildIsInUse(
  sql: Sql,
  build: Pick<RoadBuild, 'id' | 'extract' | 'byId'>,
  { network, farSchools, at }: { network: string; farSchools: readonly string[]; at: Instant },
): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, {
      by: build.byId,
      request: 'roads',
      reason: `Network of roads ${network}, built of ${build.extract}, is in use from now on`,
    })
    await tx`
      update road_build
         set state = 'built', done = 1, network = ${network}, far_schools = ${[...farSchools]}, ended_at = ${at}
       where build_id = ${build.id}`
  })
}

/** Records a network that was built and put into use without a worker: at the command line, or for a demonstration. */
export async function recordBuilt(
  sql: Sql,
  { network, ...asked }: BuildAsked & { network: string },
): Promise<void> {
  const id = await askForBuild(sql, asked)
  const build = { id, extract: asked.extract, byId: asked.by }
  await buildIsInUse(sql, build, { network, farSchools: [], at: asked.at })
}

/**
 * Gives up a build whose program was stopped in the middle: it is recorded as failed, and whoever was working on it for so
 * long holds up the next no more.
 */
export async function giveUpBuild(
  sql: Sql,
  build: number,
  { sentence, at, since }: { sentence: string; at: Instant; since: Instant },
): Promise<void> {
  await buildFailed(sql, build, { sentence, at })
  await sql`
    select graphile_worker.force_unlock_workers(array(
      select locked_by from graphile_worker.jobs
       where task_identifier = 'build-roads' and locked_at <= ${since}::timestamptz))`
}

/** Writes down why a build made no network. What was in use stays in use. */
export async function buildFailed(
  sql: Sql,
  build: number,
  { sentence, at }: { sentence: string; at: Instant },
): Promise<void> {
  await sql`
    update road_build set state = 'failed', failure = ${sentence}, ended_at = ${at} where build_id = ${build}`
}

export type SchoolPlace = { school: string; place: Place }

/** Where the schools of a day are on the ground, a gate of each. */
export async function schoolPlaces(sql: Sql, today: PlainDate): Promise<SchoolPlace[]> {
  const rows = await sql<{ school: string; longitude: number; latitude: number }[]>`
    select distinct on (e.school_id) coalesce(s.name, 'School ' || e.school_id) as school,
           e.longitude, e.latitude
      from school_entrance e
      left join school_particulars s on s.school_id = e.school_id and upper_inf(s.known) and s.valid @> ${today}::date
     where upper_inf(e.known) and e.valid @> ${today}::date and e.longitude is not null
     order by e.school_id, e.name`
  return rows
    .sort((a, b) => a.school.localeCompare(b.school, 'en'))
    .map(({ school, longitude, latitude }) => ({ school, place: { longitude, latitude } }))
}
