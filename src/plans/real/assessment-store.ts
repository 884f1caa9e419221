/** Assessments of who shares a vehicle of a plan, and the council's rule of when one is required. */
import type { Sql } from 'postgres'
import { type Author, beginRevision } from '#knowledge/store'
import type { PlanCut } from '../scenario/people-store.ts'
import { type Assessment, assessmentRuleFrom } from './assessment.ts'

type Recording = Omit<Assessment, 'run'> & { plan: number; runs: readonly string[]; author: Author }

/** Records one assessment of the mix aboard these runs. The last of a run stands. */
export async function recordAssessment(
  sql: Sql,
  { plan, runs, assessedBy, assessedOn, findings, author }: Recording,
): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    await tx`
      insert into run_assessment (plan_id, run, assessed_by, assessed_on, findings)
      select ${plan}, run, ${assessedBy}, ${assessedOn}, ${findings} from unnest(${[...runs]}::text[]) run`
  })
}

/** Every assessment of a plan, the last first. */
export async function assessmentsOf(sql: Sql, plan: number): Promise<Assessment[]> {
  return await sql<Assessment[]>`
    select run, assessed_by as "assessedBy", assessed_on as "assessedOn", findings
      from run_assessment where plan_id = ${plan} order by assessment_id desc`
}

/** When an assessment is required, by the policy in force on a day as known at a revision. */
export async function assessmentRule(
  sql: Sql,
  { on, revision }: PlanCut,
): Promise<ReturnType<typeof assessmentRuleFrom>> {
  const [row] = await sql<{ value: unknown }[]>`
    select value from policy
     where name = 'mix-assessment' and valid @> ${on}::date and known @> ${revision}::bigint`
  return assessmentRuleFrom(row?.value)
}
