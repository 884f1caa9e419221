/** How a plan comes in waves: proposed by the council's policy as known when it was found, and chosen by a person. */
import type { Sql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import type { Instant } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import { baselineJourneys } from '../baseline/baseline-store.ts'
import type { KeptPlan } from '../found/found-plan-store.ts'
import { compareJourneys } from '../impact/comparison.ts'
import type { PolicyRefused } from '../policy/policy.ts'
import { yardsticksAt } from '../policy/policy-store.ts'
import type { PlanCut } from '../scenario/people-store.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { type Phasing, type PhasingRule, phase, type Wave } from './phasing.ts'
import { type Attends, schoolChanges } from './school-change.ts'

export type ChosenPhasing = {
  school: SchoolId
  waves: readonly Wave[]
  reason: string
  by: string
  at: Instant
}
export type SchoolPhasing = Phasing & { name: string; chosen: ChosenPhasing | undefined }
export type PlanPhasing = { rule: PhasingRule; schools: readonly SchoolPhasing[] }

type Asked = { scenario: Pick<Scenario, 'id' | 'beginsOn'>; kept: Pick<KeptPlan, 'id' | 'cut' | 'plan'> }

/**
 * Every school of a plan with how many of its pupils change crew, the waves that are proposed, and those that were chosen.
 * With a longer time from wave to wave than the council asks for, where one is given.
 */
export async function phasingOf(
  sql: Sql,
  { scenario: { id, beginsOn }, kept }: Asked,
  daysBetween?: number,
): Promise<Result<PlanPhasing, PolicyRefused>> {
  const cut = { on: beginsOn, revision: kept.cut }
  const yardsticks = await yardsticksAt(sql, cut)
  if (!yardsticks.ok) return yardsticks
  const rule = { ...yardsticks.value.phasing, ...(daysBetween !== undefined && { daysBetween }) }
  const { journeys } = kept.plan
  const attends = await attendingAt(sql, [...new Set(journeys.map(({ pupil }) => pupil))], cut)
  const chosen = new Map((await chosenPhasing(sql, kept.id)).map((one) => [one.school, one]))
  const names = new Map(attends.map(({ school, name }) => [school, name]))
  const changes = schoolChanges(compareJourneys(await baselineJourneys(sql, id), journeys), attends)
  return ok({
    rule: yardsticks.value.phasing,
    schools: phase(changes, rule, beginsOn).map((phasing) => ({
      ...phasing,
      name: names.get(phasing.school) ?? '',
      chosen: chosen.get(phasing.school),
    })),
  })
}

/** Schools for which waves are required and none were chosen. */
export const withoutWaves = ({ schools }: PlanPhasing): readonly SchoolPhasing[] =>
  schools.filter(({ required, chosen }) => required && !chosen)

async function attendingAt(
  sql: Sql,
  pupils: readonly PupilId[],
  { on, revision }: PlanCut,
): Promise<(Attends & { name: string })[]> {
  const held = (alias: string) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`
  return await sql<(Attends & { name: string })[]>`
    select distinct s.name, l.school_id as school, l.pupil_id as pupil
      from placement l
      join school_particulars s on s.school_id = l.school_id and ${held('s')}
     where l.pupil_id = any(${[...pupils]}::integer[]) and l.boarding = 'day' and ${held('l')}
     order by s.name, l.school_id, l.pupil_id`
}

async function chosenPhasing(sql: Sql, plan: number): Promise<ChosenPhasing[]> {
  return await sql<ChosenPhasing[]>`
    select distinct on (c.school_id) c.school_id as school, c.waves, c.reason, p.name as by, r.recorded_at as at
      from plan_phasing c
      join revision r using (revision)
      join person p using (person_id)
     where c.plan_id = ${plan}
     order by c.school_id, c.phasing_id desc`
}

type Choosing = { plan: number; phasings: readonly Phasing[]; author: Author }

/** Keeps the waves in which a plan is to come at some schools, and why. What was chosen before stays on record. */
export async function choosePhasing(sql: Sql, { plan, phasings, author }: Choosing): Promise<void> {
  await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    for (const { school, waves } of phasings) {
      await tx`
        insert into plan_phasing (plan_id, school_id, waves, reason)
        values (${plan}, ${school}, ${tx.json(waves as never)}, ${author.reason})`
    }
  })
}
