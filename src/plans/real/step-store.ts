/** The steps that found plans have taken, and the routes they became. */
import type { Sql, TransactionSql } from 'postgres'
import type { ContractId, PupilId, RouteId } from '#ground/ids.ts'
import type { Instant, PlainDate } from '#ground/time.ts'
import type { Elsewhere } from './in-the-way.ts'
import type { PlanStep } from './step.ts'

export type StepTaken = { step: PlanStep; by: string; at: Instant; reason: string }

/** Every step of a plan, the latest first. */
export async function stepsOf(sql: Sql, plan: number): Promise<StepTaken[]> {
  return await sql<StepTaken[]>`
    select s.step, p.name as by, r.recorded_at as at, r.reason
      from plan_step s join revision r using (revision) join person p using (person_id)
     where s.plan_id = ${plan}
     order by s.step_id desc`
}

/** Takes a step of a plan, inside the open revision. */
export async function takeStep(tx: TransactionSql, plan: number, step: PlanStep): Promise<void> {
  await tx`insert into plan_step (plan_id, step) values (${plan}, ${step})`
}

/** Another plan of a scenario that was accepted, and not taken back; nothing where there is none. */
export async function acceptedPlan(
  sql: Sql,
  { scenario, besides }: { scenario: number; besides: number },
): Promise<number | undefined> {
  const [other] = await sql<{ plan: number }[]>`
    select plan_id as plan from (${lastSteps(sql)}) s
     where scenario_id = ${scenario} and plan_id <> ${besides} and step <> 'acceptance-taken-back' limit 1`
  return other?.plan
}

/** Plans of other scenarios that were accepted for a day after today and carry some of these pupils. */
export async function acceptedElsewhere(
  sql: Sql,
  { scenario, pupils, today }: { scenario: number; pupils: readonly PupilId[]; today: PlainDate },
): Promise<Elsewhere[]> {
  return await sql<Elsewhere[]>`
    select o.name as scenario, s.plan_id as plan, both_speak_of.pupils
      from (${lastSteps(sql)}) s
      join scenario o using (scenario_id)
      join found_plan_bytes b using (plan_id)
     cross join lateral (
       select array_agg(distinct (j ->> 'pupil')::integer order by (j ->> 'pupil')::integer) as pupils
         from jsonb_array_elements(convert_from(b.bytes, 'UTF8')::jsonb -> 'journeys') j
        where (j ->> 'pupil')::integer = any(${[...pupils]}::integer[])) both_speak_of
     where s.scenario_id <> ${scenario} and s.step <> 'acceptance-taken-back' and o.begins_on > ${today}
       and both_speak_of.pupils is not null
     order by s.plan_id`
}

const lastSteps = (sql: Sql) => sql`
  select distinct on (f.plan_id) f.plan_id, f.scenario_id, t.step
    from plan_step t join found_plan f using (plan_id)
   order by f.plan_id, t.step_id desc`

export type PlanRoute = {
  route: RouteId
  /** The first day it is driven, not before the day asked about. */
  from: PlainDate
  contract: ContractId
  code: string
  operator: string
  reference: string
  pupils: number
}

/**
 * The routes a plan has become, from a day on, as they are called on their first day; none before it was made real, or
 * after it was taken back.
 */
export async function routesOfPlan(sql: Sql, plan: number, on: PlainDate): Promise<PlanRoute[]> {
  return await sql<PlanRoute[]>`
    select r.route_id as route, t.first_day as from, t.contract_id as contract, t.code, o.name as operator, c.reference,
           (select count(distinct a.pupil_id)::integer from run join travel_arrangement a using (run_id)
             where run.route_id = r.route_id and upper_inf(a.known) and a.valid @> t.first_day) as pupils
      from plan_route r
      join lateral (select greatest(lower(valid), ${on}::date) as first_day, contract_id, code
                      from route_terms
                     where route_id = r.route_id and upper_inf(known) and valid && daterange(${on}::date, null)
                     order by lower(valid) limit 1) t on true
      join contract_terms c on c.contract_id = t.contract_id and upper_inf(c.known) and c.valid @> t.first_day
      join operator_particulars o on o.operator_id = c.operator_id and upper_inf(o.known) and o.valid @> t.first_day
     where r.plan_id = ${plan}
     order by t.first_day, r.route_id`
}
