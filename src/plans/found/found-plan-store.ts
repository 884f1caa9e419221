/** Plans that were found: kept whole with their hash, added to and never changed. */
import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { PupilId, RouteId } from '#ground/ids.ts'
import type { Instant } from '#ground/time.ts'
import { type Author, beginRevision } from '#knowledge/store'
import { registerFound } from '../anomalies/anomaly-store.ts'
import type { PlanCut } from '../scenario/people-store.ts'
import type { Numbered } from '../search/frozen.ts'
import type { FoundPlan, Travel } from './found-plan.ts'

export type HowFound = { seed: number; seconds: number; rounds: number; times: string }
export type KeptPlan = HowFound & {
  id: number
  /** The last revision known when it was looked for. */
  cut: number
  sha256: string
  foundBy: string
  foundAt: Instant
  plan: FoundPlan
}

/** What a plan answers: a question that is kept, or how it is kept together with the plan. */
export type Question = number | ((tx: TransactionSql) => Promise<number>)

type Keeping = {
  scenario: number
  /** The last revision known when it was looked for. */
  cut: number
  plan: FoundPlan
  how: HowFound
  /** The question it answers and the calls of its vehicles, by which it can be searched on from. */
  calls?: { question: Question; vehicles: Numbered }
  author: Author
  /** What is kept with it, both or neither. */
  together?: (tx: TransactionSql, plan: number) => Promise<void>
}

/** Keeps a plan of a scenario whose baseline is frozen, beside those found before, with what is odd in it. Gives its number. */
export async function keepPlan(sql: Sql, keeping: Keeping): Promise<number> {
  const { scenario, cut, plan, how, calls, author, together } = keeping
  const bytes = Buffer.from(`${JSON.stringify(plan)}\n`)
  const hash = createHash('sha256').update(bytes).digest()
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const [kept] = await tx<{ id: number }[]>`
      insert into found_plan (scenario_id, cut, times, seed, seconds, rounds, cost_pence, sha256)
      values (${scenario}, ${cut}, ${how.times}, ${how.seed}, ${how.seconds}, ${how.rounds},
              ${plan.cost.money}, ${hash})
      returning plan_id as id`
    const id = kept?.id ?? 0
    await tx`insert into found_plan_bytes (plan_id, bytes) values (${id}, ${bytes})`
    await registerFound(tx, { scenario, plan: id, anomalies: plan.anomalies })
    await tx`select list_found_plan(${id})`
    if (calls) {
      const question = typeof calls.question === 'number' ? calls.question : await calls.question(tx)
      await tx`insert into found_plan_calls (plan_id, question_id, vehicles)
               values (${id}, ${question}, ${tx.json(calls.vehicles as never)})`
    }
    await together?.(tx, id)
    return id
  })) as number
}

/** The plan of a scenario that was found last; nothing before one was. Throws when its bytes are not those hashed. */
export async function latestPlan(sql: Sql, scenario: number): Promise<KeptPlan | undefined> {
  return await onePlan(sql, scenario)
}

/** One plan of a scenario, whole; nothing where there is no such plan. Throws when its bytes are not those hashed. */
export async function planOf(sql: Sql, scenario: number, plan: number): Promise<KeptPlan | undefined> {
  return await onePlan(sql, scenario, plan)
}

async function onePlan(sql: Sql, scenario: number, plan?: number): Promise<KeptPlan | undefined> {
  const [row] = await sql<(Omit<KeptPlan, 'plan'> & { bytes: Uint8Array; whole: boolean })[]>`
    select f.plan_id as id, f.cut::integer as cut, f.seed, f.seconds, f.rounds::integer as rounds, f.times,
           encode(f.sha256, 'hex') as sha256, p.name as "foundBy", r.recorded_at as "foundAt", b.bytes,
           sha256(b.bytes) = f.sha256 as whole
      from found_plan f
      join found_plan_bytes b using (plan_id)
      join revision r using (revision)
      join person p using (person_id)
     where f.scenario_id = ${scenario} and ${plan === undefined ? sql`true` : sql`f.plan_id = ${plan}`}
     order by f.plan_id desc limit 1`
  if (!row) return undefined
  const { bytes, whole, ...kept } = row
  if (!whole) throw new Error(`Plan ${kept.id} does not match its hash. Restore it from a backup.`)
  return { ...kept, plan: JSON.parse(Buffer.from(bytes).toString()) as FoundPlan }
}

/** Which of some pupils ride on some routes, in which direction and on which days. */
export async function ridersOn(
  sql: Sql,
  { routes, pupils }: { routes: readonly RouteId[]; pupils: readonly PupilId[] },
  { on, revision }: PlanCut,
): Promise<Travel[]> {
  return await sql<Travel[]>`
    select t.pupil_id as pupil, t.direction, t.days
      from travel_arrangement t
      join run using (run_id)
     where run.route_id = any(${[...routes]}::integer[]) and t.pupil_id = any(${[...pupils]}::integer[])
       and t.valid @> ${on}::date and t.known @> ${revision}::bigint
     order by t.pupil_id, t.direction, t.days`
}
