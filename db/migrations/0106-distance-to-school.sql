-- How far it is from home to school, as a fact about each pupil.

-- From home to school as it was measured, on the half-days that a pupil goes from this home to this school.
create table school_distance (
  fact_id    bigint generated always as identity primary key,
  pupil_id   integer not null references pupil,
  pattern    half_days_of_fortnight not null,
  school_id  integer not null references school,
  from_place integer not null references road_place,
  to_place   integer not null references road_place,
  network_id integer not null references road_network,
  drive         text not null check (drive in ('measured', 'estimated', 'too-far-from-any-road', 'no-way')),
  drive_seconds integer,
  drive_metres  integer,
  walk          text not null check (walk in ('measured', 'estimated', 'too-far-from-any-road', 'no-way')),
  walk_metres   integer,
  walk_ways     bigint[] not null default '{}',   -- the OpenStreetMap ways walked along
  walk_avoids   bigint[] not null default '{}',   -- ways marked unsafe that made the walk another one
  valid span not null, known knowledge not null default int8range(current_revision(), null),
  check ((drive in ('measured', 'estimated')) = (drive_seconds is not null)),
  check ((drive_seconds is null) = (drive_metres is null)),
  check ((walk in ('measured', 'estimated')) = (walk_metres is not null))
);
call make_fact_kind('school_distance', '{pupil_id}', 'pattern');

-- Asks a worker to measure whoever is not measured, once for each revision and once however many ask before it is done.
create function ask_to_measure() returns trigger language plpgsql as $$
begin
  if current_setting('firstbell.asked_to_measure', true) is distinct from current_revision()::text
     and to_regnamespace('graphile_worker') is not null then
    perform set_config('firstbell.asked_to_measure', current_revision()::text, true);
    perform graphile_worker.add_job('measure-distances', job_key := 'measure-distances',
                                    job_key_mode := 'preserve_run_at', run_at := now() + interval '2 seconds');
  end if;
  return null;
end $$;
create trigger ask_to_measure after insert or update on pupil_home for each statement execute function ask_to_measure();
create trigger ask_to_measure after insert or update on placement for each statement execute function ask_to_measure();
create trigger ask_to_measure after insert or update on school_entrance for each statement execute function ask_to_measure();

-- A way that an officer found unsafe to walk along. No walk is measured along it while that is believed.
create table unsafe_way (
  fact_id bigint generated always as identity primary key,
  way_id  bigint not null check (way_id > 0),   -- of OpenStreetMap
  name    text not null,
  reason  text not null,
  valid span not null, known knowledge not null default int8range(current_revision(), null)
);
call make_fact_kind('unsafe_way', '{way_id}');
create trigger ask_to_measure after insert or update or delete on unsafe_way for each statement execute function ask_to_measure();

-- From each home to each school a pupil goes to, from a day on, as is believed now: where both are placed on the ground.
-- An entrance is the one the placement names, else the first of its site, else the first of the school.
create function journeys_from(p_day date)
returns table (pupil_id integer, pattern int4multirange, school_id integer, from_longitude_e7 integer, from_latitude_e7 integer,
               to_longitude_e7 integer, to_latitude_e7 integer, valid daterange)
language sql stable as $$
  select h.pupil_id, h.pattern::int4multirange * p.pattern::int4multirange, p.school_id,
         round(h.longitude * 1e7)::integer, round(h.latitude * 1e7)::integer,
         round(gate.longitude * 1e7)::integer, round(gate.latitude * 1e7)::integer,
         h.valid::daterange * p.valid::daterange * daterange(p_day, null)
    from pupil_home h
    join placement p on p.pupil_id = h.pupil_id and p.valid && h.valid::daterange and p.pattern && h.pattern::int4multirange
    cross join lateral (
      select e.longitude, e.latitude
        from school_entrance e
       where e.school_id = p.school_id and upper_inf(e.known) and e.longitude is not null
         and e.valid @> greatest(p_day, lower(p.valid), lower(h.valid))
       order by e.site = p.site and e.name = p.entrance desc nulls last, e.site = p.site desc nulls last, e.name, e.site
       limit 1) gate
   where upper_inf(h.known) and upper_inf(p.known) and h.longitude is not null
     and not isempty(h.valid::daterange * p.valid::daterange * daterange(p_day, null))
$$;
