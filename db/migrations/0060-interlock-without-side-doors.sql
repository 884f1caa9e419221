-- The interlock without side doors. What could be walked past before: consent withdrawn, a check newly required, an
-- operator first recorded as suspended, days further off than 400, an acceptance that covered worse than was accepted
-- or was taken back afterwards, an acceptance in another's name, a run moved to another route, the check asked early
-- in a transaction and the writing done after it.

-- How near a pupil is to being carried. Unlike travel_state_rank, by which lists are ordered, one whose eligibility
-- is still being decided has nothing either: to lose a seat while an appeal is heard is to lose it.
create function carrying_rank(p_state text) returns integer
language sql immutable parallel safe as $$
  select case p_state
    when 'confirmed' then 0 when 'own-arrangement' then 0
    when 'temporary' then 1
    when 'provisional' then 2
    when 'interim-by-family' then 3 when 'offer-declined' then 3 when 'no-offer' then 3 when 'eligibility-pending' then 3
  end
$$;

-- An acceptance is of something: it covers what is no worse than this, and nothing that comes later and is.
alter table accepted_gap add column at_worst text not null default 'no-offer' check (carrying_rank(at_worst) is not null);

-- In one's own name, and by a manager: asked here, so that it holds for every way in. What a later fact cuts an
-- acceptance down to is not accepted anew, and keeps the name of whoever did.
create function accepted_by_whoever_may() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  now_recording revision;
begin
  if exists (select 1 from accepted_gap g
              where g.pupil_id = new.pupil_id and g.direction = new.direction and g.accepted_by = new.accepted_by
                and g.reason = new.reason and g.change = new.change and g.at_worst = new.at_worst
                and upper(g.known) = current_revision() and g.valid @> new.valid) then
    return new;
  end if;
  select * into now_recording from revision where revision = current_revision();
  if new.accepted_by is distinct from now_recording.person_id then
    raise exception 'person % cannot accept in the name of person %', now_recording.person_id, new.accepted_by
      using errcode = 'FB011', hint = 'Whoever accepts records it under their own name.';
  end if;
  if not exists (select 1 from person_role
                  where person_id = new.accepted_by and role = 'manager' and upper_inf(known)
                    and valid @> (now_recording.recorded_at at time zone 'Europe/London')::date) then
    raise exception 'person % may not accept that pupils are worse off: that is for a manager', new.accepted_by
      using errcode = 'FB011', hint = 'Have a manager record the change, or put the replacement in place first.';
  end if;
  return new;
end $$;
create trigger accepted_by_whoever_may before insert on accepted_gap
  for each row execute function accepted_by_whoever_may();

-- `grows`: an addition may loosen too. Whoever joins a roster may have checks missing, and a check newly required is
-- missing for all who have not got it.
alter table guarded_fact add column grows boolean not null default false;
update guarded_fact set grows = true where table_name in ('run_crew', 'run_vehicle', 'operator_particulars');
insert into guarded_fact (table_name, bearing, grows) values
  ('travel_consent', '{pupil_id,kind}', false),
  ('accepted_gap', '{pupil_id,direction,at_worst}', false),
  ('policy', '{name,value}', true);

-- What a revision took away of the guarded kinds, as days no longer believed to the same effect; and, of the kinds
-- that grow, the days it added.
create or replace function loosened_fact(p_revision bigint)
returns table (table_name text, fact jsonb, lost datemultirange)
language plpgsql stable as $$
declare
  kind   record;
  same   text;
  covers text;
