-- Networks of roads that somebody asked for: of which extract, and what became of it. A row is work, not knowledge: how far
-- it has come is written over. That a network is in use is recorded in a revision, by whoever asked for it.
create table road_build (
  build_id integer generated always as identity primary key,
  extract  text not null check (extract <> ''),   -- the name of its file
  asked_by integer not null references person (person_id),
  asked_at timestamptz not null,
  state    text not null default 'waiting' check (state in ('waiting', 'building', 'built', 'failed')),
  doing    text not null default '',              -- what is being done, in words
  done     real not null default 0 check (done between 0 and 1),
  ended_at timestamptz,
  network  text,                                  -- the name the network gave itself
  far_schools text[] not null default '{}',       -- schools that no road of it is near
  failure  text,                                  -- why there is none, in a sentence
  check ((state in ('built', 'failed')) = (ended_at is not null)),
  check ((state = 'built') = (network is not null)),
  check ((state = 'failed') = (failure is not null))
);
create index road_build_of on road_build (network, build_id desc);
