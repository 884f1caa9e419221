/** Operators to choose from in a form. */
import type { Sql } from 'postgres'
import type { OperatorId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

/** Every operator that is admitted on a day, by name. */
export async function operatorChoices(
  sql: Sql,
  asAt: AsAt,
): Promise<{ operator: OperatorId; name: string }[]> {
  const { held } = await cutAsAt(sql, asAt)
  return await sql<{ operator: OperatorId; name: string }[]>`
    select o.operator_id as operator, o.name from operator_particulars o
     where ${held('o')} and o.standing = 'admitted' order by o.name`
}
