/** The kinds that are about a route, its vehicle or its crew. Each part gives the columns of the pupils' kinds. */
import type { Fragment, Question } from './question-store.ts'

/** Nobody aboard; a check that runs out; more aboard than there are places. */
export function runExceptions(question: Question, ahead: Fragment): Fragment {
  const { sql } = question
  return sql`
    ${ghostRoutes(question, ahead)}
    union all ${checksExpiring(question)}
    union all ${overfull(question)}`
}

/** Planned and under a contract in force, and nobody has or is about to have a seat. */
const ghostRoutes = ({ sql, on, revision }: Question, _ahead: Fragment) => sql`
  select 'ghost-route', null::integer, null::integer, f.route_id, null::integer, null::text,
         (select max(upper(t.valid)) from run join travel_arrangement t on t.run_id = run.run_id
           where run.route_id = f.route_id and t.known @> ${revision}::bigint and upper(t.valid) <= ${on}::date),
         null::date, null::text, '{}'::integer[]
    from in_force f
   where f.days @> ${on}::date
     and exists (select 1 from run join run_plan p on p.run_id = run.run_id
                  where run.route_id = f.route_id and p.known @> ${revision}::bigint and p.valid @> ${on}::date)
     and not exists (select 1 from seat s where s.route_id = f.route_id)`

/** Of everyone and everything on a run with pupils: a check that runs out soon or has, and one that is required and not held. */
const checksExpiring = ({ sql, on, revision, rules }: Question) => sql`
  (with needed as materialized (
     select required.key as post, kind.value as kind
       from jsonb_each(coalesce((select p.value from policy p where p.name = 'required-checks' and p.known @> ${revision}::bigint
                                    and p.valid @> ${on}::date),
              '{"driver": ["dbs", "badge", "licence"], "passenger-assistant": ["dbs", "badge"], "vehicle": ["mot", "insurance"]}'::jsonb)) required
      cross join lateral jsonb_array_elements_text(required.value) kind
   ), riding as materialized (
     select s.run_id, s.route_id, s.pupil_id from seat s where s.valid @> ${on}::date
   ), bound as materialized (
     select c.crew_id as holder_id, c.post, c.run_id
       from run_crew c
      where c.known @> ${revision}::bigint and c.valid @> ${on}::date and c.run_id in (select run_id from riding)
     union all
     select v.vehicle_id, 'vehicle', v.run_id
       from run_vehicle v
      where v.known @> ${revision}::bigint and v.valid @> ${on}::date and v.run_id in (select run_id from riding)
   ), who as materialized (
     select distinct b.holder_id, b.post from bound b
   ), held as materialized (
     select c.crew_id as holder_id, false as vehicle, c.kind, c.valid::daterange as valid
       from crew_check c
      where stands(c.valid, c.known, ${on}::date, ${on}::date + ${rules.checks}::integer + 1, ${revision}::bigint)
     union all
     select v.vehicle_id, true, v.kind, v.valid::daterange
       from vehicle_check v
      where stands(v.valid, v.known, ${on}::date, ${on}::date + ${rules.checks}::integer + 1, ${revision}::bigint)
   ), ending as (
     -- Runs out soon or lately has, and has not been renewed: by a check that stands at some time from today to the last such day.
     select e.holder_id, e.vehicle, e.kind, e.after - 1 as last_day
       from (select c.crew_id as holder_id, false as vehicle, c.kind, upper(c.valid) as after
               from crew_check c
              where c.known @> ${revision}::bigint
                and coalesce(upper(c.valid), 'infinity') between ${on}::date - 60 and ${on}::date + ${rules.checks}::integer + 1
             union all
             select v.vehicle_id, true, v.kind, upper(v.valid)
               from vehicle_check v
              where v.known @> ${revision}::bigint
                and coalesce(upper(v.valid), 'infinity') between ${on}::date - 60 and ${on}::date + ${rules.checks}::integer + 1) e
      where not exists (select from held h where h.holder_id = e.holder_id and h.vehicle = e.vehicle and h.kind = e.kind
                           and h.valid @> greatest(e.after, ${on}::date))
   ), lacking as (
     select w.holder_id, w.post, n.kind
       from who w join needed n on n.post = w.post
      where not exists (select from held h where h.holder_id = w.holder_id and h.vehicle = (w.post = 'vehicle') and h.kind = n.kind
                           and h.valid @> ${on}::date)
   ), judged as materialized (
     select j.holder_id, j.post, j.kind, max(j.last_day) as last_day
       from (select w.holder_id, w.post, e.kind, e.last_day
               from ending e join who w on w.holder_id = e.holder_id and (w.post = 'vehicle') = e.vehicle
             union all
             select l.holder_id, l.post, l.kind, null from lacking l) j
      group by j.holder_id, j.post, j.kind
   ), concerned as materialized (
     -- Few are: whom they carry is looked up for them alone.
     select j.holder_id, j.post, j.kind, b.run_id from judged j join bound b using (holder_id, post)
   ), touched as (
     select c.holder_id, c.post, c.kind, min(r.route_id) as route_id, array_agg(distinct r.pupil_id) as pupils
       from concerned c join riding r on r.run_id = c.run_id
      group by c.holder_id, c.post, c.kind
   )
   select 'check-expiring', null::integer, null::integer, t.route_id, coalesce(c.operator_id, v.operator_id),
          coalesce(c.name, v.registration), case when j.last_day >= ${on}::date then j.last_day - ${rules.checks}::integer else j.last_day + 1 end,
          j.last_day, j.kind, t.pupils
     from judged j
     join touched t using (holder_id, post, kind)
     left join crew_particulars c on j.post <> 'vehicle' and c.crew_id = j.holder_id and c.known @> ${revision}::bigint and c.valid @> ${on}::date
     left join vehicle_particulars v on j.post = 'vehicle' and v.vehicle_id = j.holder_id and v.known @> ${revision}::bigint and v.valid @> ${on}::date)`

