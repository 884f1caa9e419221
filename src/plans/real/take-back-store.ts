/**
 * Takes back what a plan became, as facts of the open revision: who was moved is where they were, its routes and
 * contracts are withdrawn. Whoever was moved on since stays where they are now.
 */
import type { TransactionSql } from 'postgres'
import type { ContractId, PupilId, RouteId, RunId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import { span, stateFact, withdrawFact } from '#knowledge/store'

type Seat = { pupil: PupilId; direction: 1 | 2; days: string; valid: string }
type Arranged = Readonly<Record<string, unknown>> & { valid: string }

/** Takes a plan back from its first day on. Gives how many seats were withdrawn. */
export async function takeBackRoutes(tx: TransactionSql, plan: number, from: PlainDate): Promise<number> {
  const seats = await seatsOnPlan(tx, plan, from)
  const before = new Map<Seat, readonly Arranged[]>()
  for (const seat of seats) before.set(seat, await arrangedBefore(tx, plan, seat))
  for (const [{ pupil, ...seat }, instead] of before) {
    await withdrawFact(tx, 'travel_arrangement', { pupil_id: pupil, ...seat })
    for (const arranged of instead) await stateFact(tx, 'travel_arrangement', arranged)
  }
  await withdrawRoutes(tx, plan, from)
  return seats.length
}

async function seatsOnPlan(tx: TransactionSql, plan: number, from: PlainDate): Promise<Seat[]> {
  return await tx<Seat[]>`
    select t.pupil_id as pupil, t.direction, t.days, t.valid * ${span(from, null)}::daterange as valid
      from plan_route r
      join run using (route_id)
      join travel_arrangement t on t.run_id = run.run_id
     where r.plan_id = ${plan} and upper_inf(t.known) and t.valid && ${span(from, null)}::daterange
     order by t.pupil_id, t.direction, t.days`
}

/** What carried the pupil on the days of a seat, until the revision that made the plan real closed it. */
async function arrangedBefore(tx: TransactionSql, plan: number, seat: Seat): Promise<Arranged[]> {
  const rows = await tx<{ arranged: Arranged }[]>`
    select to_jsonb(t) - 'fact_id' - 'known'
           || jsonb_build_object('days', (t.days * ${seat.days}::int4multirange)::text,
                                 'valid', (t.valid * ${seat.valid}::daterange)::text) as arranged
      from travel_arrangement t
     where t.pupil_id = ${seat.pupil} and t.direction = ${seat.direction}
       and t.days && ${seat.days}::int4multirange and t.valid && ${seat.valid}::daterange
       and upper(t.known) = (select max(s.revision) from plan_step s where s.plan_id = ${plan} and s.step = 'made-real')
     order by t.fact_id`
  return rows.map(({ arranged }) => arranged)
}

async function withdrawRoutes(tx: TransactionSql, plan: number, from: PlainDate): Promise<void> {
  const [made] = await tx<{ routes: RouteId[]; contracts: ContractId[]; runs: RunId[] }[]>`
    select array_agg(distinct r.route_id) as routes, array_agg(distinct r.contract_id) as contracts,
           array_agg(run.run_id) as runs
      from plan_route r join run using (route_id)
     where r.plan_id = ${plan}`
  if (!made) return
  for (const table of ['run_crew', 'run_vehicle', 'run_plan'])
    await withdrawAll(tx, { table, column: 'run_id', ids: made.runs, from })
  for (const table of ['confirmation', 'contract_terms'])
    await withdrawAll(tx, { table, column: 'contract_id', ids: made.contracts, from })
  await withdrawAll(tx, { table: 'route_terms', column: 'route_id', ids: made.routes, from })
}

type Withdrawing = { table: string; column: string; ids: readonly number[]; from: PlainDate }

async function withdrawAll(tx: TransactionSql, { table, column, ids, from }: Withdrawing): Promise<void> {
  await tx`
    select withdraw_fact(${table}::regclass,
                         to_jsonb(f) || jsonb_build_object('valid', f.valid * ${span(from, null)}::daterange))
      from ${tx(table)} f
     where f.${tx(column)} = any(${[...ids]}) and upper_inf(f.known) and f.valid && ${span(from, null)}::daterange`
}
