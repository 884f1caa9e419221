/** What pupils are called. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { type Belief, cutAsAt, revisionKnownAt } from '#knowledge/store'

/** The names of some pupils, as believed at a moment; the latest known where nothing holds on the day itself. */
export async function pupilNames(
  sql: Sql,
  pupils: readonly PupilId[],
  { on, knownAt }: AsAt,
): Promise<ReadonlyMap<PupilId, string>> {
  if (pupils.length === 0) return new Map()
  const revision = await revisionKnownAt(sql, knownAt)
  const rows = await sql<{ pupil: PupilId; name: string }[]>`
    select distinct on (pupil_id) pupil_id as pupil, given_name || ' ' || family_name as name
      from pupil_particulars
     where pupil_id = any(${[...pupils]}) and known @> ${revision}::bigint
     order by pupil_id, valid @> ${on}::date desc, lower(valid) desc`
  return new Map(rows.map(({ pupil, name }) => [pupil, name]))
}

/** A pupil as others are told from them: by number, or by day of birth where two are called alike. */
export type FoundPupil = { pupil: PupilId; name: string; bornOn: PlainDate; upn: string | null }

/** Who on the register has this number or exactly this name, a few at most; nobody for an empty text. */
export async function pupilsCalled(sql: Sql, typed: string, asAt: AsAt): Promise<FoundPupil[]> {
  if (typed === '') return []
  const { held } = await cutAsAt(sql, asAt)
  return await sql<FoundPupil[]>`
    select p.pupil_id as pupil, p.given_name || ' ' || p.family_name as name, p.born_on as "bornOn", p.upn
      from pupil_particulars p
      join pupil_registration r on r.pupil_id = p.pupil_id and ${held('r')}
     where ${held('p')}
       and (upper(${typed}) in (upper(p.upn), upper(p.council_reference), upper(p.ehc_plan_number))
            or lower(${typed}) in (lower(p.given_name || ' ' || p.family_name), lower(p.known_as || ' ' || p.family_name)))
     order by name, p.born_on limit 5`
}

/** What the schools and runs that some beliefs speak of were last called, for pages that look back. */
export async function schoolAndRunNames(
  sql: Sql,
  beliefs: readonly Belief[],
): Promise<{ schools: ReadonlyMap<number, string>; runs: ReadonlyMap<number, string> }> {
  const spokenOf = (id: string) => [
    ...new Set(beliefs.map(({ fact }) => Number(fact[id] ?? 0)).filter((n) => n > 0)),
  ]
  const [schools, runs] = await Promise.all([
    sql<{ id: number; name: string }[]>`
      select distinct on (school_id) school_id as id, name
        from school_particulars
       where school_id = any(${spokenOf('school_id')}::integer[])
       order by school_id, fact_id desc`,
    sql<{ id: number; name: string }[]>`
      select distinct on (run_id) run_id as id, code as name
        from run join route_terms using (route_id)
       where run_id = any(${spokenOf('run_id')}::integer[])
       order by run_id, fact_id desc`,
  ])
  return {
    schools: new Map(schools.map(({ id, name }) => [id, name])),
    runs: new Map(runs.map(({ id, name }) => [id, name])),
  }
}