/**
 * More pupils at once than the vehicle has places for, in any of its layouts; assistants take seats. Only runs that
 * would be too full if everybody came on one day are looked at day by day.
 */
const overfull = ({ sql, on, revision, rules }: Question) => sql`
  (with full_house as materialized (
     select s.run_id, count(*) filter (where coalesce(n.rides, false)) as chairs,
            count(*) filter (where not coalesce(n.rides, false)) as seats
       from seat s left join need n on n.pupil_id = s.pupil_id and n.valid && s.valid
      group by s.run_id
   ), assigned as materialized (
     select distinct on (a.run_id) a.run_id, w.layouts
       from run_vehicle a
       join vehicle_particulars w on w.vehicle_id = a.vehicle_id and w.known @> ${revision}::bigint and w.valid @> ${on}::date
      where a.known @> ${revision}::bigint and a.valid @> ${on}::date and jsonb_array_length(w.layouts) > 0
        and a.run_id in (select run_id from full_house)
      order by a.run_id
   ), doubtful as materialized (
     select p.run_id, run.route_id, p.days, p.valid::daterange as valid, p.assistant_posts, coalesce(a.layouts, p.layouts) as layouts
       from full_house f
       join run_plan p on p.run_id = f.run_id
                      and stands(p.valid, p.known, ${on}::date, ${on}::date + ${rules.ahead}::integer, ${revision}::bigint)
       join run on run.run_id = p.run_id
       left join assigned a on a.run_id = p.run_id
      where not exists (select 1 from jsonb_array_elements(coalesce(a.layouts, p.layouts)) l
                         where (l ->> 0)::integer >= f.seats + p.assistant_posts and (l ->> 1)::integer >= f.chairs)
   ), aboard as (
     select p.run_id, p.route_id, d.day, p.layouts, p.assistant_posts,
            count(*) filter (where coalesce(n.rides, false)) as chairs,
            count(*) filter (where not coalesce(n.rides, false)) as seats, array_agg(s.pupil_id) as pupils
       from doubtful p
      cross join lateral (select ${on}::date + n as day from generate_series(0, ${rules.ahead}::integer) n) d
       join seat s on s.run_id = p.run_id and s.valid @> d.day and s.days @> fortnight_day(d.day)
       left join need n on n.pupil_id = s.pupil_id and n.valid @> d.day
      where p.valid @> d.day and p.days @> fortnight_day(d.day)
      group by p.run_id, p.route_id, d.day, p.layouts, p.assistant_posts
   )
   select distinct on (a.route_id) 'more-than-places', null::integer, null::integer, a.route_id, null::integer, null::text, a.day,
          null::date, (a.seats + a.assistant_posts) || ' ' || a.chairs || ' ' || a.assistant_posts || ' ' ||
            (select string_agg((l ->> 0) || '+' || (l ->> 1), ',') from jsonb_array_elements(a.layouts) l), a.pupils
     from aboard a
    where not exists (select 1 from jsonb_array_elements(a.layouts) l
                       where (l ->> 0)::integer >= a.seats + a.assistant_posts and (l ->> 1)::integer >= a.chairs)
    order by a.route_id, a.day)`
