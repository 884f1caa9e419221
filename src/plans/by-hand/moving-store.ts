/** What is needed to move a pupil of a plan: the two vehicles, what was asked of them, and their drives. */
import type { Sql } from 'postgres'
import { keepingAnswers } from '#distances/kept-answers-store'
import type { TravelTimes } from '#roads'
import { partOf } from '../found/part.ts'
import { vehiclesOfPlan } from '../found/part-store.ts'
import type { Frozen } from '../search/frozen.ts'
import { askDrives } from '../translation/drives.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import type { Moving } from './move.ts'

type Wanted = { plan: number; run: PlanRun; rider: PlanRun['riders'][number]; to: number }

/** The rider’s vehicle and the one to join, ready to be moved between; nothing for a plan whose calls were not kept. */
export async function movingIn(
  sql: Sql,
  roads: TravelTimes,
  { plan, run, rider, to }: Wanted,
): Promise<(Moving & { question: number; frozen: Frozen }) | undefined> {
  const numbers = [run.vehicle, to] as const
  const kept = await vehiclesOfPlan(sql, plan, numbers)
  if (!kept) return undefined
  const part = partOf(kept.frozen.question, kept.vehicles)
  const drives = await askDrives(keepingAnswers(sql, roads), part.question)
  return {
    part,
    numbers,
    drives,
    ride: part.rides.indexOf(rider.ride),
    question: kept.question,
    frozen: kept.frozen,
  }
}
