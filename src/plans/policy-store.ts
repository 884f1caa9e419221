/** What the council has decided about planning, in force on a day as known at a revision. */
import type { Sql } from 'postgres'
import type { Result } from '#ground/result.ts'
import type { PlanCut } from './people-store.ts'
import { type PlanPolicy, type PolicyRefused, planPolicyFrom, type Recorded } from './policy.ts'
import { type Yardsticks, yardstickNames, yardsticksFrom } from './yardstick.ts'

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