begin
  for kind in
    select g.table_name, g.bearing, g.grows, k.subject, k.patterned
      from guarded_fact g join fact_kind k using (table_name)
     where exists (select 1 from audit_entry e where e.revision = p_revision and e.table_name = g.table_name)
  loop
    -- Equality where it can ride the subject's index; the rest may be null.
    select string_agg(format(case when c = any(kind.subject) then 'n.%1$I = o.%1$I'
                                  else 'n.%1$I is not distinct from o.%1$I' end, c), ' and ')
      into same from unnest(kind.bearing) c;
    covers := case when kind.patterned is null then '' else format('and n.%1$I @> o.%1$I', kind.patterned) end;
    return query execute format($sql$
      with written as materialized (
        select (e.image::jsonb ->> 'fact_id')::bigint as fact_id
          from audit_entry e
         where e.revision = $1 and e.table_name = %1$L
           and (e.operation = 'update' or (e.operation = 'insert' and %4$L))
      )
      select %1$L::text, to_jsonb(o),
             datemultirange(o.valid) - coalesce((select range_agg(n.valid::daterange) from %1$I n
                where %2$s %3$s and n.valid && o.valid
                  and case when upper_inf(o.known) then n.known @> ($1 - 1) else upper_inf(n.known) end), '{}')
        from written join %1$I o using (fact_id)
    $sql$, kind.table_name, same, covers, kind.grows) using p_revision;
  end loop;
end $$;

-- Whom that may touch, and on which days.
create or replace function loosened_by(p_revision bigint)
returns table (pupil_id integer, valid datemultirange)
language sql stable as $$
  with about as materialized (
    select f.table_name, f.lost, (f.fact ->> 'pupil_id')::integer as pupil_id,
           (f.fact ->> 'run_id')::integer as run_id, (f.fact ->> 'route_id')::integer as route_id,
           (f.fact ->> 'contract_id')::integer as contract_id, (f.fact ->> 'operator_id')::integer as operator_id,
           (f.fact ->> 'crew_id')::integer as crew_id, (f.fact ->> 'vehicle_id')::integer as vehicle_id,
           f.fact ->> 'name' as name
      from loosened_fact(p_revision) f
     where not isempty(f.lost)
  ), contracts as (
    select contract_id, lost from about where table_name = 'contract_terms' or (table_name = 'confirmation' and run_id = 0)
    union all
    select t.contract_id, a.lost from about a join contract_terms t on t.operator_id = a.operator_id and t.valid && a.lost
     where a.table_name = 'operator_particulars' and t.known @> (p_revision - 1)
  ), routes as (
    select route_id, lost from about where table_name = 'route_terms'
    union all
    select t.route_id, c.lost from contracts c join route_terms t on t.contract_id = c.contract_id and t.valid && c.lost
     where t.known @> (p_revision - 1)
  ), runs as (
    select run_id, lost from about where table_name in ('run_plan', 'run_crew', 'run_vehicle')
    union all
    select run_id, lost from about where table_name = 'confirmation' and run_id > 0 and pupil_id = 0
    union all
    select r.run_id, routes.lost from routes join run r using (route_id)
    union all
    select c.run_id, a.lost from about a join run_crew c on c.crew_id = a.crew_id and c.valid && a.lost
     where a.table_name = 'crew_check' and c.known @> (p_revision - 1)
    union all
    select v.run_id, a.lost from about a join run_vehicle v on v.vehicle_id = a.vehicle_id and v.valid && a.lost
     where a.table_name = 'vehicle_check' and v.known @> (p_revision - 1)
  ), touched as (
    select a.pupil_id, a.lost from about a
     where a.table_name in ('travel_arrangement', 'travel_consent') or (a.table_name = 'confirmation' and a.pupil_id > 0)
    union all
    select t.pupil_id, r.lost * datemultirange(t.valid)
      from runs r join travel_arrangement t on t.run_id = r.run_id and t.valid && r.lost
     where t.known @> (p_revision - 1)
    union all
    select t.pupil_id, a.lost * datemultirange(t.valid)
      from about a join travel_arrangement t on t.run_id is not null and t.valid && a.lost
     where a.table_name = 'policy' and a.name = 'required-checks' and t.known @> (p_revision - 1)
  )
  select t.pupil_id, range_agg(v) from touched t cross join unnest(t.lost) v group by t.pupil_id
$$;

