-- The heart: where each pupil's travel stands on a day, in a direction, on what we knew at a revision. Computed,
-- never stored. The same rules stand as a pure function in src/travel-arrangements/travel-state.ts; a property test
-- holds the two together over generated histories.

-- When each school is open: its own terms, less bank holidays and whole-day closures, on days it has bells.
-- A school whose calendar we do not hold for that academic year is taken as open, so that nobody is overlooked.
create function school_open(p_revision bigint, p_days date[], p_schools integer[] default null)
returns table (school_id integer, day date, open boolean, calendar_held boolean)
language sql stable as $$
  with day as materialized (
    select d as day, fortnight_day(d) as slot,
           make_date((extract(year from d) - (extract(month from d) < 9)::int)::int, 9, 1) as year_from
      from unnest(p_days) d
  ), term as materialized (
    select t.school_id, t.valid from school_term t
     where t.known @> p_revision and (p_schools is null or t.school_id = any(p_schools))
  ), held as (
    select distinct t.school_id, y.year_from
      from term t
      join (select distinct year_from from day) y on t.valid && daterange(y.year_from, (y.year_from + interval '1 year')::date)
  ), taught as (
    select distinct t.school_id, day.day from term t join day on t.valid @> day.day
  ), bells as (
    select b.school_id, day.day, bool_or(b.days @> day.slot) as ring
      from bell_time b join day on b.valid @> day.day
     where b.known @> p_revision and (p_schools is null or b.school_id = any(p_schools))
     group by b.school_id, day.day
  ), shut as (
    select distinct c.school_id, day.day
      from school_closure c join day on c.valid @> day.day
     where c.known @> p_revision and c.part = 'whole-day' and (p_schools is null or c.school_id = any(p_schools))
  ), holiday as (
    select distinct day.day from bank_holiday h join day on h.valid @> day.day where h.known @> p_revision
  )
  select s.school_id, day.day,
         (held.school_id is null or taught.school_id is not null)
         and coalesce(bells.ring, day.slot % 7 < 5) and shut.school_id is null and holiday.day is null,
         held.school_id is not null
    from school s
   cross join day
    left join held on held.school_id = s.school_id and held.year_from = day.year_from
    left join taught on taught.school_id = s.school_id and taught.day = day.day
    left join bells on bells.school_id = s.school_id and bells.day = day.day
    left join shut on shut.school_id = s.school_id and shut.day = day.day
    left join holiday on holiday.day = day.day
   where p_schools is null or s.school_id = any(p_schools)
$$;

-- One row a pupil on the register, direction and day. p_pupils null is the whole county.
--   state    one of the nine; see docs/glossary.md, "travel state"
--   reason   why not required, why there is no offer, or the first rung missing
--   missing  every rung not climbed, in the order of the ladder
create function travel_state(p_revision bigint, p_days date[], p_pupils integer[] default null)
returns table (
  pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
  eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
  run_id integer, route_id integer, contract_id integer, operator_id integer
)
language plpgsql stable as $body$
declare
  query     text;
  scope     text;
  schools   integer[];
  runs      integer[] := '{}';
  routes    integer[] := '{}';
  contracts integer[] := '{}';
  crews     integer[] := '{}';
  vehicles  integer[] := '{}';
