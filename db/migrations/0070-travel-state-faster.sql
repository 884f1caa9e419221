-- The heart, faster: the same answers, from fewer rows. The rules are those of 0005, and the property test holds this
-- to the pure function in src/travel-arrangements/travel-state.ts as it held the one before.
--   A fact meets a day where it is asked; it is not written out once for every day it covers.
--   What is one for a pupil's day is found once for both directions, what is one for a run's day once for its pupils.
--   Whether a school is open on the days around a boarder's is asked once for all boarders.
--   Joins are made in the order they are written: working out another took longer than a pupil's page may.

create or replace function travel_state(p_revision bigint, p_days date[], p_pupils integer[] default null)
returns table (
  pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
  eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
  run_id integer, route_id integer, contract_id integer, operator_id integer
)
language plpgsql stable
-- Everything is hashed: the planner, blind to ranges, expects one row of each and would loop or sort for thousands.
set enable_nestloop = off set enable_mergejoin = off set join_collapse_limit = 1 set from_collapse_limit = 1
as $body$
declare
  query     text;
  scope     text;
  asked     daterange;
  schools   integer[];
  runs      integer[] := '{}';
  routes    integer[] := '{}';
  contracts integer[] := '{}';
  crews     integer[] := '{}';
  vehicles  integer[] := '{}';
