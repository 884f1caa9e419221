-- Where every pupil of the county stood on a day at a revision, kept once it was asked: a revision that is sealed never
-- changes, so neither does the answer, and everybody who looks at the same morning after the first is told it at once.
-- It is trusted for as long as the rules are the ones it was made by, and can be thrown away at any time.
create type travel_leg as (
  pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
  eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
  run_id integer, route_id integer, contract_id integer, operator_id integer
);

create unlogged table county_remembered (
  day        date not null,
  revision   bigint not null,
  rules      text not null,                        -- of what `travel_rules` said when it was asked
  asked_at   timestamptz not null default clock_timestamp(),
  legs       travel_leg[] not null,
  primary key (day, revision, rules)
);
-- Packing it small takes longer than reading it large.
alter table county_remembered alter column legs set storage external;

-- The rules by which a travel state is computed, as a fingerprint of the functions that hold them.
create function travel_rules() returns text
language sql stable as $$
  select md5(string_agg(p.prosrc, ' ' order by p.oid))
    from pg_proc p
   where p.pronamespace = 'public'::regnamespace and p.proname in ('travel_state', 'school_open', 'fortnight_day')
$$;

-- What travel_state answers of the whole county on one day: from what is remembered where the revision is sealed, and
-- asked anew where it is still open. p_keep false leaves nothing behind, for who asks a hundred days once.
create function county_state(p_revision bigint, p_day date, p_keep boolean default true)
returns table (
  pupil_id integer, direction smallint, day date, state text, reason text, missing text[],
  eligibility text, school_id integer, area text, arrangement text, arranged_by bigint,
  run_id integer, route_id integer, contract_id integer, operator_id integer
)
language plpgsql volatile rows 13000 as $$
declare
  kept   travel_leg[];
  by_now text := travel_rules();
begin
  select c.legs into kept from county_remembered c
   where c.day = p_day and c.revision = p_revision and c.rules = by_now;
  if kept is not null then
    return query select * from unnest(kept);
  elsif p_keep and exists (select from revision r where r.revision = p_revision and r.hash is not null) then
    select coalesce(array_agg(row(s.*)::travel_leg), '{}') into kept from travel_state(p_revision, array[p_day]) s;
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
