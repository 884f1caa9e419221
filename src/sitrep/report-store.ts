/** The whole report of a cut: the situation, where it is worst, what has been missed and who has waited longest. */
import type { Sql } from 'postgres'
import { acceptancesOpen } from '#changeover/acceptance-store'
import type { PupilId } from '#ground/ids.ts'
import { type AsAt, addDays, dayOf } from '#ground/time.ts'
import { namesAt, policiesAt } from './around-store.ts'
import { cohortsKnownAt } from './cohort-store.ts'
import { brokenDown, type PupilDay } from './figures.ts'
import { type Morning, missedDays, missedOver, type Wait, waitingOf, waitsAt } from './missed.ts'
import {
  askForMornings,
  type MorningCut,
  morningCuts,
  morningsAt,
  notRemembered,
  yearBegan,
} from './morning-store.ts'
import type { Policies } from './policy.ts'
import {
  acceptedCountedBy,
  type Cut,
  cohortFigures,
  DEFINITIONS,
  type Definitions,
  type Report,
  type ReportSoFar,
} from './sitrep.ts'
import { type Asking, cutAt, peopleAt, situationAt } from './store.ts'

/** Hears how many mornings there are still to count. */
export type Counting = { counting?: (left: number) => void }

/** What is asked of a report, and the version it is made by: the latest, unless an earlier one is made again. */
type Making = Asking & { definitions?: Definitions }

/** The whole report of a day as known at a moment. */
export async function reportAsAt(sql: Sql, asAt: AsAt, asking: Asking & Counting = {}): Promise<Report> {
  return await reportAt(sql, await cutAt(sql, asAt), asking)
}

/** The whole report of a cut: asked again by the same definitions, the same to the last byte. */
export async function reportAt(
  sql: Sql,
  cut: Cut,
  { counting, ...asking }: Making & Counting = {},
): Promise<Report> {
  const report = await withoutMornings(sql, cut, asking)
  const policies = await policiesAt(sql, cut)
  const mornings = await morningsSoFar(sql, cut, { policies, ...(counting && { counting }) })
  return {
    ...report,
    missed: missedOver(mornings, yearBegan(lastMorning(cut))),
    waiting: waitingOf(waitsAt(mornings), policies['education-missed-escalation']),
  }
}

const AT_ONCE = 5

/** The report for somebody who waits for a page: without its mornings while many are to count, and then they are asked for. */
export async function reportSoFarAt(sql: Sql, cut: Cut, asking: Asking = {}): Promise<ReportSoFar> {
  const { length } = await notRemembered(sql, await morningsUntil(sql, cut, await policiesAt(sql, cut)))
  if (length <= AT_ONCE) return await reportAt(sql, cut, asking)
  await askForMornings(sql, cut)
  return await withoutMornings(sql, cut, asking)
}

async function withoutMornings(sql: Sql, cut: Cut, { definitions = DEFINITIONS, ...asking }: Making) {
  const [counted] = acceptedCountedBy[definitions]
  const people = await peopleAt(sql, cut)
  const cohorts = await cohortsKnownAt(sql, cut.revision)
  return {
    ...(await situationAt(sql, cut, { people, ...asking })),
    definitions,
    breakdowns: {
      ...(await breakdownsOf(sql, cut, people)),
      cohort: cohorts.map((cohort) => cohortFigures(people, cohort)),
    },
    ...(counted && { accepted: await acceptancesOpen(sql, cut, counted) }),
  }
}

/** Pupils by school, area, operator and contract, out of the pupils in hand. */
export async function breakdownsOf(sql: Sql, cut: Cut, people: readonly PupilDay[]) {
  const names = await namesAt(sql, cut)
  return {
    school: brokenDown(people, 'school', names.school),
    area: brokenDown(people, 'area', new Map()),
    operator: brokenDown(people, 'operator', names.operator),
    contract: brokenDown(people, 'contract', names.contract),
  }
}

/** The day missed education is counted to: nothing is missed on a day yet to come. */
const lastMorning = ({ on, knownAt }: AsAt) => (on < dayOf(knownAt) ? on : dayOf(knownAt))

type Wanted = Counting & { policies: Policies }

/** Every school morning of the academic year up to the day, and that day as the cut itself knows it. */
async function morningsSoFar(sql: Sql, cut: Cut, { policies, counting }: Wanted): Promise<Morning[]> {
  return await morningsAt(sql, await morningsUntil(sql, cut, policies), counting)
}

async function morningsUntil(sql: Sql, cut: Cut, policies: Policies): Promise<MorningCut[]> {
  const until = lastMorning(cut)
  const earlier = await morningCuts(sql, {
    from: yearBegan(until),
    until: addDays(until, -1),
    time: policies['morning-report-at'],
    revision: cut.revision,
  })
  return [...earlier, { on: until, revision: cut.revision }]
}

/** How long each pupil without transport has been so, on the day and at the moment of a cut. */
export const waitsOf = async (sql: Sql, cut: Cut): Promise<Wait[]> =>
  waitsAt(await morningsSoFar(sql, cut, { policies: await policiesAt(sql, cut) }))

/** Every pupil who was without transport on a school day of the year so far, and on how many. */
export const missedOf = async (sql: Sql, cut: Cut): Promise<Map<PupilId, number>> =>
  missedDays(await morningsSoFar(sql, cut, { policies: await policiesAt(sql, cut) }))

/** The last school mornings up to the day of a cut, oldest first; nothing while more of them must be counted than a page may. */
export async function lastMornings(sql: Sql, cut: Cut, howMany: number): Promise<Morning[] | undefined> {
  const cuts = (await morningsUntil(sql, cut, await policiesAt(sql, cut))).slice(-howMany)
  if ((await notRemembered(sql, cuts)).length > AT_ONCE) {
    await askForMornings(sql, cut)
    return undefined
  }
  return await morningsAt(sql, cuts)
}
