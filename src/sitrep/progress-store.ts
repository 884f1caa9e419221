/** How far a cohort has come: what share of it was confirmed for the day travel begins, as each morning knew it. */
import type { Sql } from 'postgres'
import { addDays, dayOf, eachDay, type PlainDate, weekdayOf } from '#ground/time.ts'
import { policiesAt } from './around-store.ts'
import { cohortPlanAt, cohortsKnownAt, type KnownCohort } from './cohort-store.ts'
import { type Morning, stateAt } from './missed.ts'
import { askForMornings, cutsOf, type MorningCut, morningAt, notRemembered } from './morning-store.ts'
import {
  type CohortPlan,
  type Flag,
  flagOf,
  type Progress,
  type Projection,
  plannedOn,
  project,
} from './projection.ts'
import type { Cut } from './sitrep.ts'

export type CohortProgress = {
  cohort: KnownCohort
  plan: CohortPlan
  progress: Progress[]
  actual: number
  planned: number | undefined
  goal: number | undefined
  projection: Projection | undefined
  flag: Flag
}

type Counted = {
  /** Whether whoever asks can wait for every morning, or has a page before them. */
  patient?: boolean
}

const AT_ONCE = 3

/** The progress of a cohort that has a plan; nothing without one, or while its mornings must still be counted. */
export async function progressAt(
  sql: Sql,
  cut: Cut,
  { cohort, patient = false }: Counted & { cohort: KnownCohort },
): Promise<CohortProgress | undefined> {
  const plan = await cohortPlanAt(sql, cohort.id, cut)
  if (!plan) return undefined
  const policies = await policiesAt(sql, cut)
  const known = dayOf(cut.knownAt)
  const until = [cut.on, known, plan.beginsOn].sort()[0] ?? cut.on
  const recent = policies['projection-mornings']
  const days = daysToAsk(cohort.frozenOn, until, recent)
  const mornings = await cutsOf(sql, days, { time: policies['morning-report-at'], revision: cut.revision })
  // Today is asked as the cut itself knows it; each morning, about the day travel begins.
  const asked = mornings.map(({ on, revision }) => ({ on, revision: on === known ? cut.revision : revision }))
  const about = asked.map(({ revision }): MorningCut => ({ on: plan.beginsOn, revision }))
  if (!patient && (await notRemembered(sql, about)).length > AT_ONCE) {
    await askForMornings(sql, cut)
    return undefined
  }
  const members = new Set<number>(cohort.members)
  const progress: Progress[] = []
  for (const [i, one] of about.entries()) {
    const percent = shareConfirmed(await morningAt(sql, one), members)
    progress.push({ on: asked[i]?.on ?? until, percent })
  }
  const actual = progress.at(-1)?.percent ?? 0
  const ahead = weekdaysBetween(until, plan.beginsOn)
  const judged = {
    planned: plannedOn(plan, until),
    goal: plannedOn(plan, plan.beginsOn),
    projection: ahead > 0 ? project(progress.slice(-recent), ahead) : undefined,
    tolerance: policies['plan-tolerance-percent'],
  }
  return { cohort, plan, progress, actual, ...judged, flag: flagOf(actual, judged) }
}

/** Every weekday lately, which the rate is taken from; a day a week before that, which the drawing needs. */
function daysToAsk(from: PlainDate, until: PlainDate, recent: number): PlainDate[] {
  const weekdays = eachDay(from, until).filter((day) => weekdayOf(day) <= 5)
  const lately = weekdays.slice(-recent)
  return [...weekdays.slice(0, -recent).filter((day) => weekdayOf(day) === 1), ...lately]
}

const weekdaysBetween = (from: PlainDate, to: PlainDate): number =>
  eachDay(addDays(from, 1), to).filter((day) => weekdayOf(day) <= 5).length

/** Of those who need the council to carry them on the day, how many have every rung. */
function shareConfirmed({ pupils, standings }: Morning, members: ReadonlySet<number>): number {
  let [confirmed, carried] = [0, 0]
  for (let i = 0; i < pupils.length; i++) {
    if (!members.has(pupils[i] ?? 0)) continue
    const state = stateAt(standings[i])
    if (state === 'not-requiring' || state === 'own-arrangement') continue
    carried += 1
    if (state === 'confirmed') confirmed += 1
  }
  return carried === 0 ? 0 : Math.round((confirmed / carried) * 1000) / 10
}

/** Every cohort that was known, with its progress where it has a plan and its mornings are counted. */
export async function cohortsWithProgress(
  sql: Sql,
  cut: Cut,
  counted: Counted = {},
): Promise<{ cohort: KnownCohort; progress: CohortProgress | undefined }[]> {
  const all = []
  for (const cohort of await cohortsKnownAt(sql, cut.revision)) {
    all.push({ cohort, progress: await progressAt(sql, cut, { cohort, ...counted }) })
  }
  return all
}

/** The cohorts whose travel is yet to begin and which are behind their plan: what turns the first page red. */
export async function cohortsBehind(sql: Sql, cut: Cut): Promise<CohortProgress[]> {
  const all = await cohortsWithProgress(sql, cut)
  return all.flatMap(({ progress }) =>
    progress?.flag === 'red' && progress.plan.beginsOn >= cut.on ? [progress] : [],
  )
}
