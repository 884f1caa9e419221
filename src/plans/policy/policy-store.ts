/** What the council has decided about planning: in force on a day as known at a revision, and decided anew from a day on. */
import type { Sql, TransactionSql } from 'postgres'
import { ok, type Result } from '#ground/result.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import { span, stateFact } from '#knowledge/store'
import { type Yardsticks, yardstickNames, yardsticksFrom } from '../found/yardstick.ts'
import type { PlanCut } from '../scenario/people-store.ts'
import { type PolicyName, policyNames } from './council-policy.ts'
import { type PlanPolicy, type PolicyRefused, planPolicyFrom, type Recorded } from './policy.ts'

async function recordedAt(
  sql: Sql,
  names: readonly string[],
  { on, revision }: PlanCut,
): Promise<Recorded[]> {
  return await sql<Recorded[]>`
    select name, value from policy
     where name = any(${[...names]}) and valid @> ${on}::date and known @> ${revision}::bigint`
}

/** The council's prices and rules for planning. */
export const planPolicyAt = async (sql: Sql, cut: PlanCut): Promise<Result<PlanPolicy, PolicyRefused>> =>
  planPolicyFrom(await recordedAt(sql, ['plan-rules', 'plan-vehicles'], cut))

/** What the council measures a plan against. */
export const yardsticksAt = async (sql: Sql, cut: PlanCut): Promise<Result<Yardsticks, PolicyRefused>> =>
  yardsticksFrom(await recordedAt(sql, yardstickNames, cut))

/** A policy as it stands on a day, with who decided it, why, and for which days. */
export type StandingPolicy = {
  name: PolicyName
  value: unknown
  from: PlainDate
  until: PlainDate | null
  by: string
  at: Instant
  why: string
}

/** What the council has decided about planning on a day as known at a revision. What it said nothing of is not there. */
export async function standingPolicies(sql: Sql, { on, revision }: PlanCut): Promise<StandingPolicy[]> {
  return await sql<StandingPolicy[]>`
    select f.name, f.value, lower(f.valid) as from, upper(f.valid) as until, p.name as by, r.recorded_at as at, r.reason as why
      from policy f
      join revision r on r.revision = lower(f.known)
      join person p using (person_id)
     where f.name = any(${policyNames}) and f.valid @> ${on}::date and f.known @> ${revision}::bigint`
}

type PolicyDecided = { name: PolicyName; value: unknown; from: PlainDate }

/** Records what the council decided, from a day on. What stood until then stands for the days before. */
export async function decidePolicy(
  tx: TransactionSql,
  { name, value, from }: PolicyDecided,
): Promise<Result<null, never>> {
  await stateFact(tx, 'policy', { name, value, valid: span(from, null) })
  return ok(null)
}
