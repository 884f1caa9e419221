/** Workers on searches: one is asked for, and one that died is told by its silence. */
import type { Sql, TransactionSql } from 'postgres'

/** Whoever has not been heard of for so many seconds has stopped working. */
const SILENCE = 15

/** Whether whoever works on the row called s has fallen silent. */
export const silent = (sql: Sql | TransactionSql) =>
  sql`s.heard_at < clock_timestamp() - make_interval(secs => ${SILENCE})`

/** Asks for whoever is free to look for a plan. */
export async function askForWorker(sql: Sql | TransactionSql, search: number): Promise<void> {
  await sql`
    select graphile_worker.add_job('look-for-plan', json_build_object('search', ${search}::integer), max_attempts => 3)`
}

/** Asks for whoever is free to bring the areas of a search together: sooner than what was asked for after it. */
export async function askToJoin(tx: TransactionSql, search: number): Promise<void> {
  await tx`
    select graphile_worker.add_job('look-for-plan', json_build_object('search', ${search}::integer), max_attempts => 3,
                                   priority => -1)`
}

/** Asks for whoever is free to look for an area. */
export async function askForAreaWorker(
  sql: Sql | TransactionSql,
  search: number,
  area: number,
): Promise<void> {
  await sql`
    select graphile_worker.add_job('look-for-area',
             json_build_object('search', ${search}::integer, 'area', ${area}::integer), max_attempts => 3)`
}
