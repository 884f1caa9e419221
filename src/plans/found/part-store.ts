/** A few vehicles of a plan, and what was asked when it was found. */
import type { Sql } from 'postgres'
import { exceptionsOf } from '../scenario/scenario-store.ts'
import type { Frozen, Numbered } from '../search/frozen.ts'
import { rememberedQuestion } from '../search/question-store.ts'
import { withExceptions } from '../translation/question.ts'

export type AskedOfPlan = { question: number; frozen: Frozen; vehicles: Numbered }

/**
 * These vehicles of a plan, by their numbers, with its question and the exceptions approved since; nothing for a plan
 * whose calls were not kept.
 */
export async function vehiclesOfPlan(
  sql: Sql,
  plan: number,
  numbers: readonly number[],
): Promise<AskedOfPlan | undefined> {
  const [row] = await sql<{ question: number; scenario: number; vehicles: Numbered }[]>`
    select c.question_id as question, q.scenario_id as scenario,
           (select jsonb_agg(c.vehicles -> w.number order by w.position)
              from unnest(${[...numbers]}::integer[]) with ordinality as w (number, position)) as vehicles
      from found_plan_calls c join plan_question q using (question_id) where c.plan_id = ${plan}`
  if (!row) return undefined
  const frozen = await rememberedQuestion(sql, row.question)
  const question = withExceptions(frozen.question, await exceptionsOf(sql, row.scenario))
  return { question: row.question, vehicles: row.vehicles, frozen: { ...frozen, question } }
}
