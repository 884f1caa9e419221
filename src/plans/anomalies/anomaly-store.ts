/** The register of what is odd in the plans of a scenario: found or reported, owned, resolved or accepted, never rewritten. */
import type { Sql, TransactionSql } from 'postgres'
import type { PersonId, PupilId } from '#ground/ids.ts'
import { type Author, beginRevision } from '#knowledge/store'
import type { Anomaly, AnomalyKind } from './anomaly.ts'
import type { TrackedAnomaly } from './gate.ts'

export type RegisteredAnomaly = TrackedAnomaly & {
  id: number
  kind: AnomalyKind | 'reported'
  /** The words of whoever reported it; nothing where the machine found it. */
  says: string | null
  /** As in the plan that was asked about, or else as last found. */
  pupils: readonly PupilId[]
  runs: readonly string[]
  minutes: number | null
}

type Found = { scenario: number; plan: number; anomalies: readonly Anomaly[] }

/** Registers what was found in a plan, inside the revision that keeps it. What is known of the scenario is found again. */
export async function registerFound(tx: TransactionSql, { scenario, plan, anomalies }: Found): Promise<void> {
  const seen = tx.json(anomalies as never)
  await tx`
    insert into anomaly (scenario_id, kind, key)
    select ${scenario}, o.kind, o.key from jsonb_to_recordset(${seen}) o (kind text, key text)
        on conflict (scenario_id, key) do nothing`
  await tx`
    insert into anomaly_finding (anomaly_id, plan_id, pupils, runs, minutes)
    select a.anomaly_id, ${plan}, array(select jsonb_array_elements_text(o.pupils)::integer),
           array(select jsonb_array_elements_text(o.runs)), o.minutes
      from jsonb_to_recordset(${seen}) o (key text, pupils jsonb, runs jsonb, minutes integer)
      join anomaly a on a.scenario_id = ${scenario} and a.key = o.key`
}

type Reported = {
  scenario: number
  plan: number
  says: string
  pupils: readonly PupilId[]
  runs: readonly string[]
  author: Author
}

/** Registers what a person saw in a plan, in their words. Gives its number. */
export async function reportAnomaly(sql: Sql, { author, ...seen }: Reported): Promise<number> {
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const [made] = await tx<{ id: number }[]>`
      insert into anomaly (scenario_id, kind, key, says)
      values (${seen.scenario}, 'reported', 'reported in revision ' || current_revision(), ${seen.says})
      returning anomaly_id as id`
    const id = made?.id ?? 0
    await tx`
      insert into anomaly_finding (anomaly_id, plan_id, pupils, runs)
      values (${id}, ${seen.plan}, ${[...seen.pupils]}, ${[...seen.runs]})`
    return id
  })) as number
}

/** Done about an anomaly: given an owner, resolved and how, or accepted by a named person and why. */
export type Doing =
  | { step: 'owned'; owner: PersonId }
  | { step: 'resolved'; says: string }
  | { step: 'accepted'; owner: PersonId; says: string }

/** Records what somebody does about an anomaly. */
export async function doAboutAnomaly(
  sql: Sql,
  anomaly: number,
  { doing, author }: { doing: Doing; author: Author },
): Promise<void> {
  const owner = 'owner' in doing ? doing.owner : null
  const says = 'says' in doing ? doing.says : null
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await tx`
      insert into anomaly_step (anomaly_id, step, owner, says)
      values (${anomaly}, ${doing.step}, ${owner}, ${says})`
  })
}

/** Every anomaly of a scenario, or one, in the order in which they were first seen; told as they are in one of its plans. */
export async function anomaliesOf(
  sql: Sql,
  { scenario, plan, anomaly }: { scenario: number; plan: number; anomaly?: number },
): Promise<RegisteredAnomaly[]> {
  return await sql<RegisteredAnomaly[]>`
    with wanted as materialized (
      select anomaly_id, kind, says from anomaly
       where scenario_id = ${scenario} and ${anomaly === undefined ? sql`true` : sql`anomaly_id = ${anomaly}`}),
    seen as (
      select distinct on (anomaly_id) anomaly_id, f.pupils, f.runs, f.minutes
        from anomaly_finding f join wanted using (anomaly_id)
       order by anomaly_id, (f.plan_id = ${plan}) desc, f.plan_id desc),
    happened as (
      select anomaly_id, f.revision, 0::bigint as within,
             jsonb_build_object('step', case when says is null then 'found' else 'reported' end, 'plan', f.plan_id) as step
        from anomaly_finding f join wanted using (anomaly_id)
       union all
      select s.anomaly_id, s.revision, s.step_id,
             jsonb_strip_nulls(jsonb_build_object('step', s.step, 'says', s.says, 'owner', o.name))
        from anomaly_step s
        join wanted using (anomaly_id)
        left join person o on o.person_id = s.owner),
    steps as (
      select h.anomaly_id,
             jsonb_agg(h.step || jsonb_build_object('by', p.name, 'at', r.recorded_at) order by h.revision, h.within) as steps
        from happened h
        join revision r using (revision)
        join person p using (person_id)
       group by h.anomaly_id)
    select w.anomaly_id as id, w.kind, w.says, seen.pupils, seen.runs, seen.minutes, steps.steps
      from wanted w
      join seen using (anomaly_id)
      join steps using (anomaly_id)
     order by w.anomaly_id`
}