begin
  select daterange(min(d), max(d), '[]') into asked from unnest(p_days) d;
  if p_days is null or asked is null or isempty(asked) then
    return;
  end if;
  -- For some pupils, only the rows their travel hangs on are read; for the county, every table once.
  if p_pupils is not null then
    select array_agg(distinct p.school_id) into schools from placement p where p.pupil_id = any(p_pupils);
    select coalesce(array_agg(distinct t.run_id), '{}') into runs
      from travel_arrangement t
     where t.pupil_id = any(p_pupils) and t.run_id is not null and t.known @> p_revision and t.valid && asked;
    select coalesce(array_agg(distinct r.route_id), '{}') into routes from run r where r.run_id = any(runs);
    select coalesce(array_agg(distinct t.contract_id), '{}') into contracts
      from route_terms t where t.route_id = any(routes) and t.known @> p_revision and t.valid && asked;
    select coalesce(array_agg(distinct c.crew_id), '{}') into crews
      from run_crew c where c.run_id = any(runs) and c.known @> p_revision and c.valid && asked;
    select coalesce(array_agg(distinct v.vehicle_id), '{}') into vehicles
      from run_vehicle v where v.run_id = any(runs) and v.known @> p_revision and v.valid && asked;
    schools := coalesce(schools, '{}');
  end if;
  query := $sql$
  with day as materialized (
    select d as day, fortnight_day(d) as slot from unnest($2) d
  ), open as materialized (
    select o.school_id, o.day, o.open from school_open($1, $2, $4) o
  ), attends as materialized (
    select p.pupil_id, p.school_id, p.pattern, p.boarding, p.valid
      from placement p where p.known @> $1 {pupil:p}
  ), on_register as materialized (
    select r.pupil_id, day.day, day.slot
      from pupil_registration r join day on r.valid @> day.day
     where r.known @> $1 {pupil:r}
  ), placed as materialized (
    -- The school of the morning and that of the afternoon: nearly always the same.
    select r.pupil_id, r.day,
           max(p.school_id) filter (where p.pattern @> r.slot * 2) as morning,
           max(p.boarding) filter (where p.pattern @> r.slot * 2) as morning_boarding,
           max(p.school_id) filter (where p.pattern @> r.slot * 2 + 1) as afternoon,
           max(p.boarding) filter (where p.pattern @> r.slot * 2 + 1) as afternoon_boarding
      from on_register r join attends p on p.pupil_id = r.pupil_id and p.valid @> r.day
     group by r.pupil_id, r.day
  ), stay as materialized (
    -- A weekly boarder travels in on the first open day of the week and home on the last; a termly one, of the term.
    select l.pupil_id, l.direction, l.day, l.school_id, other.day as other
      from (select p.pupil_id, p.day, d.direction, date_trunc('week', p.day)::date as week,
                   case d.direction when 1 then coalesce(p.morning, p.afternoon) else coalesce(p.afternoon, p.morning) end as school_id,
                   case d.direction when 1 then coalesce(p.morning_boarding, p.afternoon_boarding)
                                    else coalesce(p.afternoon_boarding, p.morning_boarding) end as boarding
              from placed p cross join (values (1::smallint), (2::smallint)) d (direction)
             where p.morning_boarding <> 'day' or p.afternoon_boarding <> 'day') l
     cross join lateral (
        select l.week + n as day from generate_series(0, 6) n where l.boarding = 'weekly'
         union all
        select lower(t.valid) + n from school_term t, generate_series(0, 13) n
         where l.boarding = 'termly' and l.direction = 1 and t.school_id = l.school_id and t.known @> $1 and t.valid @> l.day
         union all
        select upper(t.valid) - 1 - n from school_term t, generate_series(0, 13) n
         where l.boarding = 'termly' and l.direction = 2 and t.school_id = l.school_id and t.known @> $1 and t.valid @> l.day
      ) other
     where case l.direction when 1 then other.day < l.day else other.day > l.day end
  ), boarding as materialized (
    select distinct s.pupil_id, s.direction, s.day
      from stay s
      join school_open($1, array(select distinct stay.other from stay), array(select distinct stay.school_id from stay)) o
        on o.school_id = s.school_id and o.day = s.other and o.open
      join attends p on p.pupil_id = s.pupil_id and p.school_id = s.school_id and p.valid @> s.other
                    and p.pattern && int4multirange(int4range(fortnight_day(s.other) * 2, fortnight_day(s.other) * 2 + 2))
  ), journey as materialized (
    select r.pupil_id, r.day, r.slot, d.direction, p.pupil_id is not null as placed, e.state as eligibility,
           b.pupil_id is not null as absent,
           case d.direction when 1 then coalesce(p.morning, p.afternoon) else coalesce(p.afternoon, p.morning) end as school_id,
           t.kind, t.fact_id, t.run_id
      from on_register r
      left join placed p on p.pupil_id = r.pupil_id and p.day = r.day
      left join eligibility e on e.pupil_id = r.pupil_id and e.valid @> r.day and e.known @> $1 {pupil:e}
      left join pupil_absence b on b.pupil_id = r.pupil_id and b.valid @> r.day and b.known @> $1 and b.valid && $10 {pupil:b}
     cross join (values (1::smallint), (2::smallint)) d (direction)
      left join travel_arrangement t on t.pupil_id = r.pupil_id and t.direction = d.direction and t.valid @> r.day
                                    and t.days @> r.slot and t.known @> $1 and t.valid && $10 {pupil:t}
  ), consent as materialized (
    select c.pupil_id, c.valid, c.kind from travel_consent c where c.known @> $1 and c.valid && $10 {pupil:c}
  ), wanted_run as materialized (
    select distinct j.run_id, j.day, j.slot from journey j where j.run_id is not null
  ), required_check as materialized (
    select day.day, required.key as post, kind.value as kind
      from day
      join lateral (
        select coalesce((select p.value from policy p where p.name = 'required-checks' and p.known @> $1 and p.valid @> day.day),
               '{"driver": ["dbs", "badge", "licence"], "passenger-assistant": ["dbs", "badge"], "vehicle": ["mot", "insurance"]}'::jsonb) as value
      ) policy on true
     cross join lateral jsonb_each(policy.value) required
     cross join lateral jsonb_array_elements_text(required.value) kind
  ), rostered as materialized (
    select w.run_id, w.day, c.crew_id, c.post
      from wanted_run w
      join run_crew c on c.run_id = w.run_id and c.known @> $1 and c.valid && $10 and c.valid @> w.day and c.days @> w.slot {run:c}
  ), crew_lapsed as materialized (
    -- Most drive out and home again: a person's checks are looked at once a day.
    select distinct c.crew_id, c.post, c.day
      from (select distinct crew_id, post, day from rostered) c
      join required_check need on need.post = c.post and need.day = c.day
      left join crew_check held on held.crew_id = c.crew_id and held.kind = need.kind and held.known @> $1
                               and held.valid && $10 and held.valid @> c.day {crew:held}
     where held.crew_id is null
  ), vehicle_of_run as materialized (
    select w.run_id, w.day, v.vehicle_id
      from wanted_run w
      join run_vehicle v on v.run_id = w.run_id and v.known @> $1 and v.valid && $10 and v.valid @> w.day and v.days @> w.slot {run:v}
  ), vehicle_lapsed as materialized (
    select distinct v.vehicle_id, v.day
      from (select distinct vehicle_id, day from vehicle_of_run) v
      join required_check need on need.post = 'vehicle' and need.day = v.day
      left join vehicle_check held on held.vehicle_id = v.vehicle_id and held.kind = need.kind and held.known @> $1
                                  and held.valid && $10 and held.valid @> v.day {vehicle:held}
     where held.vehicle_id is null
  ), manned as materialized (
    select c.run_id, c.day, count(*) filter (where c.post = 'driver') as drivers,
           count(*) filter (where c.post = 'passenger-assistant') as assistants,
           count(lapsed.crew_id) as lapsed
      from rostered c
      left join crew_lapsed lapsed on lapsed.crew_id = c.crew_id and lapsed.post = c.post and lapsed.day = c.day
     group by c.run_id, c.day
  ), equipped as materialized (
    select v.run_id, v.day, lapsed.vehicle_id is null as checked
      from vehicle_of_run v
      left join vehicle_lapsed lapsed on lapsed.vehicle_id = v.vehicle_id and lapsed.day = v.day
  ), said as materialized (
    select f.contract_id, f.run_id,
           {said:contract-signed} as signed, {said:operator-accepted} as accepted,
           {said:crew-and-vehicle-checked} as checked, {said:school-told} as school_told
      from confirmation f
     where f.pupil_id = 0 and f.known @> $1 and f.valid && $10 {contract:f}
     group by f.contract_id, f.run_id
  ), told as materialized (
    select f.contract_id, f.run_id, f.pupil_id, f.valid
      from confirmation f
     where f.pupil_id > 0 and f.known @> $1 and f.valid && $10 {pupil:f}
  ), run_rung as materialized (
    select w.run_id, w.day, run.route_id, terms.contract_id, deal.operator_id, plan.run_id is not null as runs,
           deal.contract_id is not null as in_force,
           coalesce({then:deal_said.signed}, false) as signed,
           coalesce({then:said.accepted}, false) and standing.standing is distinct from 'suspended' as accepted,
           coalesce({then:said.checked}, false) and coalesce(equipped.checked, false)
             and coalesce(manned.drivers, 0) > 0 and coalesce(manned.assistants, 0) >= plan.assistant_posts
             and manned.lapsed = 0 as checked,
           coalesce({then:said.school_told}, false) as school_told
      from wanted_run w
      join run on run.run_id = w.run_id {run:run}
      left join run_plan plan on plan.run_id = w.run_id and plan.known @> $1 and plan.valid && $10 and plan.valid @> w.day
                             and plan.days @> w.slot {run:plan}
      left join route_terms terms on terms.route_id = run.route_id and terms.known @> $1 and terms.valid @> w.day {route:terms}
      left join contract_terms deal on deal.contract_id = terms.contract_id and deal.known @> $1 and deal.valid @> w.day
                                   and deal.status <> 'handed-back' {contract:deal}
      left join operator_particulars standing on standing.operator_id = deal.operator_id and standing.known @> $1
                                             and standing.valid @> w.day
      left join said on said.contract_id = terms.contract_id and said.run_id = w.run_id
      left join said deal_said on deal_said.contract_id = terms.contract_id and deal_said.run_id = 0
      left join manned on manned.run_id = w.run_id and manned.day = w.day
      left join equipped on equipped.run_id = w.run_id and equipped.day = w.day
  )
  select j.pupil_id, j.direction, j.day,
         case
           when j.not_required is not null then 'not-requiring'
           when j.pending then 'eligibility-pending'
           when j.no_offer is not null then 'no-offer'
           when j.kind = 'seat' then case when j.missing = '{}' then 'confirmed' else 'provisional' end
           when j.kind = 'temporary-vehicle' then 'temporary'
           when j.kind = 'interim-parental' then 'interim-by-family'
           when j.kind = 'offer-declined' then 'offer-declined'
           else 'own-arrangement'
         end,
         coalesce(j.not_required, case when j.pending then j.eligibility end, j.no_offer, j.missing[1]),
         case when j.not_required is null and j.no_offer is null then j.missing else '{}' end,
         j.eligibility, j.school_id, j.area, j.kind, j.fact_id, j.run_id, j.route_id, j.contract_id, j.operator_id
    from (
      select j.pupil_id, j.direction, j.day, j.school_id, j.eligibility, j.kind, j.fact_id, j.run_id,
             r.route_id, r.contract_id, r.operator_id, home.area,
             j.kind is null and coalesce(j.eligibility in ('pending', 'under-appeal'), false) as pending,
             case
               when coalesce(j.eligibility, 'refused') = 'refused' then 'not-eligible'
               when not j.placed then 'no-placement'
               when j.school_id is null then 'not-attending'
               when not open.open then 'school-closed'
               when boards.pupil_id is not null then 'boarding'
               when j.absent then 'absent'
             end as not_required,
             case
               when j.kind is null then 'nothing-arranged'
               when j.kind = 'seat' then
                 case when r.in_force and r.runs then null
                      when not r.runs then 'run-does-not-run'
                      when r.contract_id is null then 'route-not-in-force'
                      else 'contract-not-in-force' end
               when j.kind in ('personal-travel-budget', 'mileage', 'travel-training') and consent.pupil_id is null then 'consent-not-in-force'
             end as no_offer,
             case when j.kind is distinct from 'seat' then '{}'
                  when r.signed and r.accepted and r.checked and r.school_told and told.pupil_id is not null then '{}'
                  else array_remove(array[
                    case when not r.signed then 'contract-signed' end,
                    case when not r.accepted then 'operator-accepted' end,
                    case when not r.checked then 'crew-and-vehicle-checked' end,
                    case when told.pupil_id is null then 'family-told' end,
                    case when not r.school_told then 'school-told' end], null)
             end as missing
        from journey j
        left join open on open.school_id = j.school_id and open.day = j.day
        left join boarding boards on boards.pupil_id = j.pupil_id and boards.direction = j.direction and boards.day = j.day
        left join travel_consent consent on consent.pupil_id = j.pupil_id and consent.kind = j.kind and consent.valid @> j.day
                                        and consent.known @> $1 {pupil:consent}
        left join run_rung r on r.run_id = j.run_id and r.day = j.day
        left join told on told.contract_id = r.contract_id and told.run_id = r.run_id and told.pupil_id = j.pupil_id
                      and told.valid @> j.day
        left join pupil_home home on home.pupil_id = j.pupil_id and home.valid @> j.day and home.known @> $1
                                 and home.pattern @> case j.direction when 1 then j.slot * 2 else j.slot * 2 + 1 end {pupil:home}
      offset 0  -- each of these is worked out once a row, and read several times
    ) j
  $sql$;
  -- Of one day it is enough that something was said; of many, when.
  query := regexp_replace(query, '\{said:([a-z-]+)\}', case when cardinality(p_days) = 1
             then 'bool_or(f.kind = ''\1'')' else 'range_agg(f.valid::daterange) filter (where f.kind = ''\1'')' end, 'g');
  query := regexp_replace(query, '\{then:([a-z_.]+)\}', case when cardinality(p_days) = 1 then '\1' else '\1 @> w.day' end, 'g');
  -- {pupil:x} becomes "and x.pupil_id = any($3)" where there is a scope, and nothing where there is none.
  foreach scope in array array['pupil 3', 'run 5', 'route 6', 'contract 7', 'crew 8', 'vehicle 9'] loop
    query := regexp_replace(query, '\{' || split_part(scope, ' ', 1) || ':(\w+)\}',
               case when p_pupils is null then ''
                    else format('and \1.%s_id = any($%s)', split_part(scope, ' ', 1), split_part(scope, ' ', 2)) end, 'g');
  end loop;
  return query execute query using p_revision, p_days, p_pupils, schools, runs, routes, contracts, crews, vehicles, asked;
end $body$;

-- What the interlock compares is hashed too: where a whole network ends, tens of thousands of days meet as many
-- acceptances, and a loop over both took minutes. What it looks up for one contract keeps its loops over indexes.
alter function worsened_by(bigint) set enable_nestloop = off;
alter function loosened_by(bigint) set enable_nestloop = on;
alter function loosened_fact(bigint) set enable_nestloop = on;
alter function turning_days(bigint, integer[], date) set enable_nestloop = on;
alter function days_to_look_at(bigint, integer[], datemultirange) set enable_nestloop = on;
alter function accepted_days(bigint, integer[]) set enable_nestloop = on;