begin
  -- For some pupils, only the rows their travel hangs on are read; for the county, every table once.
  if p_pupils is not null then
    select array_agg(distinct p.school_id) into schools from placement p where p.pupil_id = any(p_pupils);
    select coalesce(array_agg(distinct t.run_id), '{}') into runs
      from travel_arrangement t where t.pupil_id = any(p_pupils) and t.run_id is not null and t.known @> p_revision;
    select coalesce(array_agg(distinct r.route_id), '{}') into routes from run r where r.run_id = any(runs);
    select coalesce(array_agg(distinct t.contract_id), '{}') into contracts
      from route_terms t where t.route_id = any(routes) and t.known @> p_revision;
    select coalesce(array_agg(distinct c.crew_id), '{}') into crews
      from run_crew c where c.run_id = any(runs) and c.known @> p_revision;
    select coalesce(array_agg(distinct v.vehicle_id), '{}') into vehicles
      from run_vehicle v where v.run_id = any(runs) and v.known @> p_revision;
    schools := coalesce(schools, '{}');
  end if;
  -- Everything is hashed: the planner, blind to ranges, expects one row of each and would loop or sort for thousands.
  perform set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true);
  query := $sql$
  with day as materialized (
    select d as day, fortnight_day(d) as slot, date_trunc('week', d)::date as week
      from unnest($2) d
  ), open as materialized (
    select o.school_id, o.day, o.open from school_open($1, $2, $4) o
  ), attends as materialized (
    select p.pupil_id, p.school_id, p.pattern, p.boarding, p.valid
      from placement p where p.known @> $1 {pupil:p}
  ), on_register as materialized (
    select r.pupil_id, day.day, day.slot, day.week
      from pupil_registration r join day on r.valid @> day.day
     where r.known @> $1 {pupil:r}
  ), leg as materialized (
    select r.pupil_id, r.day, r.slot, r.week, d.direction,
           case d.direction when 1 then coalesce(m.school_id, a.school_id) else coalesce(a.school_id, m.school_id) end as school_id,
           case d.direction when 1 then coalesce(m.boarding, a.boarding) else coalesce(a.boarding, m.boarding) end as boarding
      from on_register r
      left join attends m on m.pupil_id = r.pupil_id and m.valid @> r.day and m.pattern @> r.slot * 2
      left join attends a on a.pupil_id = r.pupil_id and a.valid @> r.day and a.pattern @> r.slot * 2 + 1
     cross join (values (1::smallint), (2::smallint)) d (direction)
  ), placed as materialized (
    select distinct r.pupil_id, r.day from on_register r join attends p on p.pupil_id = r.pupil_id and p.valid @> r.day
  ), decided as materialized (
    select e.pupil_id, day.day, e.state
      from eligibility e join day on e.valid @> day.day
     where e.known @> $1 {pupil:e}
  ), absent as materialized (
    select b.pupil_id, day.day
      from pupil_absence b join day on b.valid @> day.day
     where b.known @> $1 {pupil:b}
  ), arranged as materialized (
    select t.fact_id, t.pupil_id, t.direction, day.day, day.slot, t.kind, t.run_id
      from travel_arrangement t join day on t.valid @> day.day and t.days @> day.slot
     where t.known @> $1 {pupil:t}
  ), consent as materialized (
    select c.pupil_id, day.day, c.kind
      from travel_consent c join day on c.valid @> day.day
     where c.known @> $1 {pupil:c}
  ), wanted_run as materialized (
    select distinct t.run_id, t.day, t.slot from arranged t where t.run_id is not null
  ), running as materialized (
    select w.run_id, w.day, run.route_id,
           plan.run_id is not null as runs, plan.assistant_posts,
           terms.contract_id, deal.operator_id, deal.contract_id is not null as in_force,
           standing.standing
      from wanted_run w
      join run on run.run_id = w.run_id {run:run}
      left join run_plan plan on plan.run_id = w.run_id and plan.known @> $1 and plan.valid @> w.day and plan.days @> w.slot {run:plan}
      left join route_terms terms on terms.route_id = run.route_id and terms.known @> $1 and terms.valid @> w.day {route:terms}
      left join contract_terms deal on deal.contract_id = terms.contract_id and deal.known @> $1 and deal.valid @> w.day
                                   and deal.status <> 'handed-back' {contract:deal}
      left join operator_particulars standing on standing.operator_id = deal.operator_id and standing.known @> $1
                                             and standing.valid @> w.day
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
      join run_crew c on c.run_id = w.run_id and c.known @> $1 and c.valid @> w.day and c.days @> w.slot {run:c}
  ), crew_lapsed as materialized (
    select distinct c.run_id, c.day
      from rostered c
      join required_check need on need.post = c.post and need.day = c.day
      left join crew_check held on held.crew_id = c.crew_id and held.kind = need.kind and held.known @> $1
                               and held.valid @> c.day {crew:held}
     where held.crew_id is null
  ), vehicle_of_run as materialized (
    select w.run_id, w.day, v.vehicle_id
      from wanted_run w
      join run_vehicle v on v.run_id = w.run_id and v.known @> $1 and v.valid @> w.day and v.days @> w.slot {run:v}
  ), vehicle_lapsed as materialized (
    select distinct v.run_id, v.day
      from vehicle_of_run v
      join required_check need on need.post = 'vehicle' and need.day = v.day
      left join vehicle_check held on held.vehicle_id = v.vehicle_id and held.kind = need.kind and held.known @> $1
                                  and held.valid @> v.day {vehicle:held}
     where held.vehicle_id is null
  ), manned as materialized (
    select run_id, day, count(*) filter (where post = 'driver') as drivers,
           count(*) filter (where post = 'passenger-assistant') as assistants
      from rostered group by run_id, day
  ), word as materialized (
    select f.kind, f.contract_id, f.run_id, f.pupil_id, day.day
      from confirmation f join day on f.valid @> day.day
     where f.known @> $1 {contract:f}
  ), run_word as materialized (
    select w.contract_id, w.run_id, w.day,
           bool_or(w.kind = 'operator-accepted') as accepted,
           bool_or(w.kind = 'crew-and-vehicle-checked') as checked,
           bool_or(w.kind = 'school-told') as school_told
      from word w where w.pupil_id = 0 and w.run_id <> 0
     group by w.contract_id, w.run_id, w.day
  ), run_rung as materialized (
    select r.run_id, r.day, r.route_id, r.contract_id, r.operator_id, r.runs, r.in_force,
           signed.contract_id is not null as signed,
           coalesce(said.accepted, false) and r.standing is distinct from 'suspended' as accepted,
           coalesce(said.checked, false) and vehicle.run_id is not null
             and coalesce(manned.drivers, 0) > 0 and coalesce(manned.assistants, 0) >= r.assistant_posts
             and no_crew.run_id is null and no_vehicle.run_id is null as checked,
           coalesce(said.school_told, false) as school_told
      from running r
      left join word signed on signed.kind = 'contract-signed' and signed.contract_id = r.contract_id and signed.day = r.day
      left join run_word said on said.contract_id = r.contract_id and said.run_id = r.run_id and said.day = r.day
      left join manned on manned.run_id = r.run_id and manned.day = r.day
      left join vehicle_of_run vehicle on vehicle.run_id = r.run_id and vehicle.day = r.day
      left join crew_lapsed no_crew on no_crew.run_id = r.run_id and no_crew.day = r.day
      left join vehicle_lapsed no_vehicle on no_vehicle.run_id = r.run_id and no_vehicle.day = r.day
  ), boarding as materialized (
    -- A weekly boarder travels in on the first open day of the week and home on the last; a termly one, of the term.
    select distinct on (l.pupil_id, l.direction, l.day) l.pupil_id, l.direction, l.day
      from (select leg.pupil_id, leg.direction, leg.day, leg.week, leg.school_id, leg.boarding from leg where leg.boarding in ('weekly', 'termly')) l
     cross join lateral (
        select s.day
          from (select l.week + n as day from generate_series(0, 6) n where l.boarding = 'weekly'
                union all
                select lower(t.valid) + n from school_term t, generate_series(0, 13) n
                 where l.boarding = 'termly' and l.direction = 1 and t.school_id = l.school_id and t.known @> $1 and t.valid @> l.day
                union all
                select upper(t.valid) - 1 - n from school_term t, generate_series(0, 13) n
                 where l.boarding = 'termly' and l.direction = 2 and t.school_id = l.school_id and t.known @> $1 and t.valid @> l.day) s
         where case l.direction when 1 then s.day < l.day else s.day > l.day end
           and (select o.open from school_open($1, array[s.day], array[l.school_id]) o)
           and exists (select 1 from attends p where p.pupil_id = l.pupil_id and p.school_id = l.school_id and p.valid @> s.day
                          and p.pattern && int4multirange(int4range(fortnight_day(s.day) * 2, fortnight_day(s.day) * 2 + 2)))
         limit 1
      ) nearer_the_end
  ), home as materialized (
    select h.pupil_id, h.valid, h.pattern, h.area from pupil_home h where h.known @> $1 {pupil:h}
  ), judged as (
    select leg.pupil_id, leg.direction, leg.day, leg.slot, leg.school_id, decided.state as eligibility,
           t.kind, t.fact_id, t.run_id, r.route_id, r.contract_id, r.operator_id,
           case
             when coalesce(decided.state, 'refused') = 'refused' then 'not-eligible'
             when placed.pupil_id is null then 'no-placement'
             when leg.school_id is null then 'not-attending'
             when not open.open then 'school-closed'
             when boards.pupil_id is not null then 'boarding'
             when absent.pupil_id is not null then 'absent'
           end as not_required,
           case
             when t.kind is null then 'nothing-arranged'
             when t.kind = 'seat' and not r.runs then 'run-does-not-run'
             when t.kind = 'seat' and r.contract_id is null then 'route-not-in-force'
             when t.kind = 'seat' and not r.in_force then 'contract-not-in-force'
             when t.kind in ('personal-travel-budget', 'mileage', 'travel-training') and consent.pupil_id is null then 'consent-not-in-force'
           end as no_offer,
           case when t.kind = 'seat' then
             array_remove(array[
               case when not r.signed then 'contract-signed' end,
               case when not r.accepted then 'operator-accepted' end,
               case when not r.checked then 'crew-and-vehicle-checked' end,
               case when told.pupil_id is null then 'family-told' end,
               case when not r.school_told then 'school-told' end], null)
           else '{}' end as missing
      from leg
      left join placed on placed.pupil_id = leg.pupil_id and placed.day = leg.day
      left join open on open.school_id = leg.school_id and open.day = leg.day
      left join boarding boards on boards.pupil_id = leg.pupil_id and boards.direction = leg.direction and boards.day = leg.day
      left join decided on decided.pupil_id = leg.pupil_id and decided.day = leg.day
      left join absent on absent.pupil_id = leg.pupil_id and absent.day = leg.day
      left join arranged t on t.pupil_id = leg.pupil_id and t.direction = leg.direction and t.day = leg.day
      left join consent on consent.pupil_id = leg.pupil_id and consent.day = leg.day and consent.kind = t.kind
      left join run_rung r on r.run_id = t.run_id and r.day = leg.day
      left join word told on told.kind = 'family-told' and told.contract_id = r.contract_id and told.run_id = r.run_id
                         and told.pupil_id = leg.pupil_id and told.day = leg.day
  )
  select j.pupil_id, j.direction, j.day,
         case
           when j.not_required is not null then 'not-requiring'
           when j.kind is null and j.eligibility in ('pending', 'under-appeal') then 'eligibility-pending'
           when j.no_offer is not null then 'no-offer'
           when j.kind = 'seat' then case when cardinality(j.missing) = 0 then 'confirmed' else 'provisional' end
           when j.kind = 'temporary-vehicle' then 'temporary'
           when j.kind = 'interim-parental' then 'interim-by-family'
           when j.kind = 'offer-declined' then 'offer-declined'
           else 'own-arrangement'
         end,
         case
           when j.not_required is not null then j.not_required
           when j.kind is null and j.eligibility in ('pending', 'under-appeal') then j.eligibility
           when j.no_offer is not null then j.no_offer
           else j.missing[1]
         end,
         case when j.not_required is null and j.no_offer is null then j.missing else '{}' end,
         j.eligibility, j.school_id, home.area, j.kind, j.fact_id, j.run_id, j.route_id, j.contract_id, j.operator_id
    from judged j
    left join home on home.pupil_id = j.pupil_id and home.valid @> j.day
                  and home.pattern @> case j.direction when 1 then j.slot * 2 else j.slot * 2 + 1 end
  $sql$;
  -- {pupil:x} becomes "and x.pupil_id = any($3)" where there is a scope, and nothing where there is none.
  foreach scope in array array['pupil 3', 'run 5', 'route 6', 'contract 7', 'crew 8', 'vehicle 9'] loop
    query := regexp_replace(query, '\{' || split_part(scope, ' ', 1) || ':(\w+)\}',
               case when p_pupils is null then ''
                    else format('and \1.%s_id = any($%s)', split_part(scope, ' ', 1), split_part(scope, ' ', 2)) end, 'g');
  end loop;
  return query execute query using p_revision, p_days, p_pupils, schools, runs, routes, contracts, crews, vehicles;
  perform set_config('enable_nestloop', 'on', true), set_config('enable_mergejoin', 'on', true);
end $body$;
