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

-- Beliefs of the guarded kinds that a revision closed (or, for a roster, added), with the days they were about.
create function loosened_by(p_revision bigint)
returns table (pupil_id integer, run_id integer, valid daterange)
language sql stable as $$
  with change as (
    select e.table_name, e.operation, e.image::jsonb as row
      from audit_entry e
     where e.revision = p_revision
       and (e.operation = 'update' or (e.operation = 'insert' and e.table_name in ('run_crew', 'run_vehicle')))
       and e.table_name in ('travel_arrangement', 'run_plan', 'run_crew', 'run_vehicle', 'route_terms', 'contract_terms',
                            'operator_particulars', 'crew_check', 'vehicle_check', 'confirmation')
  ), about as (
    select table_name, (row ->> 'valid')::daterange as valid, (row ->> 'pupil_id')::integer as pupil_id,
           (row ->> 'run_id')::integer as run_id, (row ->> 'route_id')::integer as route_id,
           (row ->> 'contract_id')::integer as contract_id, (row ->> 'operator_id')::integer as operator_id,
           (row ->> 'crew_id')::integer as crew_id, (row ->> 'vehicle_id')::integer as vehicle_id
      from change
  ), contracts as (
    select contract_id, valid from about where table_name = 'contract_terms' or (table_name = 'confirmation' and run_id = 0)
    union
    select t.contract_id, a.valid from about a join contract_terms t on t.operator_id = a.operator_id and t.valid && a.valid
     where a.table_name = 'operator_particulars' and t.known @> (p_revision - 1)
  ), routes as (
    select route_id, valid from about where table_name = 'route_terms'
    union
    select t.route_id, c.valid from contracts c join route_terms t on t.contract_id = c.contract_id and t.valid && c.valid
     where t.known @> (p_revision - 1)
  ), runs as (
    select run_id, valid from about where run_id > 0 and table_name <> 'travel_arrangement'
    union
    select r.run_id, routes.valid from routes join run r using (route_id)
    union
    select c.run_id, a.valid from about a join run_crew c on c.crew_id = a.crew_id and c.valid && a.valid
     where a.table_name = 'crew_check' and c.known @> (p_revision - 1)
    union
    select v.run_id, a.valid from about a join run_vehicle v on v.vehicle_id = a.vehicle_id and v.valid && a.valid
     where a.table_name = 'vehicle_check' and v.known @> (p_revision - 1)
  )
  select a.pupil_id, a.run_id, a.valid from about a where a.table_name = 'travel_arrangement'
  union
  select t.pupil_id, r.run_id, r.valid * t.valid from runs r join travel_arrangement t on t.run_id = r.run_id and t.valid && r.valid
   where t.known @> (p_revision - 1)
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
  select array_agg(distinct l.pupil_id),
         (select array_agg(distinct d.day::date)
            from (select range_agg(x.valid) as valid from loosened_by(p_revision) x) w
           cross join generate_series(today + 1, today + 400, interval '1 day') d (day)
           where w.valid @> d.day::date)
    into pupils, days
    from loosened_by(p_revision) l
   where l.valid && daterange(today + 1, today + 401);
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
