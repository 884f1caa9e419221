-- The heart, faster again: the same answers. What stands on a day is found without reading what stood before it, and
-- what is asked of a whole county on one day, which every page of a morning asks, is planned for just that.
-- The rules are those of 0005; the property test holds them to src/travel-arrangements/travel-state.ts.

-- Whether a fact stood at any time from p_first to p_last, both included, as believed at p_revision: valid && days and
-- known @> revision, said so that the indexes named …_standing answer it in order, by comparing numbers.
create function stands(p_valid daterange, p_known int8range, p_first date, p_last date, p_revision bigint)
returns boolean
language sql immutable parallel safe as $$
  select coalesce(upper(p_valid), 'infinity') > p_first and lower(p_valid) <= p_last
     and coalesce(upper(p_known), 9223372036854775807) > p_revision and lower(p_known) <= p_revision
$$;

-- For every table whose rows pile up with the years. `valid` and `known` stand in them a second time, for PostgreSQL
-- reads an index alone only where it holds whole columns.
create index placement_standing on placement
  (coalesce(upper(valid), 'infinity'), lower(valid), coalesce(upper(known), 9223372036854775807), lower(known))
  include (valid, known, pupil_id, school_id, pattern, boarding);
create index travel_arrangement_standing on travel_arrangement
  (coalesce(upper(valid), 'infinity'), lower(valid), coalesce(upper(known), 9223372036854775807), lower(known))
  include (valid, known, pupil_id, direction, days, kind, run_id, fact_id);
create index run_plan_standing on run_plan
  (coalesce(upper(valid), 'infinity'), lower(valid), coalesce(upper(known), 9223372036854775807), lower(known))
  include (valid, known, run_id, days, assistant_posts);
create index crew_check_standing on crew_check
  (coalesce(upper(valid), 'infinity'), lower(valid), coalesce(upper(known), 9223372036854775807), lower(known))
  include (valid, known, crew_id, kind);
create index vehicle_check_standing on vehicle_check
  (coalesce(upper(valid), 'infinity'), lower(valid), coalesce(upper(known), 9223372036854775807), lower(known))
  include (valid, known, vehicle_id, kind);
create index confirmation_standing on confirmation
  (kind, coalesce(upper(valid), 'infinity'), lower(valid), coalesce(upper(known), 9223372036854775807), lower(known))
  include (valid, known, contract_id, run_id, pupil_id);

-- The one text of the rules is written out several times over here, by the database itself: for a county on one day, for
-- a county on many, and for some pupils. In it
--   {pupil:x}     is "and x.pupil_id = any(p_pupils)" where some are asked about, and nothing where everybody is;
--                 {school:x}, {run:x}, {route:x}, {contract:x}, {crew:x}, {vehicle:x} are the same of what their travel hangs on
--   {stands:x,d}  is that x stood on the day of d: of one day, that it stood; of many, that it stood on some of them, and on
--                 that one. {within:x,d} is the same of a table without an index …_standing
--   {kind:x,k}    is that x is a confirmation of that kind
--   {same:x,d}    is "and x.day = d.day" where there are many days, and {,day:x} is ", x.day"
--   {slot:d}      is the day of the fortnight: of the one day, or of that of d
create function pg_temp.written_out(p_rules text, p_one_day boolean, p_some boolean) returns text
language plpgsql as $$
declare
  -- Of some pupils, facts are found by whose they are: what is said to be true is not looked up in an index of ranges.
  within constant text := case when p_some then '(\1.known @> p_revision and \1.valid && asked) is true'
                               else '\1.known @> p_revision and \1.valid && asked' end;
  stands constant text := case when p_some then within else 'stands(\1.valid, \1.known, first, last, p_revision)' end;
  on_day constant text := case when p_one_day then '' when p_some then ' and (\1.valid @> \2.day) is true'
                               else ' and \1.valid @> \2.day' end;
  of_kind constant text := case when p_some then '(\1.kind = ''\2'') is true' else '\1.kind = ''\2''' end;
  written text := p_rules;
  of      text;
