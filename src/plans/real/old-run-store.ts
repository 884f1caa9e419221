/**
 * What becomes of the runs that a plan takes pupils from: one on which nobody is left ends with the day its last pupil
 * leaves, and so does its route when none of its runs is left; one that others still ride goes on, and is told of.
 */
import type { TransactionSql } from 'postgres'
import type { ContractId, PupilId, RouteId, RunId } from '#ground/ids.ts'
import { patternOf } from '#ground/pattern.ts'
import type { PlainDate } from '#ground/time.ts'
import { span, stateFact } from '#knowledge/store'
import { endRoute, endRun } from '#routes/write-store'

export type OldRun = { run: RunId; route: RouteId; code: string; direction: 1 | 2 }
/** Nobody is left on it from the day on. */
type EndedRun = OldRun & { from: PlainDate }
export type OldRuns = {
  ended: readonly EndedRun[]
  /** So many pupils ride on, and the stops of those who left are still on the sheet. */
  goOn: readonly (OldRun & { riders: number; left: readonly PupilId[] })[]
  /** No route hangs on them any more. They are not ended here: what that costs is in their terms. */
  contracts: readonly { contract: ContractId; reference: string }[]
}

type Emptied = OldRun & {
  /** The first day on which nobody has a seat; nothing where somebody has one for good. */
  emptyFrom: PlainDate | null
  riders: number
  left: PupilId[]
}

/** Closes what the open revision left without pupils, by the last day on which a wave of the plan begins. */
export async function closeOldRuns(
  tx: TransactionSql,
  plan: number,
  { from, lastWave }: { from: PlainDate; lastWave: PlainDate },
): Promise<OldRuns> {
  const runs = (await leftRuns(tx, plan, lastWave)).map((run) => {
    // A run whose pupils had all gone before ends when the plan begins.
    const day = run.emptyFrom !== null && run.emptyFrom < from ? from : run.emptyFrom
    return { ...run, emptyFrom: day }
  })
  const ended: EndedRun[] = []
  for (const { run, route, code, direction, emptyFrom } of runs) {
    if (emptyFrom === null || emptyFrom > lastWave) continue
    if ((await endRun(tx, { run, from: emptyFrom, days: EVERY_DAY })) > 0)
      ended.push({ run, route, code, direction, from: emptyFrom })
  }
  const routes = await endEmptyRoutes(tx, ended)
  return {
    ended,
    goOn: runs.filter(({ riders }) => riders > 0).map(({ emptyFrom: _, ...run }) => run),
    contracts: await withoutRoutes(tx, routes),
  }
}

/** School day or not. */
const EVERY_DAY = patternOf([...Array(14).keys()])

/** The runs whose seats this revision closed, but for those of the plan itself. */
async function leftRuns(tx: TransactionSql, plan: number, lastWave: PlainDate): Promise<Emptied[]> {
  return await tx<Emptied[]>`
    with closed as (
      select t.run_id, array_agg(distinct t.pupil_id order by t.pupil_id) as left
        from travel_arrangement t
       where upper(t.known) = current_revision() and t.kind = 'seat'
         and not exists (select from plan_route p join run using (route_id)
                          where p.plan_id = ${plan} and run.run_id = t.run_id)
       group by t.run_id)
    select c.run_id as run, run.route_id as route, run.direction, c.left, n.code,
           case when not coalesce(s.endless, false) then coalesce(s.gone, '-infinity'::date) end as "emptyFrom",
           coalesce(s.riders, 0)::integer as riders
      from closed c
      join run using (run_id)
      cross join lateral (select coalesce((select t.code from route_terms t where t.route_id = run.route_id
                                            order by upper_inf(t.known) desc, lower(t.valid) desc limit 1),
                                          'run ' || c.run_id) as code) n
      left join lateral (
        select bool_or(upper_inf(a.valid)) as endless, max(upper(a.valid)) as gone,
               count(distinct a.pupil_id) filter (where a.valid @> ${lastWave}::date) as riders
          from travel_arrangement a where a.run_id = c.run_id and upper_inf(a.known)) s on true
     order by n.code, run.direction, c.run_id`
}

/** Ends each route none of whose runs is driven any more. Gives which. */
async function endEmptyRoutes(tx: TransactionSql, ended: readonly EndedRun[]): Promise<RouteId[]> {
  const routes: RouteId[] = []
  const inOrder = ended.toSorted((a, b) => (a.from < b.from ? 1 : -1))
  for (const [route, theirs] of Map.groupBy(inOrder, (one) => one.route)) {
    const [{ from }] = theirs as [EndedRun]
    const [driven] = await tx`
      select from run join run_plan p using (run_id)
       where run.route_id = ${route} and upper_inf(p.known) and p.valid && ${span(from, null)}::daterange
       limit 1`
    if (driven) continue
    await endRoute(tx, route, from)
    routes.push(route)
  }
  return routes
}

/** The contracts that go on after the last of their routes has ended. */
async function withoutRoutes(tx: TransactionSql, routes: readonly RouteId[]): Promise<OldRuns['contracts']> {
  return await tx<{ contract: ContractId; reference: string }[]>`
    select distinct t.contract_id as contract, c.reference
      from (select distinct on (route_id) contract_id, upper(valid) as ended
              from route_terms where route_id = any(${[...routes]}::integer[]) and upper_inf(known)
             order by route_id, upper(valid) desc) t
      join contract_terms c on c.contract_id = t.contract_id and upper_inf(c.known) and c.valid @> t.ended
     where not exists (select from route_terms o where o.contract_id = t.contract_id and upper_inf(o.known)
                          and o.valid && daterange(t.ended, null))
     order by c.reference`
}

type Kept = { table: 'run_plan' | 'route_terms'; subject: 'run_id' | 'route_id' }

/** Lets go on what the plan ended from a day on, where nobody has planned it anew since. */
export async function reopenOldRuns(tx: TransactionSql, plan: number, from: PlainDate): Promise<void> {
  for (const kept of [
    { table: 'run_plan', subject: 'run_id' },
    { table: 'route_terms', subject: 'route_id' },
  ] as const)
    for (const { fact } of await endedBy(tx, plan, { kept, from })) await stateFact(tx, kept.table, fact)
}

/** What was believed of the days that the revision which made the plan real cut off. */
async function endedBy(
  tx: TransactionSql,
  plan: number,
  { kept: { table, subject }, from }: { kept: Kept; from: PlainDate },
): Promise<{ fact: Readonly<Record<string, unknown>> & { valid: string } }[]> {
  return await tx`
    select to_jsonb(f) - 'fact_id' - 'known' || jsonb_build_object('valid', daterange(cut.day, upper(f.valid))::text) as fact
      from ${tx(table)} f
     cross join lateral (
       select coalesce(max(upper(c.valid)), lower(f.valid)) as day
         from ${tx(table)} c
        where c.${tx(subject)} = f.${tx(subject)} and upper_inf(c.known) and c.valid <@ f.valid) cut
     where upper(f.known) = (select max(s.revision) from plan_step s where s.plan_id = ${plan} and s.step = 'made-real')
       and cut.day >= ${from}::date and (upper_inf(f.valid) or cut.day < upper(f.valid))
       and not exists (select from ${tx(table)} c
                        where c.${tx(subject)} = f.${tx(subject)} and upper_inf(c.known)
                          and c.valid && daterange(cut.day, upper(f.valid)))
     order by f.fact_id`
}
