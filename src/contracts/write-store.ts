/** Lets, ends and extends contracts. Everything written here belongs to the revision that is open. */
import type { TransactionSql } from 'postgres'
import type { ContractId, OperatorId } from '#ground/ids.ts'
import type { Pence } from '#ground/money.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, type PlainDate } from '#ground/time.ts'
import { bear, span, stateFact, withdrawFact } from '#knowledge/store'

export type Terms = {
  operator: OperatorId
  reference: string
  /** 28 when not said, as most councils' call-offs have it. */
  noticeDays?: number
  dailyRate?: Pence
  /** For a mile more or less. */
  variationRate?: Pence
  extensionMonths?: number
  from: PlainDate
  /** Its last day. A call-off without an end is not let. */
  lastDay: PlainDate
}

export type TermsRefused = { because: 'ends-before-it-starts'; from: PlainDate; lastDay: PlainDate }

/** Lets a contract: a call-off with an operator, in force from its first day to its last. */
export async function letContract(
  tx: TransactionSql,
  terms: Terms,
): Promise<Result<ContractId, TermsRefused>> {
  const { from, lastDay } = terms
  if (lastDay < from) return refuse({ because: 'ends-before-it-starts', from, lastDay })
  const contract = await bear(tx, 'contract')
  await stateFact(tx, 'contract_terms', {
    contract_id: contract,
    operator_id: terms.operator,
    reference: terms.reference,
    notice_days: terms.noticeDays ?? 28,
    daily_rate_pence: terms.dailyRate ?? 0,
    variation_rate_pence: terms.variationRate ?? 0,
    extension_months: terms.extensionMonths ?? 0,
    status: 'in-force',
    valid: span(from, addDays(lastDay, 1)),
  })
  return ok(contract)
}

export type EndRefused =
  | { because: 'contract-not-known'; contract: ContractId }
  | { because: 'already-ends'; lastDay: PlainDate; asked: PlainDate }

/**
 * Ends a contract after its last day. The interlock stands behind it: `recordChange` refuses the end while anyone on
 * its runs has no successor. Ending later than it already ends is an extension, and is refused here.
 */
export async function endContract(
  tx: TransactionSql,
  { contract, lastDay }: { contract: ContractId; lastDay: PlainDate },
): Promise<Result<null, EndRefused>> {
  const terms = await lastTerms(tx, contract)
  if (!terms) return refuse({ because: 'contract-not-known', contract })
  if (terms.lastDay !== null && terms.lastDay <= lastDay) {
    return refuse({ because: 'already-ends', lastDay: terms.lastDay, asked: lastDay })
  }
  await withdrawFact(tx, 'contract_terms', { contract_id: contract, valid: span(addDays(lastDay, 1), null) })
  return ok(null)
}

export type ExtendRefused =
  | { because: 'contract-not-known'; contract: ContractId }
  | { because: 'not-later'; lastDay: PlainDate; asked: PlainDate }
  | { because: 'without-end'; contract: ContractId }

/** Lets a contract run on to a later last day, on the terms it ended with. */
export async function extendContract(
  tx: TransactionSql,
  { contract, lastDay }: { contract: ContractId; lastDay: PlainDate },
): Promise<Result<null, ExtendRefused>> {
  const terms = await lastTerms(tx, contract)
  if (!terms) return refuse({ because: 'contract-not-known', contract })
  if (terms.lastDay === null) return refuse({ because: 'without-end', contract })
  if (lastDay <= terms.lastDay)
    return refuse({ because: 'not-later', lastDay: terms.lastDay, asked: lastDay })
  await stateFact(tx, 'contract_terms', {
    ...terms.columns,
    valid: span(addDays(terms.lastDay, 1), addDays(lastDay, 1)),
  })
  return ok(null)
}

type LastTerms = { lastDay: PlainDate | null; columns: Readonly<Record<string, unknown>> }

async function lastTerms(tx: TransactionSql, contract: ContractId): Promise<LastTerms | undefined> {
  const [row] = await tx<LastTerms[]>`
    select (upper(valid) - 1)::date as "lastDay",
           to_jsonb(t) - 'fact_id' - 'known' - 'valid' as columns
      from contract_terms t
     where contract_id = ${contract} and upper_inf(known)
     order by lower(valid) desc limit 1`
  return row
}
