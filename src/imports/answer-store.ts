/** What an answer does: it is decided from the question and written in one revision with it. */
import type { TransactionSql } from 'postgres'
import { changePupil } from '#changeover/pupil-change-store'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays } from '#ground/time.ts'
import { readFactKeys } from './belief-store.ts'
import { likenesses } from './identity.ts'
import { DECIDED, type Kind, ownNumber, type Subject } from './kind.ts'
import { kindNamed } from './kinds.ts'
import { type Matched, matchSheet } from './mapping.ts'
import type { FactStated } from './plan.ts'
import {
  type Answer,
  type AnswerRefused,
  type Effect,
  type HeldRow,
  type Question,
  questionKey,
} from './question.ts'
import { keepAnswer, openQuestions, pupilsLike } from './question-store.ts'
import type { Register } from './register.ts'
import { readRegister, registerName } from './register-store.ts'
import { type RowRead, readRow } from './row.ts'
import { bringIn } from './store.ts'

type Answered = Result<readonly Effect[], AnswerRefused>
type Answering = { answer: Answer; seen: number }

/** Answers a question inside the open revision, and gives what that did; or why it cannot be. */
export async function answerQuestion(
  tx: TransactionSql,
  question: Question,
  { answer, seen }: Answering,
): Promise<Answered> {
  const open = (await openQuestions(tx)).some((one) => questionKey(one) === questionKey(question))
  if (!open) return refuse({ because: 'answered-already' })
  if (question.asks === 'held' && (answer.answer === 'same-child' || answer.answer === 'two-children'))
    return await takeRow(tx, question, answer)
  const done =
    question.asks === 'missing' ? await settleMissing(tx, question.pupil, { answer, seen }) : ok([])
  if (done.ok) await keepAnswer(tx, question, { answer })
  return done.ok && done.value.length === 0 ? ok([{ did: 'nothing' }]) : done
}

async function settleMissing(
  tx: TransactionSql,
  pupil: PupilId,
  { answer, seen }: Answering,
): Promise<Answered> {
  if (answer.answer === 'same-child') return await joinPupil(tx, { stays: pupil, goes: answer.as })
  if (answer.answer !== 'left') return ok([])
  const { lastDay } = answer
  const left = await changePupil(tx, { change: 'leave', pupil, lastDay }, seen)
  if (!left.ok) {
    const { refusal } = left
    return refuse(
      refusal.because === 'changed-meanwhile' ? refusal : { because: 'not-on-the-register', on: lastDay },
    )
  }
  return ok([
    { did: 'off-the-register', from: addDays(lastDay, 1) },
    ...left.value.released.map(({ code, direction }): Effect => ({ did: 'seat-given-up', code, direction })),
  ])
}

/** Where the pairing of two pupils keeps the second: it says which is smaller, so it cannot be renamed in place. */
const PAIRING = 'pupil_pairing'

/**
 * Two records of one child become one: what is known of `goes` is known of `stays` from now on, on the days it holds,
 * and `goes` is on the register no longer. Refused while `goes` is named in a pairing.
 */
async function joinPupil(
  tx: TransactionSql,
  { stays, goes }: { stays: PupilId; goes: PupilId },
): Promise<Answered> {
  const [paired] = await tx`
    select 1 from ${tx(PAIRING)} where ${goes} in (pupil_id, other_id) and upper_inf(known) limit 1`
  if (paired) return refuse({ because: 'named-in-a-pairing' })
  let facts = 0
  for (const [table, { subject }] of await readFactKeys(tx)) {
    if (!subject.includes('pupil_id') || table === PAIRING) continue
    const rows = await tx<{ fact: Record<string, unknown> }[]>`
      select to_jsonb(f) - 'fact_id' - 'known' as fact from ${tx(table)} f
       where pupil_id = ${goes} and upper_inf(known) order by lower(valid)`
    for (const { fact } of rows) await tx`select withdraw_fact(${table}::regclass, ${tx.json(fact as never)})`
    for (const { fact } of rows)
      await tx`select state_fact(${table}::regclass, ${tx.json({ ...fact, pupil_id: stays } as never)})`
    facts += rows.length
  }
  const names = await tx<{ fact: Record<string, unknown> }[]>`
    select to_jsonb(f) - 'fact_id' - 'known' as fact from outside_reference f
     where kind = 'pupil' and subject_id = ${goes} and upper_inf(known)`
  for (const { fact } of names)
    await tx`select state_fact('outside_reference', ${tx.json({ ...fact, subject_id: stays } as never)})`
  return ok([{ did: 'moved', facts: facts + names.length }])
}

