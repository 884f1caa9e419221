/** Plans as they are listed: how much there is of each, its runs a page at a time, and one run whole. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import type { ListQuestion } from '#ground/list-question.ts'
import type { Pence } from '#ground/money.ts'
import type { DayPattern } from '#ground/pattern.ts'
import type { Instant, WallTime } from '#ground/time.ts'
import type { PlanRun, PlanStop } from '../translation/runs-of.ts'
import type { FoundPlan } from './found-plan.ts'

export type ListedPlan = Pick<FoundPlan, 'unplaced' | 'onKeptRoutes' | 'notAsked' | 'anomalies'> & {
  id: number
  vehicles: number
  runs: number
  pupils: number
  money: Pence
  weighed: Pence
  seed: number
  seconds: number
  rounds: number
  /** The network whose drives were asked; `crow-fly …` for an estimate. */
  times: string
  sha256: string
  foundBy: string
  foundAt: Instant
  /** Whether its calls are kept, by which it can be searched on from. */
  goesOn: boolean
}

/** The plans of a scenario, or one of them, the latest first. */
export async function listedPlans(sql: Sql, scenario: number, plan?: number): Promise<ListedPlan[]> {
  return await sql<ListedPlan[]>`
    select f.plan_id as id, s.vehicles, s.runs, s.pupils, f.cost_pence::integer as money,
           s.weighed_pence::integer as weighed, s.unplaced, s.on_kept as "onKeptRoutes", s.not_asked as "notAsked",
           s.anomalies, f.seed, f.seconds, f.rounds::integer as rounds, f.times,
           encode(f.sha256, 'hex') as sha256, p.name as "foundBy", r.recorded_at as "foundAt",
           exists (select from found_plan_calls c where c.plan_id = f.plan_id) as "goesOn"
      from found_plan f
      join found_plan_summary s using (plan_id)
      join revision r using (revision)
      join person p using (person_id)
     where f.scenario_id = ${scenario} and ${plan === undefined ? sql`true` : sql`f.plan_id = ${plan}`}
     order by f.plan_id desc`
}

export const runSorts = ['run', 'starts', 'pupils', 'lasts', 'miles'] as const

/** Where a run stops, as its list shows it on a map. */
export type ListedStop = Pick<PlanStop, 'label' | 'school' | 'latitude' | 'longitude'>

export type RunRow = {
  number: number
  name: string
  vehicle: number
  direction: 1 | 2
  days: DayPattern
  offer: string
  schools: string
  starts: WallTime
  ends: WallTime
  pupils: readonly PupilId[]
  assistants: number
  seats: number
  wheelchairs: number
  metres: number
  lasts: number
  stops: readonly ListedStop[]
}

/** One page of a plan's runs, and how many answer to the question. */
export async function runsOfPlan(
  sql: Sql,
  plan: number,
  question: ListQuestion,
): Promise<{ rows: RunRow[]; count: number }> {
  const words = `%${question.search.replace(/[\\%_]/g, '\\$&')}%`
  const { direction = '' } = question.chosen
  const order =
    {
      starts: sql`starts`,
      pupils: sql`cardinality(pupils)`,
      lasts: sql`lasts`,
      miles: sql`metres`,
      run: sql`run_number`,
    }[question.by] ?? sql`run_number`
  const rows = await sql<(RunRow & { count: number })[]>`
    select run_number as number, name, vehicle, direction, days, offer, schools, to_char(starts, 'HH24:MI') as starts,
           to_char(ends, 'HH24:MI') as ends, pupils, assistants, seats, wheelchairs, metres, lasts, run->'stops' as stops,
           count(*) over ()::integer as count
      from found_run
     where plan_id = ${plan} and (name || ' ' || offer || ' ' || schools) ilike ${words}
       and ${direction === '' ? sql`true` : sql`direction = ${Number(direction) || 0}`}
     order by ${order} ${question.descending ? sql`desc` : sql`asc`}, run_number
     limit ${question.limit} offset ${question.offset}`
  return { rows, count: rows[0]?.count ?? 0 }
}

/** One run of a plan with its stops and riders, by its number in the plan. */
export async function runOfPlan(sql: Sql, plan: number, number: number): Promise<PlanRun | undefined> {
  const [row] = await sql<{ run: PlanRun }[]>`
    select run from found_run where plan_id = ${plan} and run_number = ${number}`
  return row?.run
}

export type HowFar = { scenario: number; frozen: boolean; plans: number }

/** How far each scenario has come: whether its baseline is frozen, and how many plans were found. */
export async function howFar(sql: Sql): Promise<HowFar[]> {
  return await sql<HowFar[]>`
    select s.scenario_id as scenario, b.scenario_id is not null as frozen,
           (select count(*)::integer from found_plan f where f.scenario_id = s.scenario_id) as plans
      from scenario s left join scenario_baseline b using (scenario_id)`
}
