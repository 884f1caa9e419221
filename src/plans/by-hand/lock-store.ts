/** Locks on runs of plans: set, lifted, and never erased. */
import type { Sql, TransactionSql } from 'postgres'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type Author, beginRevision } from '#knowledge/store'
import type { Lock } from './lock.ts'

/** The locks that hold in a plan: on runs that still carry whom they carried when somebody locked them. */
export async function locksOn(sql: Sql | TransactionSql, plan: number): Promise<Lock[]> {
  const aboard = (of: string) => sql`
    (select array_agg(concat(r.days, r.offer, r.pupils) order by r.run_number) from found_run r
      where r.plan_id = ${sql(of)}.plan_id and r.vehicle = l.vehicle and r.direction = l.direction)`
  return await sql<Lock[]>`
    select l.lock_id as id, l.vehicle, l.direction, p.name as by, v.recorded_at as at, v.reason as why
      from found_plan here
      join found_plan there using (scenario_id)
      join plan_run_lock l on l.plan_id = there.plan_id
      join revision v on v.revision = l.revision
      join person p using (person_id)
     where here.plan_id = ${plan}
       and not exists (select from plan_run_unlock u where u.lock_id = l.lock_id)
       and ${aboard('here')} = ${aboard('there')}
     order by l.lock_id`
}

type Run = { plan: number; vehicle: number; direction: 1 | 2 }

/** Locks a run as it is in a plan. Refused with the lock that is on it already. */
export async function lockRun(
  sql: Sql,
  { plan, vehicle, direction }: Run,
  author: Author,
): Promise<Result<undefined, Lock>> {
  return (await sql.begin(async (tx) => {
    await beginRevision(tx, author)
    const already = (await locksOn(tx, plan)).find(
      (lock) => lock.vehicle === vehicle && lock.direction === direction,
    )
    if (already) return refuse(already)
    await tx`insert into plan_run_lock (plan_id, vehicle, direction) values (${plan}, ${vehicle}, ${direction})`
    return ok(undefined)
  })) as Result<undefined, Lock>
}

/** Lifts a lock. Whoever comes second finds it lifted. */
export async function unlockRun(sql: Sql, { id }: Pick<Lock, 'id'>, author: Author): Promise<void> {
  await sql.begin(async (tx: TransactionSql) => {
    await beginRevision(tx, author)
    await tx`insert into plan_run_unlock (lock_id) values (${id}) on conflict do nothing`
  })
}
