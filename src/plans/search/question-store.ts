/** Questions put to the optimiser: frozen with their hash, never changed. */
import { createHash } from 'node:crypto'
import type { Sql, TransactionSql } from 'postgres'
import type { Frozen } from './frozen.ts'

/** Keeps a question of a scenario, inside the open revision. Gives its number. */
export async function keepQuestion(
  tx: TransactionSql,
  { scenario, cut, frozen }: { scenario: number; cut: number; frozen: Frozen },
): Promise<number> {
  const bytes = Buffer.from(`${JSON.stringify(frozen)}\n`)
  const hash = createHash('sha256').update(bytes).digest()
  const [kept] = await tx<{ id: number }[]>`
    insert into plan_question (scenario_id, cut, sha256) values (${scenario}, ${cut}, ${hash})
    returning question_id as id`
  const id = kept?.id ?? 0
  await tx`insert into plan_question_bytes (question_id, bytes) values (${id}, ${bytes})`
  return id
}

/** A question as it was frozen. Throws when its bytes are not those that were hashed. */
export async function questionNumbered(sql: Sql, question: number): Promise<Frozen> {
  const [row] = await sql<{ bytes: Uint8Array; whole: boolean }[]>`
    select b.bytes, sha256(b.bytes) = q.sha256 as whole
      from plan_question q join plan_question_bytes b using (question_id) where question_id = ${question}`
  if (!row?.whole) throw new Error(`Question ${question} does not match its hash. Restore it from a backup.`)
  return JSON.parse(Buffer.from(row.bytes).toString()) as Frozen
}

/** Questions read lately, by their hashes: they never change, and reading one of a county takes longer than asking it. */
const remembered = new Map<string, Frozen>()
const MOST_REMEMBERED = 3

/** A question as it was frozen, remembered from the last time it was read. */
export async function rememberedQuestion(sql: Sql, question: number): Promise<Frozen> {
  const [row] = await sql<{ hash: string }[]>`
    select encode(sha256, 'hex') as hash from plan_question where question_id = ${question}`
  const hash = row?.hash ?? ''
  const frozen = remembered.get(hash) ?? (await questionNumbered(sql, question))
  remembered.delete(hash)
  remembered.set(hash, frozen)
  const [oldest] = remembered.keys()
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
  return frozen
}