-- Days further off than p_after on which something about these pupils' travel begins or ends, as believed before a
-- revision or after it. Between two of them nothing changes but the day of the fortnight.
create function turning_days(p_revision bigint, p_pupils integer[], p_after date) returns setof date
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
    union all select r.valid::daterange from pupil_registration r where r.pupil_id = any(p_pupils)
    union all select p.valid::daterange from policy p where p.name = 'required-checks'
  )
  select d from (select lower(valid) as d from bound union select upper(valid) from bound) turn where d > p_after
$$;

-- Every later day that must be looked at for these pupils, of the days on which something was loosened: each of the
-- next 400, which is past the end of any academic year; and further off, a fortnight from every turning.
create function days_to_look_at(p_revision bigint, p_pupils integer[], p_loosened datemultirange) returns date[]
language sql stable as $$
  with today as (
    select (recorded_at at time zone 'Europe/London')::date as today from revision where revision = p_revision
  ), turn as (
    select d from today, turning_days(p_revision, p_pupils, today + 400) d
    union
    select greatest(lower(r), today + 401) from today, unnest(p_loosened) r where upper_inf(r) or upper(r) > today + 401
  ), wanted as (
    select generate_series(today + 1, today + 400, interval '1 day')::date as day from today
    union
    select d + n from turn, generate_series(0, 13) n
  )
  select array_agg(day order by day) from wanted where p_loosened @> day
$$;

-- Whether somebody has accepted, as believed at a revision, that a pupil is as badly off as this on a day. Of days
-- beyond the 400 that are looked at one by one, no more is asked than an acceptance that reaches them: it lapses long
-- before, and is asked about again.
create function gap_is_accepted(p_revision bigint, p_pupil integer, p_direction smallint, p_day date, p_state text)
returns boolean language sql stable as $$
  select exists (
    select 1
      from accepted_gap g, revision r
     where r.revision = p_revision and g.pupil_id = p_pupil and g.direction = p_direction and g.known @> p_revision
       and carrying_rank(p_state) <= carrying_rank(g.at_worst)
       and g.valid && daterange(least(p_day, (r.recorded_at at time zone 'Europe/London')::date + 400), p_day, '[]'))
$$;

-- Every pupil, direction and later day that a revision makes worse, and whether a person has accepted it. A day of an
-- acceptance that is taken back while the pupil is still as badly off as was accepted is one of them.
create or replace function worsened_by(p_revision bigint)
returns table (pupil_id integer, direction smallint, day date, before text, after text, reason text, accepted boolean)
language plpgsql stable as $$
declare
  pupils integer[];
  lost   datemultirange;
  days   date[];
  step   integer;
begin
  select array_agg(distinct l.pupil_id), range_agg(v) into pupils, lost
    from loosened_by(p_revision) l cross join unnest(l.valid) v;
  if pupils is not null then
    days := days_to_look_at(p_revision, pupils, lost);
  end if;
  -- A few pupils are asked about all at once; a county, some days at a time.
  step := greatest(1, 60000 / coalesce(cardinality(pupils), 1));
  for i in 0 .. coalesce(cardinality(days), 0) - 1 by step loop
    return query
      select b.pupil_id, b.direction, b.day, b.state, a.state, a.reason,
             gap_is_accepted(p_revision, b.pupil_id, b.direction, b.day, a.state)
        from travel_state(p_revision - 1, days[i + 1 : i + step], pupils) b
        join travel_state(p_revision, days[i + 1 : i + step], pupils) a using (pupil_id, direction, day)
       where carrying_rank(a.state) > carrying_rank(b.state);
  end loop;

  select array_agg(distinct (f.fact ->> 'pupil_id')::integer), range_agg(v) into pupils, lost
    from loosened_fact(p_revision) f cross join unnest(f.lost) v where f.table_name = 'accepted_gap';
  if pupils is null then
    return;
  end if;
  days := days_to_look_at(p_revision, pupils, lost);
  return query
    select a.pupil_id, a.direction, a.day, a.state, a.state, 'acceptance-taken-back'::text, false
      from loosened_fact(p_revision) f
      join travel_state(p_revision, days, pupils) a
        on a.pupil_id = (f.fact ->> 'pupil_id')::integer and a.direction = (f.fact ->> 'direction')::smallint and f.lost @> a.day
     where f.table_name = 'accepted_gap' and carrying_rank(a.state) >= carrying_rank(f.fact ->> 'at_worst')
       and not gap_is_accepted(p_revision, a.pupil_id, a.direction, a.day, a.state);
