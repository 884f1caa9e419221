-- A search of many pupils is cut into areas, each looked for by itself by whichever worker is free; once all are found the
-- search goes on from them together. As with a search, a row is work: an area whose worker has fallen silent is anybody's.
create table plan_search_area (
  search_id   integer not null references plan_search,
  area        integer not null check (area > 0),
  rides       integer[] not null check (cardinality(rides) > 0),  -- their numbers in the question
  pupils      integer not null check (pupils > 0),
  at_most     jsonb not null,                  -- of each kind of vehicle, how many of those there are; null without limit
  seconds     real not null check (seconds > 0),
  state       text not null default 'waiting' check (state in ('waiting', 'searching', 'found')),
  worker      text,
  heard_at    timestamptz,
  spent       real not null default 0,
  rounds      bigint not null default 0,
  weighed_pence bigint,                        -- of the best so far
  unplaced    integer,
  vehicles    jsonb,                           -- the best so far, its rides numbered within the area
  primary key (search_id, area),
  check ((vehicles is null) = (weighed_pence is null) and (vehicles is null) = (unplaced is null)),
  check (state <> 'found' or vehicles is not null)
);