/** A held row as it was read, with the register it is read beside. */
type HeldRead = { kind: Kind & { of: Subject }; matched: Matched; read: RowRead; register: Register }

async function readHeld(tx: TransactionSql, question: HeldRow): Promise<HeldRead | undefined> {
  const kind = kindNamed(question.kind)
  const matched = matchedRow(question, question.cells, '')
  if (kind?.of === undefined || !matched) return undefined
  const outcome = readRow(matched, { line: question.line, cells: [...question.cells, ''] }, question.asOf)
  if ('errors' in outcome) return undefined
  return { kind: { ...kind, of: kind.of }, matched, read: outcome.read, register: await readRegister(tx) }
}

/** The children on the register whom a held row may be about, those its references name first. */
export async function childrenLike(tx: TransactionSql, question: HeldRow): Promise<PupilId[]> {
  const held = await readHeld(tx, question)
  if (!held) return []
  const { ids } = likenesses(held.kind, held.read, held.register)
  const { values } = held.read
  const like = await pupilsLike(tx, {
    givenName: String(values.get('Given name')),
    familyName: String(values.get('Family name')),
    bornOn: String(values.get('Date of birth')),
  })
  return [...new Set([...(ids as PupilId[]), ...like])]
}

type Taking = Extract<Answer, { answer: 'same-child' | 'two-children' }>

async function takeRow(tx: TransactionSql, question: HeldRow, answer: Taking): Promise<Answered> {
  const held = await readHeld(tx, question)
  if (!held) return refuse({ because: 'row-not-taken', says: 'the row can no longer be read' })
  const who = answer.answer === 'same-child' ? answer.as : undefined
  // A number that belongs to another child stays theirs.
  const others = likenesses(held.kind, held.read, held.register).references.filter(({ id }) => id !== who)
  const emptied = new Set(others.map(({ heading }) => held.read.columns.get(heading)))
  const cells = question.cells.map((cell, i) => (emptied.has(question.headings[i]) ? '' : cell))
  const decided = who === undefined ? 'different' : ownNumber(await registerName(tx), who)
  const matched = matchedRow(question, cells, decided)
  if (!matched) return refuse({ because: 'row-not-taken', says: 'the row can no longer be read' })
  const done = await bringIn(tx, { matched: [matched], asOf: question.asOf, partial: true, files: [] })
  const [said] = done.sheets[0]?.said ?? []
  if (said?.outcome === 'held' || said?.outcome === 'refused')
    return refuse({ because: 'row-not-taken', says: said.says[0]?.says ?? '' })
  await keepAnswer(tx, question, { answer, byImport: done.importId })
  const effects: Effect[] = [
    ...(done.births.length > 0
      ? [newPupil(held.read)]
      : done.state.flatMap((fact) => changedBy(held.kind, fact))),
    ...others.map(({ heading, text }): Effect => ({ did: 'left-empty', heading, text })),
  ]
  return ok(effects.length > 0 ? effects : [{ did: 'nothing' }])
}

/** The one row as a sheet of its own, read as the file was, with what was decided beside it. */
function matchedRow(question: HeldRow, cells: readonly string[], decided: string): Matched | undefined {
  const { headings, mapped, line, from, kind } = question
  const sheet = {
    from: `${from}, line ${line}`,
    name: kind,
    headings: [...headings.map((heading) => (heading === DECIDED ? `${DECIDED} before` : heading)), DECIDED],
    rows: [{ line, cells: [...cells, decided] }],
  }
  const columns = { ...mapped, [DECIDED]: { column: DECIDED } }
  const mapping = { name: from, tables: [{ sheet: kind, kind, columns }] }
  const [matched] = matchSheet(sheet, Object.keys(mapped).length > 0 ? mapping : undefined)
  return matched && 'kind' in matched ? matched : undefined
}

const newPupil = ({ values, from }: RowRead): Effect => ({
  did: 'new-pupil',
  name: `${values.get('Given name')} ${values.get('Family name')}`,
  from,
})

function changedBy(kind: Kind, { table, columns, was, from, until }: FactStated): Effect[] {
  const headings = new Map(kind.columns.map(({ to, heading }) => [to, heading]))
  return Object.entries(columns).flatMap(([column, is]): Effect[] => {
    const heading = headings.get(`${table}.${column}`)
    const before = was?.[column] ?? null
    if (heading === undefined || JSON.stringify(before) === JSON.stringify(is ?? null)) return []
    return [{ did: 'changed', heading, was: before, is, from, until }]
  })
}
