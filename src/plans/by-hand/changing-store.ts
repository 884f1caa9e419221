/** What is needed to change vehicles of a plan by hand: they, what was asked of them, and their drives. */
import type { Sql } from 'postgres'
import { keepingAnswers } from '#distances/kept-answers-store'
import type { TravelTimes } from '#roads'
import { partOf } from '../found/part.ts'
import { vehiclesOfPlan } from '../found/part-store.ts'
import type { Frozen } from '../search/frozen.ts'
import { askDrives } from '../translation/drives.ts'
import type { PlanQuestion } from '../translation/question.ts'
import type { Changing, Doing } from './hand-change.ts'

type Wanted = { plan: number; numbers: readonly number[]; doing: Doing }

/** The vehicles of a plan, ready to be changed; a number beyond its last stands idle. Nothing for a plan whose calls were not kept. */
export async function changingIn(
  sql: Sql,
  roads: TravelTimes,
  { plan, numbers, doing }: Wanted,
): Promise<(Changing & { question: number; frozen: Frozen }) | undefined> {
  const [kept, elsewhere] = await Promise.all([
    vehiclesOfPlan(sql, plan, numbers),
    usedElsewhere(sql, plan, numbers),
  ])
  if (!kept) return undefined
  const idle = { fleet: 0, runs: [[], []] }
  const question = withWhatIsLeft(kept.frozen.question, elsewhere)
  const part = partOf(
    question,
    numbers.map((_, i) => kept.vehicles[i] ?? idle),
  )
  const drives = await askDrives(keepingAnswers(sql, roads), part.question)
  return { part, numbers, drives, doing, question: kept.question, frozen: kept.frozen }
}

/** How many vehicles of each kind the rest of the plan drives. */
async function usedElsewhere(
  sql: Sql,
  plan: number,
  numbers: readonly number[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ offer: string; used: number }[]>`
    select offer, count(distinct vehicle)::integer as used
      from found_run where plan_id = ${plan} and vehicle <> all(${[...numbers]}::integer[]) group by offer`
  return new Map(rows.map(({ offer, used }) => [offer, used]))
}

/** The question with only those vehicles on offer that the rest of the plan leaves. */
function withWhatIsLeft(question: PlanQuestion, elsewhere: ReadonlyMap<string, number>): PlanQuestion {
  const vehicles = question.policy.vehicles.map((offer) =>
    offer.available === undefined
      ? offer
      : { ...offer, available: Math.max(0, offer.available - (elsewhere.get(offer.name) ?? 0)) },
  )
  return { ...question, policy: { ...question.policy, vehicles } }
}
