/**
 * Asks the situation of any day, as known at any moment. Everything here goes through `travel_state`; a moment is
 * turned into a revision once, so that the whole report stands on one cut.
 */
import type { Sql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import {
  type AsAt,
  addDays,
  dayOf,
  daysBetween,
  type Instant,
  momentAt,
  type PlainDate,
  wallTimeOf,
  weekdayOf,
} from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import type { Direction, Rung, TravelState } from '#travel-arrangements'
import {
  DEFINITIONS,
  figuresByDirection,
  reconcile,
  type Sitrep,
  type StateCount,
  standingsOf,
} from './sitrep.ts'

export type Leg = {
  pupil: PupilId
  name: string
  direction: Direction
  state: TravelState
  reason: string | null
  missing: readonly Rung[]
  school: string | null
  schoolId: SchoolId | null
  area: string | null
}

/** The situation report of a day, reconciled with that of the weekday before, as it was known at that time of that day. */
export async function sitrepAsAt(sql: Sql, asAt: AsAt, since = weekdayBefore(asAt)): Promise<Sitrep> {
  const revision = await revisionKnownAt(sql, asAt.knownAt)
  const earlier = await revisionKnownAt(sql, since.knownAt)
  const legs = await statesAt(sql, asAt.on, revision)
  const before = await statesAt(sql, since.on, earlier)
  return {
    on: asAt.on,
    knownAt: asAt.knownAt,
    revision,
    definitions: DEFINITIONS,
    population: new Set(legs.map(({ pupil }) => pupil)).size,
    directions: figuresByDirection(counted(legs)),
    reconciliation: reconcile(standingsOf(before), standingsOf(legs), since),
  }
}

/** Named pupils of a day, each direction a row, in the order of their names; all, or those in some states. */
export async function legsAsAt(
  sql: Sql,
  { on, knownAt }: AsAt,
  states?: readonly TravelState[],
): Promise<Leg[]> {
  const revision = await revisionKnownAt(sql, knownAt)
  return await sql<Leg[]>`
    select s.pupil_id as pupil, coalesce(p.given_name || ' ' || p.family_name, 'Pupil ' || s.pupil_id) as name,
           s.direction, s.state, s.reason, s.missing, c.name as school, s.school_id as "schoolId", s.area
      from travel_state(${revision}, array[${on}::date]) s
      left join pupil_particulars p on p.pupil_id = s.pupil_id and p.valid @> ${on}::date and p.known @> ${revision}::bigint
      left join school_particulars c on c.school_id = s.school_id and c.valid @> ${on}::date and c.known @> ${revision}::bigint
     where ${states ? sql`s.state = any(${states as string[]})` : sql`true`}
     order by p.family_name, p.given_name, s.pupil_id, s.direction`
}

async function statesAt(sql: Sql, on: PlainDate, revision: number) {
  return await sql<{ pupil: PupilId; direction: Direction; state: TravelState }[]>`
    select pupil_id as pupil, direction, state
      from travel_state(${revision}, array[${on}::date])
     order by pupil_id, direction`
}

function counted(legs: readonly { direction: Direction; state: TravelState }[]): StateCount[] {
  const counts = new Map<string, StateCount>()
  for (const { direction, state } of legs) {
    const count = counts.get(`${direction} ${state}`) ?? { direction, state, pupils: 0 }
    count.pupils += 1
    counts.set(`${direction} ${state}`, count)
  }
  return [...counts.values()]
}

/** The weekday before, as known at the same time of that day: Monday is compared with Friday, not with an empty Sunday. */
function weekdayBefore({ on, knownAt }: AsAt): { on: PlainDate; knownAt: Instant } {
  const day = previousWeekday(on)
  const known = addDays(dayOf(knownAt), -daysBetween(day, on))
  return { on: day, knownAt: momentAt(known, wallTimeOf(knownAt)) }
}

function previousWeekday(day: PlainDate): PlainDate {
  const before = addDays(day, -1)
  return weekdayOf(before) > 5 ? previousWeekday(before) : before
}
