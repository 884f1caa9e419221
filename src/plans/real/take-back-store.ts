/**
 * Takes back what a plan became, as facts of the open revision: who was moved is where they were, its routes and
 * contracts are withdrawn, and the runs it ended go on. Whoever was moved on since stays where they are now.
 */
import type { Sql, TransactionSql } from 'postgres'
import type { ContractId, PupilId, RouteId, RunId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import { span, stateFact, withdrawFact } from '#knowledge/store'
import { reopenOldRuns } from './old-run-store.ts'

type Seat = { pupil: PupilId; direction: 1 | 2; days: string; valid: string }
type Arranged = Readonly<Record<string, unknown>> & { valid: string }

type Made = { route: RouteId; contract: ContractId }

/** The routes of a plan that begin on a day or after it: none of them has been driven before. */
export async function routesBeginning(sql: Sql, plan: number, from: PlainDate): Promise<Made[]> {
  return await sql<Made[]>`
    select p.route_id as route, p.contract_id as contract
      from plan_route p
      join lateral (select min(lower(t.valid)) as begins from route_terms t
                     where t.route_id = p.route_id and upper_inf(t.known)) b on b.begins >= ${from}::date
     where p.plan_id = ${plan}`
}

/** Takes back what of a plan begins on a day or after it. Gives how many seats were withdrawn. */
export async function takeBackRoutes(tx: TransactionSql, plan: number, from: PlainDate): Promise<number> {
  const made = await routesBeginning(tx as unknown as Sql, plan, from)
  const seats = await seatsOn(tx, made, from)
  const before = new Map<Seat, readonly Arranged[]>()
  for (const seat of seats) before.set(seat, await arrangedBefore(tx, plan, seat))
  for (const [{ pupil, ...seat }, instead] of before) {
    await withdrawFact(tx, 'travel_arrangement', { pupil_id: pupil, ...seat })
    for (const arranged of instead) await stateFact(tx, 'travel_arrangement', arranged)
  }
  await withdrawRoutes(tx, made, from)
  await reopenOldRuns(tx, plan, from)
  return seats.length
}

async function seatsOn(tx: TransactionSql, made: readonly Made[], from: PlainDate): Promise<Seat[]> {
  return await tx<Seat[]>`
    select t.pupil_id as pupil, t.direction, t.days, t.valid * ${span(from, null)}::daterange as valid
      from run
      join travel_arrangement t using (run_id)
     where run.route_id = any(${made.map(({ route }) => route)}::integer[]) and upper_inf(t.known) and t.valid && ${span(from, null)}::daterange
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

async function withdrawRoutes(tx: TransactionSql, made: readonly Made[], from: PlainDate): Promise<void> {
  const routes = made.map(({ route }) => route)
  const contracts = made.map(({ contract }) => contract)
  const runs = await tx<{ run: RunId }[]>`
    select run_id as run from run where route_id = any(${routes}::integer[])`
  const ids = runs.map(({ run }) => run)
  for (const table of ['run_crew', 'run_vehicle', 'run_plan'])
    await withdrawAll(tx, { table, column: 'run_id', ids, from })
  for (const table of ['confirmation', 'contract_terms'])
    await withdrawAll(tx, { table, column: 'contract_id', ids: contracts, from })
  await withdrawAll(tx, { table: 'route_terms', column: 'route_id', ids: routes, from })
}

type Withdrawing = { table: string; column: string; ids: readonly number[]; from: PlainDate }

async function withdrawAll(tx: TransactionSql, { table, column, ids, from }: Withdrawing): Promise<void> {
  await tx`
    select withdraw_fact(${table}::regclass,
                         to_jsonb(f) || jsonb_build_object('valid', f.valid * ${span(from, null)}::daterange))
      from ${tx(table)} f
     where f.${tx(column)} = any(${[...ids]}) and upper_inf(f.known) and f.valid && ${span(from, null)}::daterange`
}
