-- The first question of a day after a change: what was remembered of that day is carried on by asking again for the
-- pupils the change can have reached, and for nobody else. A test holds it to what would be asked of everybody.

-- The pupils whose travel on a day may stand otherwise at p_to than it did at p_from, by what was written between; null
-- where that may be anybody, or so many that asking for everybody is quicker. Whoever changes what travel_state reads
-- changes this with it.
create function pupils_reached(p_from bigint, p_to bigint, p_day date) returns integer[]
language plpgsql stable
set plan_cache_mode = force_custom_plan set enable_seqscan = off as $$
declare
  reached integer[];
begin
  if p_from is null
     or (select count(*) from (select from audit_entry e where e.revision > p_from and e.revision <= p_to limit 5001) e) > 5000
     or exists (select from audit_entry e where e.revision > p_from and e.revision <= p_to
                   and e.table_name in ('bank_holiday', 'policy')) then
    return null;
  end if;
  with written as materialized (
    select e.table_name, e.row_key, e.pupil_id from audit_entry e where e.revision > p_from and e.revision <= p_to
  ), school as materialized (
    select t.school_id from written w join school_term t on t.fact_id = w.row_key where w.table_name = 'school_term'
    union
    select b.school_id from written w join bell_time b on b.fact_id = w.row_key where w.table_name = 'bell_time'
    union
    select c.school_id from written w join school_closure c on c.fact_id = w.row_key where w.table_name = 'school_closure'
  ), operator as materialized (
    select distinct o.operator_id
      from written w join operator_particulars o on o.fact_id = w.row_key where w.table_name = 'operator_particulars'
  ), contract as materialized (
    select c.contract_id from written w join contract_terms c on c.fact_id = w.row_key where w.table_name = 'contract_terms'
    union
    select f.contract_id from written w join confirmation f on f.fact_id = w.row_key
     where w.table_name = 'confirmation' and f.run_id = 0
    union
    select c.contract_id from operator o join contract_terms c on c.operator_id = o.operator_id
     where c.known @> p_to and c.valid @> p_day
  ), route as materialized (
    select t.route_id from written w join route_terms t on t.fact_id = w.row_key where w.table_name = 'route_terms'
    union
    select t.route_id from contract c join route_terms t on t.contract_id = c.contract_id
     where t.known @> p_to and t.valid @> p_day
  ), crew as materialized (
    select distinct c.crew_id from written w join crew_check c on c.fact_id = w.row_key where w.table_name = 'crew_check'
  ), vehicle as materialized (
    select distinct v.vehicle_id
      from written w join vehicle_check v on v.fact_id = w.row_key where w.table_name = 'vehicle_check'
  ), ridden as materialized (
    select p.run_id from written w join run_plan p on p.fact_id = w.row_key where w.table_name = 'run_plan'
    union
    select c.run_id from written w join run_crew c on c.fact_id = w.row_key where w.table_name = 'run_crew'
    union
    select v.run_id from written w join run_vehicle v on v.fact_id = w.row_key where w.table_name = 'run_vehicle'
    union
    select f.run_id from written w join confirmation f on f.fact_id = w.row_key
     where w.table_name = 'confirmation' and f.run_id > 0 and f.pupil_id = 0
    union
    select run.run_id from route r join run on run.route_id = r.route_id
    union
    select c.run_id from crew join run_crew c on c.crew_id = crew.crew_id where c.known @> p_to and c.valid @> p_day
    union
    select v.run_id from vehicle join run_vehicle v on v.vehicle_id = vehicle.vehicle_id
     where v.known @> p_to and v.valid @> p_day
  )
  -- Of the pupils themselves whatever was written counts, theirs or not of their travel: it costs a few too many.
  select coalesce(array_agg(x.pupil_id), '{}') into reached
    from (select w.pupil_id from written w where w.pupil_id > 0
          union
          select t.pupil_id from ridden r join travel_arrangement t on t.run_id = r.run_id
           where t.known @> p_to and t.valid @> p_day
          union
          select p.pupil_id from school s join placement p on p.school_id = s.school_id
           where p.known @> p_to and p.valid @> p_day) x;
  return case when cardinality(reached) <= 1000 then reached end;
end $$;

-- As in 0071; but where the day is remembered as it was known before, only who was reached since is asked about.
create or replace function county_state(p_revision bigint, p_day date, p_keep boolean default true)
returns table (
  pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
  eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
  run_id integer, route_id integer, contract_id integer, operator_id integer
)
language plpgsql volatile rows 13000 as $$
#variable_conflict use_column
declare
  kept    travel_leg[];
  before  bigint;
  reached integer[];
  by_now  text := travel_rules();
begin
  select c.legs into kept from county_remembered c
   where c.day = p_day and c.revision = p_revision and c.rules = by_now;
  if kept is not null then
    return query select * from unnest(kept);
  elsif p_keep and exists (select from revision r where r.revision = p_revision and r.hash is not null) then
    -- Revisions are sealed one after the other, so everything between the two is there to be read.
    select c.revision into before from county_remembered c
     where c.day = p_day and c.revision < p_revision and c.rules = by_now
     order by c.revision desc limit 1;
    reached := pupils_reached(before, p_revision, p_day);
    if reached is not null then
      select c.legs into kept from county_remembered c
       where c.day = p_day and c.revision = before and c.rules = by_now;
    end if;
    if kept is null then
      select coalesce(array_agg(row(s.*)::travel_leg), '{}') into kept from travel_state(p_revision, array[p_day]) s;
    elsif reached <> '{}' then
      select coalesce(array_agg(l.leg), '{}') into kept
        from (select row(k.*)::travel_leg as leg from unnest(kept) k where k.pupil_id <> all (reached)
              union all
              select row(s.*)::travel_leg from travel_state(p_revision, array[p_day], reached) s) l;
    end if;
    insert into county_remembered (day, revision, rules, legs) values (p_day, p_revision, by_now, kept)
      on conflict do nothing;
    -- A dozen is what the pages of a morning look at; older ones are asked again by whoever wants them.
    delete from county_remembered c
     where c.ctid in (select o.ctid from county_remembered o order by o.asked_at desc offset 12);
    return query select * from unnest(kept);
  else
    return query select * from travel_state(p_revision, array[p_day]);
  end if;
end $$;

-- Who is reached is one of the rules by which something is remembered.
create or replace function travel_rules() returns text
language sql stable as $$
  select md5(string_agg(p.prosrc, ' ' order by p.oid))
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace
     and p.proname in ('travel_state', 'travel_state_of', 'school_open', 'stands', 'fortnight_day', 'pupils_reached')
$$;
