-- The interlock at the size of a county. Days on which nothing about the pupils asked about differs are looked at once,
-- and acceptances are met as a set.

drop function worsened_by(bigint);
drop function gap_is_accepted(bigint, integer, smallint, date, text);
drop function days_to_look_at(bigint, integer[], datemultirange);

-- Days after p_after on which something about these pupils' travel begins or ends, as believed before a revision or
-- after it: every kind of fact a travel state is computed from, but for the calendars of schools.
create or replace function turning_days(p_revision bigint, p_pupils integer[], p_after date) returns setof date
language sql stable as $$
  with seat as materialized (
    select t.run_id, t.valid::daterange as valid from travel_arrangement t
     where t.pupil_id = any(p_pupils) and (t.known @> p_revision or t.known @> (p_revision - 1))
  ), runs as materialized (
    select distinct run.run_id, run.route_id from seat join run using (run_id)
  ), terms as materialized (
    select t.contract_id, t.valid::daterange as valid from route_terms t
     where t.route_id in (select route_id from runs) and (t.known @> p_revision or t.known @> (p_revision - 1))
  ), deal as materialized (
    select c.operator_id, c.valid::daterange as valid from contract_terms c
     where c.contract_id in (select contract_id from terms) and (c.known @> p_revision or c.known @> (p_revision - 1))
  ), crews as materialized (
    select c.crew_id, c.valid::daterange as valid from run_crew c
     where c.run_id in (select run_id from runs) and (c.known @> p_revision or c.known @> (p_revision - 1))
  ), vehicles as materialized (
    select v.vehicle_id, v.valid::daterange as valid from run_vehicle v
     where v.run_id in (select run_id from runs) and (v.known @> p_revision or v.known @> (p_revision - 1))
  ), bound as (
    select valid from seat union all select valid from terms union all select valid from deal
    union all select valid from crews union all select valid from vehicles
    union all select p.valid::daterange from run_plan p where p.run_id in (select run_id from runs)
    union all select f.valid::daterange from confirmation f where f.contract_id in (select contract_id from terms)
    union all select o.valid::daterange from operator_particulars o where o.operator_id in (select operator_id from deal)
    union all select k.valid::daterange from crew_check k where k.crew_id in (select crew_id from crews)
    union all select k.valid::daterange from vehicle_check k where k.vehicle_id in (select vehicle_id from vehicles)
    union all select c.valid::daterange from travel_consent c where c.pupil_id = any(p_pupils)
    union all select g.valid::daterange from accepted_gap g where g.pupil_id = any(p_pupils)
    union all select p.valid::daterange from placement p where p.pupil_id = any(p_pupils)
    union all select e.valid::daterange from eligibility e where e.pupil_id = any(p_pupils)
    union all select a.valid::daterange from pupil_absence a where a.pupil_id = any(p_pupils)
    union all select r.valid::daterange from pupil_registration r where r.pupil_id = any(p_pupils)
    union all select p.valid::daterange from policy p where p.name = 'required-checks'
  )
  select d from (select lower(valid) as d from bound union select upper(valid) from bound) turn where d > p_after
$$;

-- Every later school day that must be looked at for these pupils, of the days on which something was loosened: each of
-- the next 400, which is past the end of any academic year; and further off, a fortnight from every turning. With each,
-- the day it is just like: the same day of the fortnight, the same schools open, and nothing begun or ended between.
create function days_to_look_at(p_revision bigint, p_pupils integer[], p_loosened datemultirange)
returns table (day date, is_like date)
language plpgsql stable as $$
declare
  today   date;
  turns   date[];
  days    date[];
  schools integer[];
  boards  boolean;
  redrawn boolean;
begin
  select (recorded_at at time zone 'Europe/London')::date into today from revision where revision = p_revision;
  turns := array(select turning_days(p_revision, p_pupils, today));
  with turn as (
    select d from unnest(turns) d where d > today + 400
    union
    select greatest(lower(r), today + 401) from unnest(p_loosened) r where upper_inf(r) or upper(r) > today + 401
  )
  select array_agg(wanted) into days
    from (select generate_series(today + 1, today + 400, interval '1 day')::date
          union
          select d + n from turn, generate_series(0, 13) n) w (wanted)
   where p_loosened @> wanted;
  select array_agg(distinct p.school_id), bool_or(p.boarding <> 'day') into schools, boards
    from placement p where p.pupil_id = any(p_pupils);
  redrawn := exists (select 1 from audit_entry e where e.revision = p_revision
                        and e.table_name in ('school_term', 'bell_time', 'school_closure', 'bank_holiday'));
  return query
    with open as (
      select o.day, array_agg(o.school_id order by o.school_id) as schools
        from (select s.day, s.school_id from school_open(p_revision, days, schools) s where s.open
              union all
              select s.day, -s.school_id from school_open(p_revision - 1, case when redrawn then days end, schools) s where s.open) o
       group by o.day
    ), placed as (
      select o.day, o.schools, fortnight_day(o.day) as slot, (select count(*) from unnest(turns) t where t <= o.day) as stretch
        from open o
    )
    select p.day, case when boards then p.day else min(p.day) over (partition by p.slot, p.schools, p.stretch) end from placed p;
