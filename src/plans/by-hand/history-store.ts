/** What was done to a plan by hand, read as one history, and the last of it taken back. */
import type { Sql } from 'postgres'
import type { Result } from '#ground/result.ts'
import type { Author } from '#knowledge/store'
import { planOf } from '../found/found-plan-store.ts'
import { questionOfPlan } from '../search/search-store.ts'
import { type Change, changeColumns, everyVehicle, keepChange, type NotKept } from './change-store.ts'

/** Everything done by hand on the way to a plan, and from it on, the latest first. */
export async function historyOf(sql: Sql, plan: number): Promise<Change[]> {
  return await sql<Change[]>`
    with recursive before as (
      select plan_id, changed_from from plan_change where plan_id = ${plan}
      union all
      select c.plan_id, c.changed_from from plan_change c join before b on c.plan_id = b.changed_from
    ), after as (
      select plan_id from plan_change where changed_from = ${plan}
      union all
      select c.plan_id from plan_change c join after a on c.changed_from = a.plan_id
    )
    ${changeColumns(sql)}
     where c.plan_id in (select plan_id from before union all select plan_id from after)
     order by c.plan_id desc`
}

type TakingBack = { scenario: number; plan: number; change: Change; author: Author }

/** Makes another plan of this one, as it was before a change. Refused where somebody else has changed it since, or locked what it touches. */
export async function takeBack(
  sql: Sql,
  { scenario, plan, change, author }: TakingBack,
): Promise<Result<number, NotKept>> {
  const restores = change.changedFrom
  const [from, before, vehicles, asked] = await Promise.all([
    planOf(sql, scenario, plan),
    planOf(sql, scenario, restores),
    everyVehicle(sql, restores),
    questionOfPlan(sql, scenario, restores),
  ])
  if (!from || !before || !vehicles || !asked)
    throw new Error(`Plan ${restores} was kept without its calls, or plan ${plan} is of another scenario.`)
  return await keepChange(sql, {
    scenario,
    from,
    question: asked.question,
    becomes: { plan: before.plan, vehicles },
    done: {
      kind: 'undo',
      pupils: change.pupils,
      direction: null,
      from: change.from,
      to: null,
      offer: null,
      others: null,
      restores,
    },
    touched: { vehicles: [change.from, change.to], direction: change.direction },
    author,
  })
}
