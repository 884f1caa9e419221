/** What is needed to bring a plan up to date, and the plan that comes of it, kept beside the one it was made from. */
import type { Sql } from 'postgres'
import { keepingAnswers } from '#distances/kept-answers-store'
import type { PupilId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import type { Author } from '#knowledge/store'
import type { TravelTimes } from '#roads'
import { everyVehicle, keepChange, type NotKept } from '../by-hand/change-store.ts'
import { underNumbers } from '../by-hand/hand-change.ts'
import { type Lock, lockOver } from '../by-hand/lock.ts'
import { locksOn } from '../by-hand/lock-store.ts'
import type { FoundPlan } from '../found/found-plan.ts'
import { type KeptPlan, ridersOn } from '../found/found-plan-store.ts'
import { type Part, partOf } from '../found/part.ts'
import { type PlanCost, planCostOf } from '../found/plan-cost.ts'
import type { Standing } from '../scenario/standing-store.ts'
import { frozenOf } from '../search/ask.ts'
import type { Frozen, Numbered } from '../search/frozen.ts'
import { keepQuestion, questionNumbered } from '../search/question-store.ts'
import { questionOfPlan } from '../search/search-store.ts'
import { askDrives } from '../translation/drives.ts'
import { problemOf } from '../translation/problem-of.ts'
import type { Asked } from '../translation/runs-of.ts'
import { lookedAt, partLookedAt } from './brought-up.ts'
import { type CarriedOver, carryOver } from './carry-over.ts'

export type ToBringUp = {
  frozen: Frozen
  carried: CarriedOver
  part: Part
  asked: Asked
  numbers: readonly number[]
  before: PlanCost
  /** On a run that somebody has left: it stays as it is until it is unlocked. */
  lock: Lock | undefined
}

type Wanted = { kept: KeptPlan; standing: Standing; unsettled: ReadonlySet<PupilId> }

/** The plan beside what would be asked today, by the prices and rules it was looked for with; nothing where its calls were not kept. */
export async function toBringUp(
  sql: Sql,
  roads: TravelTimes,
  { kept, standing, unsettled }: Wanted,
): Promise<ToBringUp | undefined> {
  const [known, vehicles, locks] = await Promise.all([
    questionOfPlan(sql, standing.scenario.id, kept.id),
    everyVehicle(sql, kept.id),
    locksOn(sql, kept.id),
  ])
  if (!known || !vehicles) return undefined
  const was = await questionNumbered(sql, known.question)
  const frozen = await askedToday(sql, standing, was)
  const carried = carryOver({ question: was.question, vehicles }, frozen.question, unsettled)
  const numbers = lookedAt(carried, frozen.question, new Set(locks.map(({ vehicle }) => vehicle)))
  const part = partLookedAt(carried, frozen.question, numbers)
  const answers = keepingAnswers(sql, roads)
  const asked = await askedOf(answers, part)
  const before = await costOf(answers, { was, vehicles, numbers })
  const lock = lockOver(locks, { vehicles: carried.lost, direction: null })
  return { frozen, carried, part, asked, numbers, before, lock }
}

/** What would be asked today of whoever is to be planned for; those of whom too little is known are decided about first. */
async function askedToday(
  sql: Sql,
  { scenario, cut, schools, exceptions, population }: Standing,
  { question: { policy, terms }, oddness }: Frozen,
): Promise<Frozen> {
  const blocking = new Set(population.blocking.map(({ person }) => person.pupil))
  const people = population.planned.filter(({ pupil }) => !blocking.has(pupil))
  const riding = { routes: scenario.terms.fixedRoutes, pupils: people.map(({ pupil }) => pupil) }
  return frozenOf(
    { people, schools, exceptions, beginsOn: scenario.beginsOn, terms, policy },
    { onKeptRoutes: await ridersOn(sql, riding, cut), oddness },
  )
}

async function askedOf(roads: TravelTimes, { question }: Part): Promise<Asked> {
  const drives = await askDrives(roads, question)
  return { question, drives, problem: problemOf(question, drives) }
}

type Were = { was: Frozen; vehicles: Numbered; numbers: readonly number[] }

async function costOf(roads: TravelTimes, { was, vehicles, numbers }: Were): Promise<PlanCost> {
  const part = partOf(
    was.question,
    numbers.flatMap((v) => vehicles[v] ?? []),
  )
  return planCostOf(await askedOf(roads, part), underNumbers(part.vehicles, numbers))
}

type Keeping = {
  standing: Standing
  from: KeptPlan
  frozen: Frozen
  becomes: { plan: FoundPlan; vehicles: Numbered }
  /** Who leaves the plan or has a place to be given. */
  pupils: readonly PupilId[]
  /** The vehicles that were looked at. */
  numbers: readonly number[]
  author: Author
}

/** Keeps the plan brought up to date. Refused where somebody has changed this one since, or locked what it touches. */
export async function keepBroughtUp(
  sql: Sql,
  { standing: { scenario, cut }, from, frozen, becomes, pupils, numbers, author }: Keeping,
): Promise<Result<number, NotKept>> {
  return await keepChange(sql, {
    scenario: scenario.id,
    from,
    cut: cut.revision,
    question: (tx) => keepQuestion(tx, { scenario: scenario.id, cut: cut.revision, frozen }),
    becomes,
    done: {
      kind: 'up-to-date',
      pupils,
      direction: null,
      from: null,
      to: null,
      offer: null,
      others: null,
      restores: null,
    },
    touched: { vehicles: numbers, direction: null },
    author,
  })
}