end $$;

-- What people have accepted of these pupils, as believed at a revision: on which days, and no worse than what. Of days
-- beyond the 400 that are looked at one by one, no more is asked than an acceptance that reaches them: it lapses long
-- before, and is asked about again.
create function accepted_days(p_revision bigint, p_pupils integer[])
returns table (pupil_id integer, direction smallint, days daterange, at_worst integer)
language sql stable rows 20 as $$
  select g.pupil_id, g.direction,
         case when g.valid @> (r.recorded_at at time zone 'Europe/London')::date + 400
              then daterange(lower(g.valid), null) else g.valid::daterange end, carrying_rank(g.at_worst)
    from accepted_gap g, revision r
   where r.revision = p_revision and g.pupil_id = any(p_pupils) and g.known @> p_revision
$$;

-- Every pupil, direction and later day that a revision makes worse, and whether a person has accepted it. A day of an
-- acceptance that is taken back while the pupil is still as badly off as was accepted is one of them.
create function worsened_by(p_revision bigint)
returns table (pupil_id integer, direction smallint, day date, before text, after text, reason text, accepted boolean)
language plpgsql stable as $$
declare
  pupils integer[];
  lost   datemultirange;
  days   date[];
  alike  date[];
  asked  date[];
  step   integer;
begin
  select array_agg(distinct l.pupil_id), range_agg(v) into pupils, lost
    from loosened_by(p_revision) l cross join unnest(l.valid) v;
  if pupils is not null then
    select array_agg(l.day), array_agg(l.is_like), array_agg(distinct l.is_like) into days, alike, asked
      from days_to_look_at(p_revision, pupils, lost) l;
  end if;
  -- A few pupils are asked about all at once; a county, some days at a time.
  step := greatest(1, 60000 / coalesce(cardinality(pupils), 1));
  for i in 0 .. coalesce(cardinality(asked), 0) - 1 by step loop
    return query
      with worse as materialized (
        select b.pupil_id, b.direction, l.day, b.state as before, a.state as after, a.reason
          from travel_state(p_revision - 1, asked[i + 1 : i + step], pupils) b
          join travel_state(p_revision, asked[i + 1 : i + step], pupils) a using (pupil_id, direction, day)
          join unnest(days, alike) l (day, is_like) on l.is_like = b.day
         where carrying_rank(a.state) > carrying_rank(b.state)
      ), met as materialized (
        select distinct w.pupil_id, w.direction, w.day
          from worse w
          join accepted_days(p_revision, pupils) g on g.pupil_id = w.pupil_id and g.direction = w.direction
           and g.days @> w.day and g.at_worst >= carrying_rank(w.after)
      )
      select w.*, met.day is not null from worse w left join met using (pupil_id, direction, day);
  end loop;
  if not exists (select 1 from audit_entry e
                  where e.revision = p_revision and e.table_name = 'accepted_gap' and e.operation = 'update') then
    return;
  end if;

  select array_agg(distinct (f.fact ->> 'pupil_id')::integer), range_agg(v) into pupils, lost
    from loosened_fact(p_revision) f cross join unnest(f.lost) v where f.table_name = 'accepted_gap';
  if pupils is null then
    return;
  end if;
  select array_agg(l.day) into days from days_to_look_at(p_revision, pupils, lost) l;
  return query
    select a.pupil_id, a.direction, a.day, a.state, a.state, 'acceptance-taken-back'::text, false
      from loosened_fact(p_revision) f
      join travel_state(p_revision, days, pupils) a
        on a.pupil_id = (f.fact ->> 'pupil_id')::integer and a.direction = (f.fact ->> 'direction')::smallint and f.lost @> a.day
     where f.table_name = 'accepted_gap' and carrying_rank(a.state) >= carrying_rank(f.fact ->> 'at_worst')
       and not exists (select 1 from accepted_days(p_revision, pupils) g
                        where g.pupil_id = a.pupil_id and g.direction = a.direction and g.days @> a.day
                          and g.at_worst >= carrying_rank(a.state));
end $$;
