/** The rungs that are somebody's word: recorded with its evidence, taken back with its reason. */
import type { TransactionSql } from 'postgres'
import type { ContractId, PupilId, RunId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import { span, stateFact, withdrawFact } from '#knowledge/store'

/** Whose word it is: of a contract, of a run under it, or of a family about its child's seat on that run. */
export type Word =
  | { rung: 'contract-signed'; contract: ContractId }
  | {
      rung: 'operator-accepted' | 'crew-and-vehicle-checked' | 'school-told'
      contract: ContractId
      run: RunId
    }
  | { rung: 'family-told'; contract: ContractId; run: RunId; pupil: PupilId }

/** Records a rung climbed, good from a day on: of telling a family, the evidence is proof of delivery. */
export async function confirm(
  tx: TransactionSql,
  word: Word,
  {
    evidence,
    givenOn,
    from,
    until = null,
  }: { evidence: string; givenOn: PlainDate; from: PlainDate; until?: PlainDate | null },
): Promise<void> {
  await stateFact(tx, 'confirmation', {
    ...subjectOf(word),
    evidence,
    given_on: givenOn,
    valid: span(from, until),
  })
}

/** Takes a word back from a day on: an operator hands back, a check was wrong, a letter came back unopened. */
export async function retract(tx: TransactionSql, word: Word, from: PlainDate): Promise<number> {
  return await withdrawFact(tx, 'confirmation', { ...subjectOf(word), valid: span(from, null) })
}

const subjectOf = (word: Word) => ({
  kind: word.rung,
  contract_id: word.contract,
  run_id: 'run' in word ? word.run : 0,
  pupil_id: 'pupil' in word ? word.pupil : 0,
})
