-- Nothing ends before its replacement is in place. Asked at commit of every revision, so there is no side door:
-- page, command line, import, API and psql alike are refused while a pupil would be worse off on a later day and
-- no person has accepted it for that pupil, direction and day.

-- Better is smaller. Null is not compared: nothing is asked of a day on which the pupil need not travel.
create function travel_state_rank(p_state text) returns integer
language sql immutable parallel safe as $$
  select case p_state
    when 'confirmed' then 0 when 'own-arrangement' then 0
    when 'temporary' then 1
    when 'provisional' then 2 when 'eligibility-pending' then 2
    when 'interim-by-family' then 3 when 'offer-declined' then 3 when 'no-offer' then 3
  end
$$;

-- The columns of each guarded kind on which a travel state hangs. A belief closed and stated again with these the
-- same, on the same days, loosens nothing: a new daily rate is no threat to a child.
create table guarded_fact (
  table_name name primary key references fact_kind,
  bearing    text[] not null
);
insert into guarded_fact values
  ('travel_arrangement', '{pupil_id,direction,kind,run_id}'),
  ('confirmation', '{kind,contract_id,run_id,pupil_id}'),
  ('run_plan', '{run_id,assistant_posts}'),
  ('run_crew', '{run_id,crew_id,post}'),
  ('run_vehicle', '{run_id,vehicle_id}'),
  ('route_terms', '{route_id,contract_id}'),
  ('contract_terms', '{contract_id,operator_id,status}'),
  ('operator_particulars', '{operator_id,standing}'),
  ('crew_check', '{crew_id,kind}'),
  ('vehicle_check', '{vehicle_id,kind}');

-- What a revision took away of the guarded kinds, as days no longer believed: what it closed, less what is believed
-- now to the same effect. A roster that grew is here too: whoever was added may have checks missing.
create function loosened_fact(p_revision bigint)
returns table (table_name text, fact jsonb, lost datemultirange)
language plpgsql stable as $$
declare
  kind    record;
  same    text;
  covers  text;
begin
  for kind in
    select g.table_name, g.bearing, k.subject, k.patterned
      from guarded_fact g join fact_kind k using (table_name)
     where exists (select 1 from audit_entry e where e.revision = p_revision and e.table_name = g.table_name)
  loop
    -- Equality where it can ride the subject's index; the rest may be null.
    select string_agg(format(case when c = any(kind.subject) then 'n.%1$I = o.%1$I'
                                  else 'n.%1$I is not distinct from o.%1$I' end, c), ' and ')
      into same from unnest(kind.bearing) c;
    covers := case when kind.patterned is null then '' else format('and n.%1$I @> o.%1$I', kind.patterned) end;
    return query execute format($sql$
      with closed as materialized (
        select (e.image::jsonb ->> 'fact_id')::bigint as fact_id
          from audit_entry e
         where e.revision = $1 and e.table_name = %1$L
           and (e.operation = 'update' or (e.operation = 'insert' and %1$L in ('run_crew', 'run_vehicle')))
      )
      select %1$L::text, to_jsonb(o),
             case when upper_inf(o.known) then datemultirange(o.valid) else
             datemultirange(o.valid) - coalesce((select range_agg(n.valid::daterange) from %1$I n
                where %2$s %3$s and n.valid && o.valid and upper_inf(n.known)), '{}') end
        from closed join %1$I o using (fact_id)
    $sql$, kind.table_name, same, covers) using p_revision;
  end loop;
end $$;

-- Whom that may touch, and on which days.
create function loosened_by(p_revision bigint)
returns table (pupil_id integer, valid datemultirange)
language sql stable as $$
  with about as materialized (
    select f.table_name, f.lost, (f.fact ->> 'pupil_id')::integer as pupil_id,
           (f.fact ->> 'run_id')::integer as run_id, (f.fact ->> 'route_id')::integer as route_id,
           (f.fact ->> 'contract_id')::integer as contract_id, (f.fact ->> 'operator_id')::integer as operator_id,
           (f.fact ->> 'crew_id')::integer as crew_id, (f.fact ->> 'vehicle_id')::integer as vehicle_id
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
     where a.table_name = 'travel_arrangement' or (a.table_name = 'confirmation' and a.pupil_id > 0)
    union all
    select t.pupil_id, r.lost * datemultirange(t.valid)
      from runs r join travel_arrangement t on t.run_id = r.run_id and t.valid && r.lost
     where t.known @> (p_revision - 1)
  )
  select t.pupil_id, range_agg(v) from touched t cross join unnest(t.lost) v group by t.pupil_id
$$;

-- Every pupil, direction and later day that a revision makes worse, and whether a person has accepted it.
-- Looks 400 days ahead: past the end of any academic year.
create function worsened_by(p_revision bigint)
returns table (pupil_id integer, direction smallint, day date, before text, after text, reason text, accepted boolean)
language plpgsql stable as $$
declare
  today  date;
  pupils integer[];
  days   date[];
begin
  select (recorded_at at time zone 'Europe/London')::date into today from revision where revision = p_revision;
  select array_agg(l.pupil_id),
         (select array_agg(d.day::date)
            from generate_series(today + 1, today + 400, interval '1 day') d (day)
           where range_agg(v) @> d.day::date)
    into pupils, days
    from loosened_by(p_revision) l cross join unnest(l.valid) v
   where v && daterange(today + 1, today + 401);
  if pupils is null or days is null then
    return;
  end if;
  return query
    select b.pupil_id, b.direction, b.day, b.state, a.state, a.reason,
           exists (select 1 from accepted_gap g
                    where g.pupil_id = b.pupil_id and g.direction = b.direction and g.valid @> b.day and g.known @> p_revision)
      from travel_state(p_revision - 1, days, pupils) b
      join travel_state(p_revision, days, pupils) a using (pupil_id, direction, day)
     where travel_state_rank(a.state) > travel_state_rank(b.state);
end $$;

create function check_interlock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  legs integer;
  told jsonb;
begin
  select count(*), jsonb_agg(jsonb_build_object('pupil_id', w.pupil_id, 'direction', w.direction, 'first_day', w.first_day,
                                                'days', w.days, 'before', w.before, 'after', w.after))
    into legs, told
    from (select x.pupil_id, x.direction, min(x.day) as first_day, count(*) as days, min(x.before) as before, min(x.after) as after
            from worsened_by(new.revision) x where not x.accepted
           group by x.pupil_id, x.direction order by min(x.day) limit 500) w;
  if legs > 0 then
    raise exception 'this change would leave pupils worse off and nobody has accepted it'
      using errcode = 'FB010', detail = told::text,
            hint = 'Put the replacement in place first, or have a manager accept it for these pupils until a date.';
  end if;
  return null;
end $$;

-- Fires before "seal": triggers of one event run in the order of their names.
create constraint trigger interlock after insert on revision
  deferrable initially deferred for each row execute function check_interlock();
