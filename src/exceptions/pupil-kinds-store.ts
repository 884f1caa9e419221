/**
 * The kinds that are about a pupil. Each part gives the same columns, and reads what `exceptionsAsAt` gathered:
 * `seat`, `need`, `in_force`, `named`. A future fact counts from the day it begins, so that tonight's list already
 * names who will have nothing on Monday.
 */
import type { Fragment, Question } from './question-store.ts'

/** Moved and left off; past the contract; alone by need and not alone; kept apart by need and together; and so on. */
export function pupilExceptions(question: Question, ahead: Fragment): Fragment {
  const { sql } = question
  return sql`
    ${orphaned(question)}
    union all ${pastContract(question, ahead)}
    union all ${soloShared(question, ahead)}
    union all ${keptApart(question, ahead)}
    union all ${temporaryExpiring(question, ahead)}
    union all ${formIncomplete(question)}
    union all ${acceptanceLapsing(question)}
    union all ${contactUnverified(question)}`
}

/** Had transport before a move of home or school, and has nothing arranged after it. */
const orphaned = ({ sql, on, revision, rules }: Question) => sql`
  (with moved as (
     select m.pupil_id, max(m.day) as day, (array_agg(m.what order by m.day desc))[1] as what
       from (select h.pupil_id, lower(h.valid) as day, 'home' as what
               from pupil_home h
               join pupil_home b on b.pupil_id = h.pupil_id and b.known @> ${revision}::bigint and upper(b.valid) = lower(h.valid)
              where h.known @> ${revision}::bigint and (b.address, b.postcode) is distinct from (h.address, h.postcode)
                and lower(h.valid) between ${on}::date - 90 and ${on}::date + ${rules.ahead}::integer
             union all
             select p.pupil_id, lower(p.valid), 'school'
               from placement p
               join placement b on b.pupil_id = p.pupil_id and b.known @> ${revision}::bigint and upper(b.valid) = lower(p.valid)
              where p.known @> ${revision}::bigint and b.school_id <> p.school_id
                and lower(p.valid) between ${on}::date - 90 and ${on}::date + ${rules.ahead}::integer) m
      group by m.pupil_id
   ), left_off as (
     select m.pupil_id, m.day, m.what, d.direction
       from moved m cross join (values (1), (2)) d (direction)
      where exists (select 1 from travel_arrangement t
                     where t.pupil_id = m.pupil_id and t.direction = d.direction and t.known @> ${revision}::bigint
                       and t.valid && daterange(m.day - 60, m.day))
        and not exists (select 1 from travel_arrangement t
                         where t.pupil_id = m.pupil_id and t.direction = d.direction and t.known @> ${revision}::bigint
                           and upper(t.valid) is distinct from null and t.valid && daterange(greatest(m.day, ${on}::date), greatest(m.day, ${on}::date) + 7))
        and not exists (select 1 from travel_arrangement t
                         where t.pupil_id = m.pupil_id and t.direction = d.direction and t.known @> ${revision}::bigint
                           and upper_inf(t.valid) and lower(t.valid) < greatest(m.day, ${on}::date) + 7)
        and exists (select 1 from eligibility e where e.pupil_id = m.pupil_id and e.known @> ${revision}::bigint
                       and e.valid @> greatest(m.day, ${on}::date) and e.state <> 'refused')
        and exists (select 1 from placement p where p.pupil_id = m.pupil_id and p.known @> ${revision}::bigint
                       and p.valid @> greatest(m.day, ${on}::date))
        and exists (select 1 from pupil_registration r where r.pupil_id = m.pupil_id and r.known @> ${revision}::bigint
                       and r.valid @> greatest(m.day, ${on}::date))
   )
   select 'orphaned-by-a-move' as kind, l.pupil_id, null::integer as other_id, null::integer as route_id,
          null::integer as operator_id, null::text as holder, min(l.day) as since, null::date as due,
          min(l.what) || ' ' || string_agg(l.direction::text, '' order by l.direction) as note, null::integer[] as pupils
     from left_off l group by l.pupil_id)`

