-- The runs of each plan that was found, one row each, so that a list of eighteen hundred is searched, sorted and paged where
-- it lies. They are read out of the bytes that were hashed, and out of nothing else.

create table found_run (
  plan_id    integer not null references found_plan,
  run_number integer not null,                     -- in the order of the plan
  name       text not null,
  vehicle    integer not null,
  direction  smallint not null check (direction in (1, 2)),
  days       text not null,
  offer      text not null,
  schools    text not null,
  starts     time not null,
  ends       time not null,
  pupils     integer[] not null,
  assistants integer not null,
  seats      integer not null,
  wheelchairs integer not null,
  metres     integer not null,
  lasts      integer not null,                     -- seconds
  run        jsonb not null,                       -- stops and riders, as the plan has them
  primary key (plan_id, run_number)
);
create trigger kept before update or delete on found_run for each row execute function refuse_change();
create trigger kept_whole before truncate on found_run execute function refuse_change();

-- What a page says of a plan before it opens a run: how much there is of it, and whom it does not carry.
create table found_plan_summary (
  plan_id    integer primary key references found_plan,
  vehicles   integer not null,
  runs       integer not null,
  pupils     integer not null,                     -- with a seat in a direction or both
  weighed_pence bigint not null,                   -- an average day, with what it counts for hardship
  unplaced   jsonb not null,
  on_kept    jsonb not null,
  not_asked  jsonb not null,
  anomalies  jsonb not null
);
create trigger kept before update or delete on found_plan_summary for each row execute function refuse_change();
create trigger kept_whole before truncate on found_plan_summary execute function refuse_change();

-- Reads the rows of a plan out of its bytes.
create function list_found_plan(plan integer) returns void language sql as $$
  with whole as materialized (
    select convert_from(b.bytes, 'UTF8')::jsonb as told from found_plan_bytes b where b.plan_id = plan
  ), listed as (
    insert into found_run
    select plan, r.ordinality, r.run ->> 'name', (r.run ->> 'vehicle')::integer, (r.run ->> 'direction')::smallint,
           r.run ->> 'days', r.run ->> 'offer',
           (select coalesce(string_agg(distinct s ->> 'label', ', '), '')
              from jsonb_array_elements(r.run -> 'stops') s where (s ->> 'school')::boolean),
           (r.run -> 'stops' -> 0 ->> 'at')::time, (r.run -> 'stops' -> -1 ->> 'at')::time,
           array(select (x ->> 'pupil')::integer from jsonb_array_elements(r.run -> 'riders') x),
           (r.run ->> 'assistants')::integer, (r.run -> 'layout' ->> 0)::integer, (r.run -> 'layout' ->> 1)::integer,
           (r.run ->> 'length')::integer, (r.run ->> 'lasts')::integer, r.run
      from whole, jsonb_array_elements(whole.told -> 'runs') with ordinality as r (run, ordinality)
    returning vehicle, pupils)
  insert into found_plan_summary
  select plan,
         (select count(distinct vehicle) from listed), (select count(*) from listed),
         (select count(distinct p) from listed, unnest(listed.pupils) p),
         (told -> 'cost' ->> 'weighed')::bigint, told -> 'unplaced', told -> 'onKeptRoutes', told -> 'notAsked',
         told -> 'anomalies'
    from whole
$$;

select list_found_plan(plan_id) from found_plan_bytes;
