/**
 * The roll: every pupil on the register on a day with their travel state both ways, searched, filtered, sorted and
 * paged by the database. Every figure of a situation report leads here.
 */
import type { Sql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'

export const rollSorts = ['name', 'school', 'area', 'state', 'born'] as const

export type RollQuestion = {
  /** Part of a name, or a whole UPN, council number or plan number. Empty for everyone. */
  search: string
  /** States of which one is asked for; empty for any. */
  states: readonly string[]
  /** 1 to school, 2 from school; nothing for either. */
  direction?: 1 | 2 | undefined
  /** A rung that is missing. */
  missing?: string | undefined
  school?: SchoolId | undefined
  area?: string | undefined
  by: string
  descending: boolean
  limit: number
  offset: number
}

export type Leg = { state: string; reason: string | null }
export type RollRow = {
  pupil: PupilId
  givenName: string
  familyName: string
  bornOn: PlainDate
  upn: string | null
  school: string | null
  schoolId: SchoolId | null
  area: string | null
  toSchool: Leg
  fromSchool: Leg
}

/** One page of the roll, and how many pupils answer the question in all. */
export async function rollAsAt(
  sql: Sql,
  { on, knownAt }: AsAt,
  question: RollQuestion,
): Promise<{ rows: RollRow[]; count: number }> {
  const revision = await revisionKnownAt(sql, knownAt)
  const rows = await sql<FoundRow[]>`
    with leg as materialized (
      select pupil_id, direction, state, reason, missing, school_id, area from county_state(${revision}, ${on}::date)
    ), wanted as (
      select distinct pupil_id from leg where ${legIs(sql, question)}
    )
    select there.pupil_id as pupil, p.given_name as "givenName", p.family_name as "familyName", p.born_on as "bornOn",
           p.upn, c.name as school, there.school_id as "schoolId", there.area,
           there.state as "toState", there.reason as "toReason", back.state as "fromState", back.reason as "fromReason",
           count(*) over () as count
      from wanted
      join leg there on there.pupil_id = wanted.pupil_id and there.direction = 1
      join leg back on back.pupil_id = wanted.pupil_id and back.direction = 2
      join pupil_particulars p on p.pupil_id = wanted.pupil_id and p.valid @> ${on}::date and p.known @> ${revision}::bigint
      left join school_particulars c on c.school_id = there.school_id and c.valid @> ${on}::date and c.known @> ${revision}::bigint
     where ${pupilIs(sql, question)}
     order by ${orderOf(sql, question)}, p.family_name, p.given_name, there.pupil_id
     limit ${question.limit} offset ${question.offset}
  `
  return { rows: rows.map(toRow), count: rows[0]?.count ?? 0 }
}

function legIs(sql: Sql, { states, direction, missing }: RollQuestion) {
  return sql`
    ${states.length > 0 ? sql`state = any(${[...states]}::text[])` : sql`true`}
    and ${direction ? sql`direction = ${direction}` : sql`true`}
    and ${missing ? sql`${missing} = any(missing)` : sql`true`}`
}

function pupilIs(sql: Sql, { search, school, area }: RollQuestion) {
  const words = search.trim().split(/\s+/).filter(Boolean)
  const parts = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`)
  const number = search.replace(/\s/g, '').toUpperCase()
  return sql`
    ((p.given_name || ' ' || p.family_name || ' ' || coalesce(p.known_as, '')) ilike all(${parts}::text[])
     or ${number} in (upper(p.upn), upper(p.council_reference), upper(p.ehc_plan_number)))
    and ${school ? sql`there.school_id = ${school}` : sql`true`}
    and ${area ? sql`there.area = ${area}` : sql`true`}`
}

function orderOf(sql: Sql, { by, descending }: RollQuestion) {
  const column = {
    school: sql`c.name`,
    area: sql`there.area`,
    born: sql`p.born_on`,
    // Worst first in ascending order: it is what the list is opened for.
    state: sql`-greatest(coalesce(travel_state_rank(there.state), -1), coalesce(travel_state_rank(back.state), -1))`,
    name: sql`p.family_name`,
  }[by]
  return sql`${column ?? sql`p.family_name`} ${descending ? sql`desc` : sql`asc`} nulls last`
}

/** The schools and areas that have pupils on the register that day, for the filters. */
export async function rollChoices(sql: Sql, { on, knownAt }: AsAt) {
  const revision = await revisionKnownAt(sql, knownAt)
  const schools = await sql<{ id: SchoolId; name: string }[]>`
    select school_id as id, name
      from school_particulars
     where valid @> ${on}::date
       and known @> ${revision}::bigint
     order by name
  `
  const areas = await sql<{ area: string }[]>`
    select distinct area
      from pupil_home
     where valid @> ${on}::date
       and known @> ${revision}::bigint
       and area is not null
     order by area
  `
  return { schools, areas: areas.map(({ area }) => area) }
}

type FoundRow = Omit<RollRow, 'toSchool' | 'fromSchool'> & {
  toState: string
  toReason: string | null
  fromState: string
  fromReason: string | null
  count: number
}

const toRow = ({ toState, toReason, fromState, fromReason, count: _count, ...row }: FoundRow): RollRow => ({
  ...row,
  toSchool: { state: toState, reason: toReason },
  fromSchool: { state: fromState, reason: fromReason },
})