begin
  written := replace(written, '{days}', case when p_one_day then 'not materialized (select first as day)'
    else 'materialized (select d as day from unnest(p_days) d)' end);
  written := regexp_replace(written, '\{within:(\w+),(\w+)\}', within || on_day, 'g');
  written := regexp_replace(written, '\{stands:(\w+),(\w+)\}', stands || on_day, 'g');
  written := regexp_replace(written, '\{kind:(\w+),([a-z-]+)\}', of_kind, 'g');
  written := regexp_replace(written, '\{,day:(\w+)\}', case when p_one_day then '' else ', \1.day' end, 'g');
  written := regexp_replace(written, '\{same:(\w+),(\w+)\}', case when p_one_day then '' else 'and \1.day = \2.day' end, 'g');
  written := regexp_replace(written, '\{slot:(\w+)\}', format('fortnight_day(%s)', case when p_one_day then 'first' else '\1.day' end), 'g');
  foreach of in array array['pupil', 'school', 'run', 'route', 'contract', 'crew', 'vehicle'] loop
    written := regexp_replace(written, format('\{%s:(\w+)\}', of),
                 case when p_some then format('and \1.%s_id = any(%s)', of, of || 's') else '' end, 'g');
  end loop;
  return written;
end $$;

drop function school_open(bigint, date[], integer[]);
do $make$
declare
  schools_open constant text := $open$
  with day as materialized (
    select d as day, fortnight_day(d) as slot,
           make_date((extract(year from d) - (extract(month from d) < 9)::int)::int, 9, 1) as year_from
      from unnest(p_days) d
  ), year as materialized (
    select distinct day.year_from, daterange(day.year_from, (day.year_from + interval '1 year')::date) as span from day
  ), term as materialized (
    select t.school_id, t.valid, year.year_from
      from school_term t join year on t.valid && year.span
     where t.known @> p_revision {school:t}
  ), held as (
    select distinct t.school_id, t.year_from from term t
  ), taught as (
    select distinct t.school_id, day.day from term t join day on t.valid @> day.day
  ), bells as (
    select b.school_id, day.day, bool_or(b.days @> day.slot) as ring
      from bell_time b join day on b.valid @> day.day
     where b.known @> p_revision {school:b}
     group by b.school_id, day.day
  ), shut as (
    select distinct c.school_id, day.day
      from school_closure c join day on c.valid @> day.day
     where c.known @> p_revision and c.part = 'whole-day' {school:c}
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
   where true {school:s}
  $open$;
  rules constant text := $rules$
  with day as {days}, open as materialized (
    select o.school_id, o.day, o.open from school_open(p_revision, p_days, schools) o
  ), placed as materialized (
    -- The school of the morning and that of the afternoon: nearly always the same.
    select h.pupil_id{,day:h},
           max(h.school_id) filter (where h.morning) as morning,
           max(h.boarding) filter (where h.morning) as morning_boarding,
           max(h.school_id) filter (where h.afternoon) as afternoon,
           max(h.boarding) filter (where h.afternoon) as afternoon_boarding
      from (select p.pupil_id{,day:day}, p.school_id, p.boarding,
                   p.pattern @> {slot:day} * 2 as morning, p.pattern @> {slot:day} * 2 + 1 as afternoon
              from day
              join placement p on {stands:p,day} {pupil:p}
            offset 0) h
     group by h.pupil_id{,day:h}
  ), stay as materialized (
    -- A weekly boarder travels in on the first open day of the week and home on the last; a termly one, of the term.
    select l.pupil_id, l.direction, l.day, l.school_id, other.day as other
      from (select p.pupil_id, day.day, d.direction, date_trunc('week', day.day)::date as week,
                   case d.direction when 1 then coalesce(p.morning, p.afternoon) else coalesce(p.afternoon, p.morning) end as school_id,
                   case d.direction when 1 then coalesce(p.morning_boarding, p.afternoon_boarding)
                                    else coalesce(p.afternoon_boarding, p.morning_boarding) end as boarding
              from day
              join placed p on (p.morning_boarding <> 'day' or p.afternoon_boarding <> 'day') {same:p,day}
             cross join (values (1::smallint), (2::smallint)) d (direction)) l
     cross join lateral (
        select l.week + n as day from generate_series(0, 6) n where l.boarding = 'weekly'
         union all
        select lower(t.valid) + n from school_term t, generate_series(0, 13) n
         where l.boarding = 'termly' and l.direction = 1 and t.school_id = l.school_id and t.known @> p_revision and t.valid @> l.day
         union all
        select upper(t.valid) - 1 - n from school_term t, generate_series(0, 13) n
         where l.boarding = 'termly' and l.direction = 2 and t.school_id = l.school_id and t.known @> p_revision and t.valid @> l.day
      ) other
     where case l.direction when 1 then other.day < l.day else other.day > l.day end
  ), boarding as materialized (
    select distinct s.pupil_id, s.direction{,day:s}
      from stay s
      join school_open(p_revision, array(select distinct stay.other from stay), array(select distinct stay.school_id from stay)) o
        on o.school_id = s.school_id and o.day = s.other and o.open
      join placement p on p.pupil_id = s.pupil_id and p.school_id = s.school_id and p.valid @> s.other and p.known @> p_revision
                      and p.pupil_id = any(array(select distinct stay.pupil_id from stay))
                      and p.pattern && int4multirange(int4range(fortnight_day(s.other) * 2, fortnight_day(s.other) * 2 + 2))
  ), arranged as materialized (
    select t.pupil_id, t.direction{,day:day}, t.kind, t.fact_id, t.run_id
      from day
      join travel_arrangement t on {stands:t,day} and t.days @> {slot:day} {pupil:t}
  ), wanted_run as materialized (
    select distinct t.run_id{,day:t} from arranged t where t.run_id is not null
  ), required_check as materialized (
    select required.key as post, kind.value as kind{,day:day}
      from day
      join lateral (
        select coalesce((select p.value from policy p where p.name = 'required-checks' and p.known @> p_revision and p.valid @> day.day),
               '{"driver": ["dbs", "badge", "licence"], "passenger-assistant": ["dbs", "badge"], "vehicle": ["mot", "insurance"]}'::jsonb) as value
      ) policy on true
     cross join lateral jsonb_each(policy.value) required
     cross join lateral jsonb_array_elements_text(required.value) kind
  ), rostered as materialized (
    select w.run_id{,day:w}, c.crew_id, c.post
      from wanted_run w
      join run_crew c on c.run_id = w.run_id and {within:c,w} and c.days @> {slot:w} {run:c}
  ), crew_lapsed as materialized (
    -- Most drive out and home again: a person's checks are looked at once a day.
    select distinct c.crew_id, c.post{,day:c}
      from (select distinct r.crew_id, r.post{,day:r} from rostered r) c
      join required_check need on need.post = c.post {same:need,c}
      left join crew_check held on held.crew_id = c.crew_id and held.kind = need.kind
                               and {stands:held,c} {crew:held}
     where held.crew_id is null
  ), vehicle_of_run as materialized (
    select w.run_id{,day:w}, v.vehicle_id
      from wanted_run w
      join run_vehicle v on v.run_id = w.run_id and {within:v,w} and v.days @> {slot:w} {run:v}
  ), vehicle_lapsed as materialized (
    select distinct v.vehicle_id{,day:v}
      from (select distinct r.vehicle_id{,day:r} from vehicle_of_run r) v
      join required_check need on need.post = 'vehicle' {same:need,v}
      left join vehicle_check held on held.vehicle_id = v.vehicle_id and held.kind = need.kind
                                  and {stands:held,v} {vehicle:held}
     where held.vehicle_id is null
  ), manned as materialized (
    select c.run_id{,day:c}, count(*) filter (where c.post = 'driver') as drivers,
           count(*) filter (where c.post = 'passenger-assistant') as assistants,
           count(lapsed.crew_id) as lapsed
      from rostered c
      left join crew_lapsed lapsed on lapsed.crew_id = c.crew_id and lapsed.post = c.post {same:lapsed,c}
     group by c.run_id{,day:c}
  ), run_rung as materialized (
    select w.run_id{,day:w}, run.route_id, terms.contract_id, deal.operator_id, plan.run_id is not null as runs,
           deal.contract_id is not null as in_force,
           signed.kind is not null as signed,
           accepted.kind is not null and standing.standing is distinct from 'suspended' as accepted,
           checked.kind is not null and vehicle.run_id is not null and no_vehicle.vehicle_id is null
             and coalesce(manned.drivers, 0) > 0 and coalesce(manned.assistants, 0) >= plan.assistant_posts
             and manned.lapsed = 0 as checked,
           school_told.kind is not null as school_told
      from wanted_run w
      join run on run.run_id = w.run_id {run:run}
      left join run_plan plan on plan.run_id = w.run_id and {stands:plan,w}
                             and plan.days @> {slot:w} {run:plan}
      left join route_terms terms on terms.route_id = run.route_id and {within:terms,w} {route:terms}
      left join contract_terms deal on deal.contract_id = terms.contract_id and {within:deal,w}
                                   and deal.status <> 'handed-back' {contract:deal}
      left join operator_particulars standing on standing.operator_id = deal.operator_id and {within:standing,w}
      left join confirmation signed on {kind:signed,contract-signed} and signed.contract_id = terms.contract_id
                                   and {stands:signed,w} {contract:signed}
      left join confirmation accepted on {kind:accepted,operator-accepted} and accepted.contract_id = terms.contract_id
                                     and accepted.run_id = w.run_id
                                     and {stands:accepted,w} {contract:accepted}
      left join confirmation checked on {kind:checked,crew-and-vehicle-checked} and checked.contract_id = terms.contract_id
                                    and checked.run_id = w.run_id
                                    and {stands:checked,w} {contract:checked}
      left join confirmation school_told on {kind:school_told,school-told} and school_told.contract_id = terms.contract_id
                                        and school_told.run_id = w.run_id
                                        and {stands:school_told,w} {contract:school_told}
      left join manned on manned.run_id = w.run_id {same:manned,w}
      left join vehicle_of_run vehicle on vehicle.run_id = w.run_id {same:vehicle,w}
      left join vehicle_lapsed no_vehicle on no_vehicle.vehicle_id = vehicle.vehicle_id {same:no_vehicle,w}
  ), leg as (
    select r.pupil_id, day.day, d.direction, p.pupil_id is not null as placed, e.state as eligibility,
           b.pupil_id is not null as absent,
           case d.direction when 1 then coalesce(p.morning, p.afternoon) else coalesce(p.afternoon, p.morning) end as school_id
      from day
      join pupil_registration r on {within:r,day} {pupil:r}
      left join placed p on p.pupil_id = r.pupil_id {same:p,day}
      left join eligibility e on e.pupil_id = r.pupil_id and {within:e,day} {pupil:e}
      left join pupil_absence b on b.pupil_id = r.pupil_id and {within:b,day} {pupil:b}
     cross join (values (1::smallint), (2::smallint)) d (direction)
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
      select leg.pupil_id, leg.direction, leg.day, leg.school_id, leg.eligibility, t.kind, t.fact_id, t.run_id,
             r.route_id, r.contract_id, r.operator_id, home.area,
             t.kind is null and coalesce(leg.eligibility in ('pending', 'under-appeal'), false) as pending,
             case
               when coalesce(leg.eligibility, 'refused') = 'refused' then 'not-eligible'
               when not leg.placed then 'no-placement'
               when leg.school_id is null then 'not-attending'
               when not open.open then 'school-closed'
               when boards.pupil_id is not null then 'boarding'
               when leg.absent then 'absent'
             end as not_required,
             case
               when t.kind is null then 'nothing-arranged'
               when t.kind = 'seat' then
                 case when r.in_force and r.runs then null
                      when not r.runs then 'run-does-not-run'
                      when r.contract_id is null then 'route-not-in-force'
                      else 'contract-not-in-force' end
               when t.kind in ('personal-travel-budget', 'mileage', 'travel-training') and consent.pupil_id is null then 'consent-not-in-force'
             end as no_offer,
             case when t.kind is distinct from 'seat' then '{}'
                  when r.signed and r.accepted and r.checked and r.school_told and told.pupil_id is not null then '{}'
                  else array_remove(array[
                    case when not r.signed then 'contract-signed' end,
                    case when not r.accepted then 'operator-accepted' end,
                    case when not r.checked then 'crew-and-vehicle-checked' end,
                    case when told.pupil_id is null then 'family-told' end,
                    case when not r.school_told then 'school-told' end], null)
             end as missing
        from leg
        left join arranged t on t.pupil_id = leg.pupil_id and t.direction = leg.direction {same:t,leg}
        left join open on open.school_id = leg.school_id {same:open,leg}
        left join boarding boards on boards.pupil_id = leg.pupil_id and boards.direction = leg.direction {same:boards,leg}
        left join travel_consent consent on consent.pupil_id = t.pupil_id and consent.kind = t.kind and {within:consent,leg} {pupil:consent}
        left join run_rung r on r.run_id = t.run_id {same:r,leg}
        left join confirmation told on {kind:told,family-told} and told.contract_id = r.contract_id and told.run_id = r.run_id
                                   and told.pupil_id = t.pupil_id and {stands:told,leg} {pupil:told}
        left join pupil_home home on home.pupil_id = leg.pupil_id and {within:home,leg}
                                 and home.pattern @> case leg.direction when 1 then {slot:leg} * 2 else {slot:leg} * 2 + 1 end
 {pupil:home}
      offset 0  -- each of these is worked out once a row, and read several times
    ) j
  $rules$;
begin
  -- When each school is open, as in 0005; of its terms only those of the academic years asked about are read, and the
  -- plan, which is the same whatever is asked, is kept.
  execute format($f$
    create function school_open(p_revision bigint, p_days date[], schools integer[] default null)
    returns table (school_id integer, day date, open boolean, calendar_held boolean)
    language plpgsql stable rows 200
    set enable_nestloop = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan
    as $body$
    #variable_conflict use_column
    begin
      if schools is null then
        return query %s;
      else
        return query %s;
      end if;
    end $body$
  $f$, pg_temp.written_out(schools_open, false, false), pg_temp.written_out(schools_open, false, true));

  -- Everything is hashed: the planner, blind to what ranges have in common, expects one row of each and would loop or
  -- sort for thousands. Joins are made in the order they are written: working out another takes too long.
  execute format($f$
    create or replace function travel_state(p_revision bigint, p_days date[], p_pupils integer[] default null)
    returns table (
      pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
      eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
      run_id integer, route_id integer, contract_id integer, operator_id integer
    )
    language plpgsql stable rows 13000
    set enable_nestloop = off set enable_mergejoin = off set join_collapse_limit = 1 set from_collapse_limit = 1
    set plan_cache_mode = force_custom_plan
    as $body$
    #variable_conflict use_column
    declare
      first   date;
      last    date;
      asked   daterange;
      schools integer[];
    begin
      select min(d), max(d), daterange(min(d), max(d), '[]') into first, last, asked from unnest(p_days) d;
      if first is null then
        return;
      elsif p_pupils is not null then
        return query select * from travel_state_of(p_revision, p_days, p_pupils);
      elsif cardinality(p_days) = 1 then
        return query %s;
      else
        return query %s;
      end if;
    end $body$
  $f$, pg_temp.written_out(rules, true, false), pg_temp.written_out(rules, false, false));

  -- Of some pupils, only the rows their travel hangs on are read.
  execute format($f$
    create function travel_state_of(p_revision bigint, p_days date[], pupils integer[])
    returns table (
      pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
      eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
      run_id integer, route_id integer, contract_id integer, operator_id integer
    )
    language plpgsql stable
    set enable_nestloop = off set enable_mergejoin = off set join_collapse_limit = 1 set from_collapse_limit = 1
    set plan_cache_mode = force_custom_plan
    as $body$
    #variable_conflict use_column
    declare
      asked     daterange;
      schools   integer[];
      runs      integer[];
      routes    integer[];
      contracts integer[];
      crews     integer[];
      vehicles  integer[];
    begin
      asked := (select daterange(min(d), max(d), '[]') from unnest(p_days) d);
      schools := array(select distinct p.school_id from placement p where p.pupil_id = any(pupils));
      runs := array(select distinct t.run_id from travel_arrangement t
                     where t.pupil_id = any(pupils) and t.run_id is not null and t.known @> p_revision and t.valid && asked);
      routes := array(select distinct r.route_id from run r where r.run_id = any(runs));
      contracts := array(select distinct t.contract_id from route_terms t
                          where t.route_id = any(routes) and t.known @> p_revision and t.valid && asked);
      crews := array(select distinct c.crew_id from run_crew c
                      where c.run_id = any(runs) and c.known @> p_revision and c.valid && asked);
      vehicles := array(select distinct v.vehicle_id from run_vehicle v
                         where v.run_id = any(runs) and v.known @> p_revision and v.valid && asked);
      return query %s;
    end $body$
  $f$, pg_temp.written_out(rules, false, true));
end $make$;

drop function pg_temp.written_out(text, boolean, boolean);

-- What is remembered of a morning is trusted for as long as these functions are the ones it was made by.
create or replace function travel_rules() returns text
language sql stable as $$
  select md5(string_agg(p.prosrc, ' ' order by p.oid))
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace and p.proname in ('travel_state', 'school_open', 'stands', 'fortnight_day')
$$;