end $$;

-- The interlock is asked as part of sealing, so that it cannot be asked early and written past: a sealed revision
-- takes no more entries, and every write of a fact is an entry.
drop trigger interlock on revision;
drop function check_interlock();

create function refuse_worsening(p_revision bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  legs integer;
  told jsonb;
begin
  select count(*), jsonb_agg(jsonb_build_object('pupil_id', w.pupil_id, 'direction', w.direction, 'first_day', w.first_day,
                                                'days', w.days, 'before', w.before, 'after', w.after))
    into legs, told
    from (select x.pupil_id, x.direction, min(x.day) as first_day, count(*) as days, min(x.before) as before, min(x.after) as after
            from worsened_by(p_revision) x where not x.accepted
           group by x.pupil_id, x.direction order by min(x.day) limit 500) w;
  if legs > 0 then
    raise exception 'this change would leave pupils worse off and nobody has accepted it'
      using errcode = 'FB010', detail = told::text,
            hint = 'Put the replacement in place first, or have a manager accept it for these pupils until a date.';
  end if;
end $$;

create or replace function seal_revision() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  clock   knowledge_clock;
  content bytea;
  counted integer;
  sealed  bytea;
begin
  perform refuse_worsening(new.revision);
  perform pg_advisory_xact_lock(728);
  select content_hash_of(new.revision), count(*) into content, counted
    from audit_entry where revision = new.revision;
  select * into clock from knowledge_clock where one;
  if clock.revision <> new.revision then
    raise exception 'two revisions in one transaction' using errcode = 'FB001';
  end if;
  if current_setting('firstbell.dated', true) = '' then
    new.recorded_at := greatest(clock_timestamp(), clock.recorded_at + interval '1 microsecond');
  end if;
  sealed := sha256(clock.hash || content || revision_stamp(new, counted));
  update revision
     set recorded_at = new.recorded_at, entries = counted, content_hash = content, previous_hash = clock.hash, hash = sealed
   where revision = new.revision;
  update knowledge_clock set hash = sealed, recorded_at = new.recorded_at where one;
  return null;
end $$;

create function refuse_when_sealed() returns trigger language plpgsql as $$
begin
  if exists (select 1 from revision where revision = current_revision() and hash is not null) then
    raise exception 'revision % is sealed: % takes no more of it', current_revision(), tg_table_name using errcode = 'FB002';
  end if;
  return null;
end $$;
create trigger nothing_after_the_seal before insert on audit_entry for each statement execute function refuse_when_sealed();

-- What a thing is never changes, only the facts about it: a run moved to another route would take its pupils along
-- unasked, in the past as well.
do $$
declare identity text;
begin
  foreach identity in array array['pupil', 'carer', 'school', 'operator', 'vehicle', 'crew', 'contract', 'route', 'run'] loop
    execute format('create trigger kept before update or delete on %I for each row execute function refuse_change()', identity);
    execute format('create trigger kept_whole before truncate on %I execute function refuse_change()', identity);
  end loop;
  -- What is guarded, and what is a fact, is changed by the next migration and by nobody else.
  foreach identity in array array['guarded_fact', 'fact_kind'] loop
    execute format('create trigger kept before update or delete on %I for each row execute function refuse_change()', identity);
    execute format('create trigger kept_whole before truncate on %I execute function refuse_change()', identity);
  end loop;
end $$;