/** A seat on days on which no contract carries its route, counting days the school is open. */
const pastContract = ({ sql, on, revision, rules }: Question, ahead: Fragment) => sql`
  (with gap as materialized (
     select s.pupil_id, s.route_id, s.days, piece
       from seat s
       left join in_force f on f.route_id = s.route_id
      cross join unnest(datemultirange(s.valid) - coalesce(f.days, '{}')) piece
      where not coalesce(f.days @> s.valid * ${ahead}, false) and piece && ${ahead}
   ), open as materialized (
     select o.school_id, range_agg(daterange(o.day, o.day + 1)) as days
       from school_open(${revision}, array(select ${on}::date + n from generate_series(0, ${rules.ahead}::integer) n),
                        array(select distinct p.school_id from placement p where p.pupil_id in (select pupil_id from gap))) o
      where o.open group by o.school_id
   )
   select 'past-its-contract', g.pupil_id, null, g.route_id, null, null, min(lower(g.piece)), null, null, null
     from gap g
     join placement p on p.pupil_id = g.pupil_id and p.known @> ${revision}::bigint and p.valid && g.piece
     join open o on o.school_id = p.school_id and o.days && g.piece
    where exists (select 1 from generate_series(0, ${rules.ahead}::integer) n
                   where g.piece @> (${on}::date + n) and p.valid @> (${on}::date + n) and o.days @> (${on}::date + n)
                     and g.days @> fortnight_day(${on}::date + n))
    group by g.pupil_id, g.route_id)`

const soloShared = ({ sql }: Question, ahead: Fragment) => sql`
  select 'solo-need-shared', s.pupil_id, null, s.route_id, null, null, min(lower(s.valid * o.valid * n.valid)), null,
         count(distinct o.pupil_id)::text, array_agg(distinct o.pupil_id) || s.pupil_id
    from need n
    join seat s on s.pupil_id = n.pupil_id and s.valid && n.valid
    join seat o on o.run_id = s.run_id and o.pupil_id <> s.pupil_id and o.days && s.days
               and not isempty(o.valid * s.valid * n.valid * ${ahead})
   where n.single_occupancy
   group by s.pupil_id, s.route_id`

/**
 * Two who must not travel together and have seats on one run; or, on cover, in one vehicle: that does two runs one way at
 * times that overlap, or that is of one firm and temporary for both on the same days.
 */
const keptApart = ({ sql, on, revision }: Question, ahead: Fragment) => sql`
  (with apart as materialized (
     select k.pupil_id, k.other_id, k.valid::daterange as valid from pupil_pairing k
      where k.kind = 'keep-apart' and k.known @> ${revision}::bigint and k.valid && ${ahead}
   ), driven as materialized (
     select v.vehicle_id, v.run_id, v.valid * p.valid as valid, v.days * p.days as days,
            p.stops -> 0 ->> 'at' as begins, p.stops -> -1 ->> 'at' as ends
       from run_vehicle v
       join run_plan p on p.run_id = v.run_id and p.known @> ${revision}::bigint and p.valid && v.valid and p.valid && ${ahead}
      where v.known @> ${revision}::bigint and v.valid && ${ahead} and exists (select from apart)
        and v.run_id in (select s.run_id from seat s where s.pupil_id in (select pupil_id from apart union all select other_id from apart))
   )
   select 'keep-apart', k.pupil_id, k.other_id, s.route_id, null::integer, null::text, min(lower(s.valid * o.valid * k.valid)), null::date, null::text, null::integer[]
     from apart k
     join seat s on s.pupil_id = k.pupil_id
     join seat o on o.pupil_id = k.other_id and o.run_id = s.run_id and o.days && s.days
    where not isempty(o.valid * s.valid * k.valid * ${ahead})
    group by k.pupil_id, k.other_id, s.route_id
   union all
   select 'keep-apart', k.pupil_id, k.other_id, s.route_id, null, null, min(lower(s.valid * o.valid * k.valid * a.valid * b.valid)), null,
          'vehicle ' || coalesce(min(n.registration), a.vehicle_id::text), null
     from apart k
     join seat s on s.pupil_id = k.pupil_id
     join seat o on o.pupil_id = k.other_id and o.run_id <> s.run_id and o.direction = s.direction and o.days && s.days
     join driven a on a.run_id = s.run_id
     join driven b on b.run_id = o.run_id and b.vehicle_id = a.vehicle_id and b.days && a.days
                  and coalesce(a.begins <= b.ends and b.begins <= a.ends, true)
     left join vehicle_particulars n on n.vehicle_id = a.vehicle_id and n.known @> ${revision}::bigint and n.valid @> ${on}::date
    where not isempty(s.valid * o.valid * k.valid * a.valid * b.valid * ${ahead})
    group by k.pupil_id, k.other_id, s.route_id, a.vehicle_id
   union all
   select 'keep-apart', k.pupil_id, k.other_id, null, null, null, min(lower(t.valid * u.valid * k.valid)), null, 'temporary ' || t.provider, null
     from apart k
     join travel_arrangement t on t.pupil_id = k.pupil_id and t.kind = 'temporary-vehicle' and t.known @> ${revision}::bigint
     join travel_arrangement u on u.pupil_id = k.other_id and u.kind = 'temporary-vehicle' and u.known @> ${revision}::bigint
                              and u.direction = t.direction and u.days && t.days and u.provider = t.provider
    where not isempty(t.valid * u.valid * k.valid * ${ahead})
    group by k.pupil_id, k.other_id, t.provider)`

