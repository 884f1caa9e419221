/** What the impact report of a plan is made from: what the equality impact assessment asks of its people, and today's cost. */
import type { Sql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import { baselineJourneys, baselineOf } from '../baseline/baseline-store.ts'
import { type KeptPlan, planOf } from '../found/found-plan-store.ts'
import type { Yardsticks } from '../found/yardstick.ts'
import type { PolicyRefused } from '../policy/policy.ts'
import { planPolicyAt, yardsticksAt } from '../policy/policy-store.ts'
import type { PlanCut } from '../scenario/people-store.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { CostLine } from './cost-change.ts'
import type { Traits } from './impact.ts'
import { type ImpactReport, impactReport, pupilsAsked } from './impact-report.ts'

export type ReportedPlan = { kept: KeptPlan; report: ImpactReport; yardsticks: Yardsticks }

/**
 * The impact report of a plan against the frozen baseline of its scenario, by the policies and the facts that were known
 * when it was found; nothing where there is no such plan. Refused where one of those policies cannot be read.
 */
export async function impactReportOf(
  sql: Sql,
  { id, beginsOn: on }: Pick<Scenario, 'id' | 'beginsOn'>,
  plan: number,
): Promise<Result<ReportedPlan | undefined, PolicyRefused>> {
  const [kept, baseline] = await Promise.all([planOf(sql, id, plan), baselineOf(sql, id)])
  if (!kept || !baseline) return ok(undefined)
  const cut = { on, revision: kept.cut }
  const yardsticks = await yardsticksAt(sql, cut)
  if (!yardsticks.ok) return yardsticks
  const pupils = [...pupilsAsked(kept.plan)]
  const [journeys, people, costsNow, prices] = await Promise.all([
    baselineJourneys(sql, id),
    traitsOf(sql, pupils, { cut, bands: yardsticks.value.deprivation }),
    presentCost(sql, pupils, baseline),
    planPolicyAt(sql, cut),
  ])
  const report = impactReport({
    plan: kept.plan,
    baseline: journeys,
    people,
    costsNow,
    yardsticks: yardsticks.value,
    // A plan brought in from elsewhere may have been made without prices of the council.
    offers: prices.ok ? prices.value.vehicles : [],
    on,
  })
  return ok({ kept, report, yardsticks: yardsticks.value })
}

type Known = { cut: PlanCut; bands: Yardsticks['deprivation'] }

/** What is held of some pupils on a day as known at a revision, in the order of their names. */
async function traitsOf(
  sql: Sql,
  pupils: readonly PupilId[],
  { cut: { on, revision }, bands }: Known,
): Promise<Traits[]> {
  const held = (alias: string) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`
  const rows = await sql<(Omit<Traits, 'deprivation'> & { area: string | null })[]>`
    select n.pupil_id as pupil, n.born_on as "bornOn", n.primary_need as need, n.sex, n.looked_after as "lookedAfter",
           coalesce(d.mobility = 'wheelchair', false) as wheelchair, h.area
      from pupil_particulars n
      left join travel_need d on d.pupil_id = n.pupil_id and ${held('d')}
      left join lateral (select x.area from pupil_home x where x.pupil_id = n.pupil_id and ${held('x')}
                          order by x.pattern limit 1) h on true
     where n.pupil_id = any(${[...pupils]}::integer[]) and ${held('n')}
     order by n.family_name, n.given_name, n.pupil_id`
  return rows.map(({ area, ...one }) => ({ ...one, deprivation: (area !== null && bands.get(area)) || null }))
}

/**
 * What some pupils' seats cost on a day, by kind of vehicle: their share of each route by how many ride it, and the
 * route's share of its contract's daily rate.
 */
async function presentCost(
  sql: Sql,
  pupils: readonly PupilId[],
  { on, revision }: PlanCut,
): Promise<CostLine[]> {
  const held = (alias: string) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`
  return await sql<CostLine[]>`
    with rider as (
      select distinct run.route_id, t.pupil_id
        from travel_arrangement t join run using (run_id) where ${held('t')}),
    shared as (
      select route_id, count(*) filter (where pupil_id = any(${[...pupils]}::integer[]))::float8 / count(*) as share
        from rider group by route_id),
    let as (
      select r.contract_id, count(*) as routes from route_terms r where ${held('r')} group by r.contract_id)
    select plan.vehicle_type as kind, sum(s.share) as days,
           round(sum(s.share * c.daily_rate_pence / let.routes))::integer as cost
      from shared s
      join route_terms r on r.route_id = s.route_id and ${held('r')}
      join contract_terms c on c.contract_id = r.contract_id and ${held('c')}
      join let on let.contract_id = r.contract_id
     cross join lateral (select x.vehicle_type from run_plan x join run using (run_id)
                          where run.route_id = s.route_id and ${held('x')} order by x.fact_id limit 1) plan
     where s.share > 0
     group by plan.vehicle_type
     order by plan.vehicle_type`
}
