/** Records decisions about who must be carried. The record is here; the rules that decide stand beside it. */
import type { TransactionSql } from 'postgres'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { span, stateFact } from '#knowledge/store'

export type Decision = {
  pupil: PupilId
  state: 'eligible' | 'pending' | 'under-appeal' | 'refused'
  grounds?: readonly string[]
  decidedBy?: string
  decidedOn?: PlainDate
  /** The version of the statutory guidance and policy it was decided under. */
  guidance?: string
  reviewOn?: PlainDate
  conditions?: string
  from: PlainDate
  until?: PlainDate | null
}

export type DecisionRefused = { because: 'no-ground' } | { because: 'nobody-decided' }

/** Records a decision from a day on. Eligible and refused each need who decided; eligible needs a ground. */
export async function recordDecision(
  tx: TransactionSql,
  decision: Decision,
): Promise<Result<null, DecisionRefused>> {
  const { pupil, state, grounds = [], decidedBy, from, until = null } = decision
  if (state === 'eligible' && grounds.length === 0) return refuse({ because: 'no-ground' })
  if ((state === 'eligible' || state === 'refused') && !decidedBy)
    return refuse({ because: 'nobody-decided' })
  await stateFact(tx, 'eligibility', {
    pupil_id: pupil,
    state,
    grounds,
    decided_by: decidedBy ?? null,
    decided_on: decision.decidedOn ?? null,
    guidance: decision.guidance ?? null,
    review_on: decision.reviewOn ?? null,
    conditions: decision.conditions ?? null,
    valid: span(from, until),
  })
  return ok(null)
}
