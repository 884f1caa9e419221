/** Records schools and when they are open. Everything written here belongs to the revision that is open. */
import type { TransactionSql } from 'postgres'
import type { SchoolId } from '#ground/ids.ts'
import { type DayPattern, everySchoolDay } from '#ground/pattern.ts'
import { addDays, type PlainDate, type WallTime } from '#ground/time.ts'
import { bear, span, stateFact, withdrawFact } from '#knowledge/store'

type Dates = { from: PlainDate; until?: PlainDate | null }

export type SchoolParticulars = {
  urn?: string
  name: string
  /** special, mainstream, resourced provision, independent… */
  kind: string
  phase?: string
  area?: string
  phone?: string
  email?: string
}

/** Opens a school on the register from a day on. */
export async function recordSchool(tx: TransactionSql, school: SchoolParticulars & Dates): Promise<SchoolId> {
  const id = await bear(tx, 'school')
  await restateSchool(tx, id, school)
  return id
}

/** Records what a school is called and what kind it is, from a day on. */
export async function restateSchool(
  tx: TransactionSql,
  id: SchoolId,
  { from, until = null, ...school }: SchoolParticulars & Dates,
): Promise<void> {
  await stateFact(tx, 'school_particulars', {
    school_id: id,
    urn: school.urn ?? null,
    name: school.name,
    kind: school.kind,
    phase: school.phase ?? null,
    area: school.area ?? null,
    phone: school.phone ?? null,
    email: school.email ?? null,
    valid: span(from, until),
  })
}

/** The school that has this URN now, if any has. */
export async function schoolWithUrn(
  tx: TransactionSql,
  urn: string | undefined,
): Promise<{ school: SchoolId; name: string } | undefined> {
  const [row] = await tx<{ school: SchoolId; name: string }[]>`
    select school_id as school, name from school_particulars
     where urn = ${urn ?? null} and upper_inf(known) order by lower(valid) desc limit 1`
  return row
}

/** Records an entrance of a school's site: where a vehicle stops. */
export async function recordEntrance(
  tx: TransactionSql,
  school: SchoolId,
  entrance: {
    name?: string
    site?: string
    address?: string
    postcode?: string
    point?: { latitude: number; longitude: number }
  } & Dates,
): Promise<void> {
  await stateFact(tx, 'school_entrance', {
    school_id: school,
    name: entrance.name ?? 'Main entrance',
    site: entrance.site ?? 'Main site',
    address: entrance.address ?? null,
    postcode: entrance.postcode ?? null,
    latitude: entrance.point?.latitude ?? null,
    longitude: entrance.point?.longitude ?? null,
    valid: span(entrance.from, entrance.until ?? null),
  })
}

/** Records a term, or half of one, by its first and last day. */
export async function recordTerm(
  tx: TransactionSql,
  school: SchoolId,
  { name, firstDay, lastDay }: { name: string; firstDay: PlainDate; lastDay: PlainDate },
): Promise<void> {
  const valid = span(firstDay, addDays(lastDay, 1))
  await stateFact(tx, 'school_term', { school_id: school, name, valid })
}

/** Records days on which a school is shut, wholly or in part: a training day, snow, a burst boiler. */
export async function closeSchool(
  tx: TransactionSql,
  school: SchoolId,
  closure: {
    kind: 'inset' | 'closure' | 'half-term'
    part?: 'whole-day' | 'morning' | 'afternoon'
    reason?: string
    firstDay: PlainDate
    lastDay: PlainDate
  },
): Promise<void> {
  await stateFact(tx, 'school_closure', {
    school_id: school,
    kind: closure.kind,
    part: closure.part ?? 'whole-day',
    reason: closure.reason ?? null,
    valid: span(closure.firstDay, addDays(closure.lastDay, 1)),
  })
}

/** Takes back a closure on the days given: the boiler was mended. */
export async function reopenSchool(
  tx: TransactionSql,
  school: SchoolId,
  { firstDay, lastDay }: { firstDay: PlainDate; lastDay: PlainDate },
): Promise<void> {
  const valid = span(firstDay, addDays(lastDay, 1))
  for (const part of ['whole-day', 'morning', 'afternoon']) {
    await withdrawFact(tx, 'school_closure', { school_id: school, part, valid })
  }
}

/** Records when a school's bells ring on some days of the fortnight, from a day on. */
export async function recordBells(
  tx: TransactionSql,
  school: SchoolId,
  {
    opens,
    closes,
    days = everySchoolDay,
    from,
    until = null,
  }: { opens: WallTime; closes: WallTime; days?: DayPattern } & Dates,
): Promise<void> {
  await stateFact(tx, 'bell_time', { school_id: school, days, opens, closes, valid: span(from, until) })
}

/** Records a bank holiday: no school in the county is open. */
export async function recordBankHoliday(tx: TransactionSql, name: string, day: PlainDate): Promise<void> {
  await stateFact(tx, 'bank_holiday', { name, valid: span(day, addDays(day, 1)) })
}

/** Takes a bank holiday back: schools are open on the day as their own calendars say. */
export async function endBankHoliday(tx: TransactionSql, day: PlainDate): Promise<void> {
  await withdrawFact(tx, 'bank_holiday', { valid: span(day, addDays(day, 1)) })
}