/** Ends within the days ahead; and whether anything takes its place within the week after. */
const temporaryExpiring = ({ sql, on, revision }: Question, ahead: Fragment) => sql`
  select 'temporary-expiring', t.pupil_id, null, null, null, null, min(lower(t.valid)), min(upper(t.valid) - 1),
         case when bool_and(exists (select 1 from travel_arrangement n
                      where n.pupil_id = t.pupil_id and n.direction = t.direction and n.known @> ${revision}::bigint
                        and n.valid && daterange(upper(t.valid), upper(t.valid) + 7))) then 'followed' else 'nothing-follows' end, null
    from travel_arrangement t
    join pupil_registration r on r.pupil_id = t.pupil_id and r.known @> ${revision}::bigint and r.valid @> upper(t.valid)
   where t.kind = 'temporary-vehicle' and ${ahead} @> (upper(t.valid) - 1)
     and stands(t.valid, t.known, ${on}::date, 'infinity', ${revision}::bigint)
   group by t.pupil_id`

/** Taken with answers missing, refused at source and not sent again, or never sent for a pupil who has a seat. */
const formIncomplete = ({ sql, on, revision }: Question) => sql`
  select 'form-incomplete', n.pupil_id, null, null, null, null, lower(n.valid), null, 'missing ' || array_to_string(n.missing, ','), null
    from need n
    join pupil_registration r on r.pupil_id = n.pupil_id and r.known @> ${revision}::bigint and r.valid @> ${on}::date
   where n.valid @> ${on}::date and n.missing <> '{}'
  union all
  select 'form-incomplete', f.pupil_id, null, null, null, null, (f.sent_at at time zone 'Europe/London')::date, null,
         'refused ' || array_to_string(f.missing, ','), null
    from (select distinct on (q.pupil_id) q.* from travel_need_form q
            join revision r on r.revision = ${revision}::bigint and q.sent_at <= r.recorded_at
           order by q.pupil_id, q.sent_at desc) f
    join pupil_registration r on r.pupil_id = f.pupil_id and r.known @> ${revision}::bigint and r.valid @> ${on}::date
   where f.outcome = 'refused'
  union all
  select 'form-incomplete', s.pupil_id, null, null, null, null, min(lower(s.valid)), null, 'none', null
    from seat s
   where not exists (select 1 from travel_need n where n.pupil_id = s.pupil_id and n.known @> ${revision}::bigint
                        and n.valid && s.valid)
   group by s.pupil_id`

/** Lapses within the days ahead, or did in the fortnight before, with the pupil no better off. */
const acceptanceLapsing = ({ sql, on, revision, rules }: Question) => sql`
  (with lapse as materialized (
     select g.pupil_id, g.direction, lower(g.valid) as since, upper(g.valid) - 1 as last_day, g.change, carrying_rank(g.at_worst) as at_worst
       from accepted_gap g
      where g.known @> ${revision}::bigint and lower(g.valid) <= ${on}::date + ${rules.ahead}::integer
        and upper(g.valid) - 1 between ${on}::date - 14 and ${on}::date + ${rules.ahead}::integer
        and not exists (select 1 from accepted_gap n where n.pupil_id = g.pupil_id and n.direction = g.direction
                           and n.known @> ${revision}::bigint and lower(n.valid) = upper(g.valid))
   ), after as materialized (
     -- Nobody's travel is computed where nothing lapses.
     select s.pupil_id, s.direction, max(carrying_rank(s.state)) as rank
       from (select array_agg(distinct pupil_id) as pupils from lapse having count(*) > 0) asked
      cross join lateral travel_state(${revision}, array(select ${on}::date + n from generate_series(0, 6) n), asked.pupils) s
      group by s.pupil_id, s.direction
   )
   select 'acceptance-lapsing', l.pupil_id, null, null, null, null, min(l.since), min(l.last_day), min(l.change), null
     from lapse l join after a using (pupil_id, direction)
    where a.rank >= l.at_worst
    group by l.pupil_id)`

/** Carried, and nobody has made sure that any number or address of a parent or carer is right. */
const contactUnverified = ({ sql, on, revision }: Question) => sql`
  (with reached as materialized (
     select distinct a.pupil_id
       from pupil_carer a
       join contact_point c on c.carer_id = a.carer_id and c.known @> ${revision}::bigint and c.valid @> ${on}::date
      where a.known @> ${revision}::bigint and a.valid @> ${on}::date and c.verified_on is not null
   )
   select 'contact-unverified', s.pupil_id, null, null, null, null, min(lower(s.valid)), null, null, null
     from seat s left join reached r on r.pupil_id = s.pupil_id
    where s.valid @> ${on}::date and r.pupil_id is null
    group by s.pupil_id)`
