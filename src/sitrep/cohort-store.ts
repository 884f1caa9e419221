/** Cohorts: who was to be carried on a day, frozen; and the plan by which their travel is to be confirmed. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { type Author, beginRevision, span, stateFact } from '#knowledge/store'
import type { CohortPlan } from './projection.ts'
import type { Cohort, Cut } from './sitrep.ts'

type CohortRow = { id: number; name: string; frozenOn: PlainDate; members: PupilId[] }
export type KnownCohort = Cohort & { id: number }

/** Every cohort that was known at a revision, the latest frozen first. */
export async function cohortsKnownAt(sql: Sql, revision: number): Promise<KnownCohort[]> {
  return await sql<CohortRow[]>`
    select cohort_id as id, name, frozen_on as "frozenOn", members from cohort
     where revision <= ${revision} order by frozen_on desc, cohort_id desc`
}

/** A cohort by its name. Throws for one that was not known at the revision: the caller asks `cohortsKnownAt` first. */
export async function cohortNamed(sql: Sql, name: string, revision: number): Promise<KnownCohort> {
  const found = (await cohortsKnownAt(sql, revision)).find((cohort) => cohort.name === name)
  if (!found) throw new RangeError(`No cohort "${name}" was known at revision ${revision}.`)
  return found
}

type Freezing = { name: string; cut: Cut; author: Author }

/** Freezes everyone who was eligible for travel on the day, as known at the cut. Refused for a name that is taken. */
export async function freezeCohort(
  sql: Sql,
  { name, cut, author }: Freezing,
): Promise<Result<KnownCohort, 'name-is-taken' | 'nobody-is-eligible'>> {
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const [taken] = await tx`select 1 from cohort where name = ${name}`
    if (taken) return refuse('name-is-taken')
    const [row] = await tx<CohortRow[]>`
      insert into cohort (name, frozen_on, cut, members)
      select ${name}, ${cut.on}, ${cut.revision}, array_agg(distinct r.pupil_id order by r.pupil_id)
        from pupil_registration r
        join eligibility e on e.pupil_id = r.pupil_id and e.state = 'eligible'
                          and e.valid @> ${cut.on}::date and e.known @> ${cut.revision}::bigint
       where r.valid @> ${cut.on}::date and r.known @> ${cut.revision}::bigint
      having count(*) > 0
      returning cohort_id as id, name, frozen_on as "frozenOn", members`
    return row ? ok(row) : refuse('nobody-is-eligible')
  })) as Result<KnownCohort, 'name-is-taken' | 'nobody-is-eligible'>
}

/** Says when a cohort's travel is to begin and how much of it should be confirmed by when. */
export async function planCohort(sql: Sql, cohort: number, { plan, from, author }: Planning): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await stateFact(tx, 'cohort_plan', {
      cohort_id: cohort,
      begins_on: plan.beginsOn,
      points: plan.points,
      valid: span(from, null),
    })
  })
}

type Planning = { plan: CohortPlan; from: PlainDate; author: Author }

/** The plan of a cohort on a day, as known at a cut; nothing while there is none. */
export async function cohortPlanAt(
  sql: Sql,
  cohort: number,
  { on, revision }: Cut,
): Promise<CohortPlan | undefined> {
  const [row] = await sql<CohortPlan[]>`
    select begins_on as "beginsOn", points from cohort_plan
     where cohort_id = ${cohort} and valid @> ${on}::date and known @> ${revision}::bigint`
  return row
}
