-- What was asked of the optimiser, frozen with its hash when a search was asked for: whoever carries on, and whoever
-- changes the plan by hand later, goes by the same people, prices and rules.
create table plan_question (
  question_id integer generated always as identity primary key,
  scenario_id integer not null references scenario_baseline,
  cut         bigint not null references revision,   -- what was known of its people
  sha256      bytea not null check (octet_length(sha256) = 32),
  revision    bigint not null default current_revision() references revision
);
call audit_table('plan_question', 'question_id');
create trigger kept before update or delete on plan_question for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_question execute function refuse_change();

create table plan_question_bytes (
  question_id integer primary key references plan_question,
  bytes       bytea not null
);
create trigger kept before update or delete on plan_question_bytes for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_question_bytes execute function refuse_change();

-- A plan in whole numbers: the calls of each of its vehicles, by which it can be searched on from.
create table found_plan_calls (
  plan_id     integer primary key references found_plan,
  question_id integer not null references plan_question,
  vehicles    jsonb not null
);
create trigger kept before update or delete on found_plan_calls for each row execute function refuse_change();
create trigger kept_whole before truncate on found_plan_calls execute function refuse_change();

-- Searches that somebody asked for. A row is work, not knowledge: how far it has come is written over. Whoever works on it
-- says so every few seconds; a search whose worker has fallen silent is anybody's, from the last better plan on.
create table plan_search (
  search_id   integer generated always as identity primary key,
  question_id integer not null references plan_question,
  goes_on_from integer references found_plan,
  asked_by    integer not null references person (person_id),
  asked_at    timestamptz not null,
  seconds     integer not null check (seconds > 0),
  seed        integer not null check (seed >= 0),
  state       text not null default 'waiting' check (state in ('waiting', 'searching', 'kept', 'failed')),
  stop_asked_by integer references person (person_id),
  worker      text,
  heard_at    timestamptz,
  spent       real not null default 0,          -- seconds, of every worker together
  rounds      bigint not null default 0,
  bound_pence bigint,                           -- no plan can cost less on an average day, those left out counted
  vehicles    jsonb,                            -- the best so far
  plan_id     integer references found_plan,
  failure     text,                             -- why there is none, in a sentence
  check ((state = 'kept') = (plan_id is not null)),
  check ((state = 'failed') = (failure is not null))
);
create index plan_search_of on plan_search (question_id, search_id desc);

-- Each better plan, as it was found.
create table plan_search_better (
  search_id   integer not null references plan_search,
  spent       real not null,
  rounds      bigint not null,
  weighed_pence bigint not null,                -- on an average day, with what it counts for hardship
  unplaced    integer not null,                 -- rides without a place
  primary key (search_id, spent)
);
