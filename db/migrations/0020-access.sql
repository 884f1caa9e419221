-- Who may come in, who is in, and who looked at which child.

-- Whether somebody was a commissioner last March is a question people ask: so a role is a fact with two clocks.
create table person_role (
  fact_id   bigint generated always as identity primary key,
  person_id integer not null references person,
  role      text not null check (role in ('transport-officer', 'eligibility-officer', 'commissioner', 'manager',
                                          'auditor', 'administrator')),
  valid span not null, known knowledge not null default int8range(current_revision(), null)
);
call make_fact_kind('person_role', '{person_id,role}');

-- How a person signs in. Kept out of the audit chain: a password's hash is nobody's history.
create table account (
  person_id     integer primary key references person,
  password      text,                                  -- null: signs in by another way, or as one of the cast
  demonstration boolean not null default false,        -- one click, and heeded in a demonstration county only
  opened_at     timestamptz not null,
  closed_at     timestamptz
);

-- The token itself is in the person's browser and nowhere else.
create table session (
  token_hash bytea primary key,
  person_id  integer not null references account,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  ended_at   timestamptz,
  address    inet,
  notice     text                                      -- what the next page tells them, once
);
create index session_of_person on session (person_id) where ended_at is null;

-- Written before the guess is looked at, so that a thousand at once are counted too; a right one is taken out again.
create table wrong_guess (
  guess_id   bigint generated always as identity primary key,
  guessed_at timestamptz not null,
  email      text not null,
  address    inet
);
create index wrong_guess_at on wrong_guess (guessed_at);

-- Every look at a child, one row a page. Far too many for the audit chain, and never changed either.
create table look (
  looked_at timestamptz not null,
  person_id integer not null references person,
  page      text not null,
  pupils    integer[] not null check (cardinality(pupils) > 0)
);
create index look_at_pupil on look using gin (pupils);
create index look_by_person on look (person_id, looked_at);
create trigger kept before update or delete on look for each row execute function refuse_change();
create trigger kept_whole before truncate on look execute function refuse_change();

-- Signs the cookies and forms of every web server on this database.
create table web_secret (
  one    boolean primary key default true check (one),
  secret bytea not null
);
insert into web_secret (secret)
values (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
