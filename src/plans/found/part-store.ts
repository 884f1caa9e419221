/** A few vehicles of a plan, and what was asked when it was found. */
import type { Sql } from 'postgres'
import type { Frozen, Numbered } from '../search/frozen.ts'
import { questionNumbered } from '../search/question-store.ts'

export type AskedOfPlan = { question: number; frozen: Frozen; vehicles: Numbered }

/** These vehicles of a plan, by their numbers, with its question; nothing for a plan whose calls were not kept. */
export async function vehiclesOfPlan(
  sql: Sql,
  plan: number,
  numbers: readonly number[],
): Promise<AskedOfPlan | undefined> {
  const [row] = await sql<{ question: number; vehicles: Numbered }[]>`
    select question_id as question,
           (select jsonb_agg(c.vehicles -> w.number order by w.position)
              from unnest(${[...numbers]}::integer[]) with ordinality as w (number, position)) as vehicles
      from found_plan_calls c where plan_id = ${plan}`
  return row && { ...row, frozen: await questionNumbered(sql, row.question) }
}
