/** The people of a scope on a day, as known at a revision, with everything a plan must keep to. */
import type { PendingQuery, Row, Sql } from 'postgres'
import type { SchoolId } from '#ground/ids.ts'
import type { PlainDate } from '#ground/time.ts'
import type { Person, SchoolDay } from './person.ts'
import type { Scope } from './scenario.ts'

/** A day, and what was known by a revision. */
export type PlanCut = { on: PlainDate; revision: number }

type Held = (alias: string) => PendingQuery<Row[]>

const heldAt =
  (sql: Sql, { on, revision }: PlanCut): Held =>
  (alias) =>
    sql`${sql(alias)}.known @> ${revision}::bigint and ${sql(alias)}.valid @> ${on}::date`

/** Allowances and training: the family's own way, by consent. */
const OWN_WAY = ['personal-travel-budget', 'mileage', 'travel-pass', 'travel-training']

/**
 * Everyone of a scope who must be carried on the day: on the register, eligible, at a school of the scope by day. Who
 * boards, or makes their own way by consent in both directions, is no part of it.
 */
export async function peopleOf(sql: Sql, scope: Scope, cut: PlanCut): Promise<Person[]> {
  const held = heldAt(sql, cut)
  const within = withinScope(sql, scope, held)
  const schools = 'schools' in scope ? sql`l.school_id = any(${[...scope.schools]})` : sql`true`
  const placed = sql`l.pupil_id = p.pupil_id and ${held('l')} and l.boarding = 'day' and ${schools}`
  return await sql<Person[]>`
    select p.pupil_id as pupil, n.given_name || ' ' || n.family_name as name, n.born_on as "bornOn",
           (select coalesce(jsonb_agg(jsonb_build_object('pattern', h.pattern, 'address', h.address, 'place',
                     case when h.latitude is not null
                          then jsonb_build_object('latitude', h.latitude, 'longitude', h.longitude) end)
                     order by h.pattern), '[]')
              from pupil_home h where h.pupil_id = p.pupil_id and ${held('h')}) as homes,
           (select jsonb_agg(jsonb_build_object('school', l.school_id, 'pattern', l.pattern) order by l.pattern)
              from placement l where ${placed}) as placements,
           (select jsonb_build_object('mobility', d.mobility, 'wheelchairTravel', d.wheelchair_travel,
                     'assistant', d.assistant, 'alone', d.single_occupancy, 'aloneReason', d.single_occupancy_reason,
                     'longestRideMinutes', d.longest_ride_minutes, 'missing', d.missing)
              from travel_need d where d.pupil_id = p.pupil_id and ${held('d')}) as need,
           own.directions as otherwise,
           (select coalesce(jsonb_agg(c.carer_id order by c.carer_id), '[]')
              from pupil_carer c where c.pupil_id = p.pupil_id and ${held('c')}) as carers,
           (select coalesce(jsonb_agg(x.other order by x.other), '[]')
              from (select case k.pupil_id when p.pupil_id then k.other_id else k.pupil_id end as other
                      from pupil_pairing k
                     where p.pupil_id in (k.pupil_id, k.other_id) and k.kind = 'keep-apart' and ${held('k')}) x)
             as "keptApartFrom"
      from pupil_registration p
      join eligibility e on e.pupil_id = p.pupil_id and e.state = 'eligible' and ${held('e')}
      join pupil_particulars n on n.pupil_id = p.pupil_id and ${held('n')}
      cross join lateral (
        select coalesce(jsonb_agg(distinct t.direction), '[]') as directions from travel_arrangement t
         where t.pupil_id = p.pupil_id and t.kind = any(${OWN_WAY}) and ${held('t')}) own
     where ${held('p')} and ${within} and jsonb_array_length(own.directions) < 2
       and exists (select 1 from placement l where ${placed})
     order by n.family_name, n.given_name, p.pupil_id`
}

function withinScope(sql: Sql, scope: Scope, held: Held): PendingQuery<Row[]> {
  if (!('area' in scope)) return sql`true`
  return sql`exists (select 1 from pupil_home w where w.pupil_id = p.pupil_id and w.area = ${scope.area} and ${held('w')})`
}

/** The schools of some people: where they stand and when their bells ring. */
export async function schoolDays(sql: Sql, people: readonly Person[], cut: PlanCut): Promise<SchoolDay[]> {
  const held = heldAt(sql, cut)
  const schools = [
    ...new Set(people.flatMap(({ placements }) => placements.map(({ school }) => school))),
  ] as SchoolId[]
  return await sql<SchoolDay[]>`
    select s.school_id as school, s.name,
           (select jsonb_build_object('latitude', e.latitude, 'longitude', e.longitude) from school_entrance e
             where e.school_id = s.school_id and e.latitude is not null and ${held('e')}
             order by e.name = 'Main entrance' desc, e.name limit 1) as place,
           (select coalesce(jsonb_agg(jsonb_build_object('days', b.days, 'opens', to_char(b.opens, 'HH24:MI'),
                     'closes', to_char(b.closes, 'HH24:MI')) order by b.days), '[]')
              from bell_time b where b.school_id = s.school_id and ${held('b')}) as bells
      from school_particulars s
     where s.school_id = any(${schools}) and ${held('s')}
     order by s.name, s.school_id`
}
