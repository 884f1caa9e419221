/** A contract by its number, for the forms of others. */
import type { Sql } from 'postgres'
import type { ContractId } from '#ground/ids.ts'
import type { AsAt } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'

/** What a contract is called, as last known by a moment; nothing for one unknown by then. */
export async function contractChoice(
  sql: Sql,
  contract: ContractId,
  { knownAt }: AsAt,
): Promise<string | undefined> {
  const revision = await revisionKnownAt(sql, knownAt)
  const [row] = await sql<{ reference: string }[]>`
    select reference from contract_terms
     where contract_id = ${contract} and known @> ${revision}::bigint order by lower(valid) desc limit 1`
  return row?.reference
}
