/**
 * Asks the situation of any day, as known at any moment. Everything here goes through `county_state`, once a cut, which
 * remembers what `travel_state` answered of a sealed revision; a moment is turned into a revision once, so that the
 * whole report stands on one.
 */
import type { Sql } from 'postgres'
import type { ContractId, OperatorId, PupilId, SchoolId } from '#ground/ids.ts'
import {
  type AsAt,
  addDays,
  dayOf,
  daysBetween,
  momentAt,
  type PlainDate,
  wallTimeOf,
  weekdayOf,
} from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { lacksTransport, type Rung, type TravelState } from '#travel-arrangements'
import { contactsAt, neededContractsAt } from './around-store.ts'
import { cohortNamed } from './cohort-store.ts'
import type { PupilDay } from './figures.ts'
import { standingOf } from './figures.ts'
import { stateAt } from './missed.ts'
import { morningAt } from './morning-store.ts'
import { type Reconciliation, reconcile, type Standing } from './movement.ts'
import { type Cut, type Sitrep, situationOf } from './sitrep.ts'

/** A day and a moment with the revision that moment means. A moment yet to come means now. */
export async function cutAt(sql: Sql, { on, knownAt }: AsAt): Promise<Cut> {
  return { on, knownAt, revision: await revisionKnownAt(sql, knownAt) }
}

/** What is compared with what, beside the day itself: the earlier report, and the cohort shown apart. */
export type Asking = { since?: AsAt | undefined; cohort?: string | undefined }

/** The situation report of a day, reconciled with the weekday before, as known at that time of that day, unless told. */
export async function sitrepAsAt(sql: Sql, asAt: AsAt, asking: Asking = {}): Promise<Sitrep> {
  const cut = await cutAt(sql, asAt)
  return await situationAt(sql, cut, { people: await peopleAt(sql, cut), ...asking })
}

/** The situation of a cut whose pupils are in hand. Throws for a cohort that is not known at the cut. */
export async function situationAt(
  sql: Sql,
  cut: Cut,
  { people, since, cohort }: Asking & { people: readonly PupilDay[] },
): Promise<Sitrep> {
  return situationOf(cut, {
    people,
    contacts: await contactsAt(sql, cut),
    needed: await neededContractsAt(sql, cut),
    cohort: cohort === undefined ? undefined : await cohortNamed(sql, cohort, cut.revision),
    reconciliation: await reconciliationOf(sql, cut, { people, since }),
  })
}

type Comparing = { people: readonly PupilDay[]; since: AsAt | undefined }

/** What changed since an earlier report, or since the weekday before. */
export async function reconciliationOf(
  sql: Sql,
  cut: Cut,
  { people, since = weekdayBefore(cut) }: Comparing,
): Promise<Reconciliation> {
  return reconcile(await standingsAt(sql, since), people.map(toStanding), since)
}

const toStanding = (one: PupilDay): Standing => ({
  pupil: one.pupil,
  without: lacksTransport(standingOf(one)),
})

async function standingsAt(sql: Sql, asAt: AsAt): Promise<Standing[]> {
  const { pupils, standings } = await morningAt(sql, await cutAt(sql, asAt))
  return Array.from(pupils, (pupil, i) => ({
    pupil: pupil as PupilId,
    without: lacksTransport(stateAt(standings[i])),
  }))
}

type PersonRow = {
  pupil: PupilId
  toSchool: TravelState
  fromSchool: TravelState
  toReason: string | null
  fromReason: string | null
  missing: string | null
  school: SchoolId | null
  area: string | null
  operators: string | null
  contracts: string | null
}

/** Every pupil on the register on the day, in the order of their numbers: the one pass all figures are counted from. */
export async function peopleAt(sql: Sql, { on, revision }: Cut): Promise<PupilDay[]> {
  const rows = await sql<PersonRow[]>`
    select pupil_id as pupil, min(state) filter (where direction = 1) as "toSchool",
           min(state) filter (where direction = 2) as "fromSchool",
           min(reason) filter (where direction = 1) as "toReason",
           min(reason) filter (where direction = 2) as "fromReason",
           string_agg(nullif(array_to_string(missing, ' '), ''), ' ') as missing,
           min(school_id) filter (where direction = 1) as school, min(area) as area,
           string_agg(operator_id::text, ' ') as operators, string_agg(contract_id::text, ' ') as contracts
      from county_state(${revision}, ${on}::date)
     group by pupil_id
     order by pupil_id`
  return rows.map(({ toReason, fromReason, missing, operators, contracts, ...row }) => ({
    ...row,
    reasons: [toReason, fromReason],
    missing: wordsOf<Rung>(missing),
    operators: numbersOf<OperatorId>(operators),
    contracts: numbersOf<ContractId>(contracts),
  }))
}

const wordsOf = <Word extends string>(text: string | null): Word[] => [
  ...new Set((text ?? '').split(' ').filter(Boolean) as Word[]),
]
const numbersOf = <Id extends number>(text: string | null): Id[] =>
  wordsOf(text).map((word) => Number(word) as Id)

/** The weekday before, as known at the same time of that day: Monday is compared with Friday, not with an empty Sunday. */
export function weekdayBefore({ on, knownAt }: AsAt): AsAt {
  return sameTimeOn(previousWeekday(on), { on, knownAt })
}

/** An earlier or later day, as known so many days earlier or later at the same time of day. */
export function sameTimeOn(day: PlainDate, { on, knownAt }: AsAt): AsAt {
  const known = addDays(dayOf(knownAt), -daysBetween(day, on))
  return { on: day, knownAt: momentAt(known, wallTimeOf(knownAt)) }
}

function previousWeekday(day: PlainDate): PlainDate {
  const before = addDays(day, -1)
  return weekdayOf(before) > 5 ? previousWeekday(before) : before
}
