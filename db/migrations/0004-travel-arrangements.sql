-- What each pupil gets, one arrangement for a direction of a day: a seat and an allowance stand in the same table,
-- so the same constraint forbids two seats and a seat beside an allowance.

create table travel_arrangement (
  fact_id   bigint generated always as identity primary key,
  pupil_id  integer not null references pupil,
  direction smallint not null check (direction in (1, 2)),
  days      days_of_fortnight not null default '{[0,5),[7,12)}',
  kind      text not null check (kind in ('seat', 'temporary-vehicle', 'personal-travel-budget', 'mileage',
                                          'travel-pass', 'travel-training', 'interim-parental', 'offer-declined')),
  run_id    integer references run,
  provider  text,
  reason    text,
  details   jsonb not null default '{}',
  valid span not null, known knowledge not null default int8range(current_revision(), null),
  check ((kind = 'seat') = (run_id is not null)),
  check (kind <> 'temporary-vehicle' or not upper_inf(valid))   -- temporary has an end, or it is not temporary
);
call make_fact_kind('travel_arrangement', '{pupil_id,direction}', 'days');
create index travel_arrangement_run on travel_arrangement (run_id) where run_id is not null;

-- Education Act 1996 s.508B(4): an allowance or training only with the parent's consent, which may be withdrawn.
create table travel_consent (
  fact_id  bigint generated always as identity primary key,
  pupil_id integer not null references pupil,
  kind     text not null check (kind in ('personal-travel-budget', 'mileage', 'travel-training')),
  given_by text not null,
  evidence text not null,
  valid span not null, known knowledge not null default int8range(current_revision(), null)
);
call make_fact_kind('travel_consent', '{pupil_id,kind}');

-- The rungs that are somebody's word: each an event with its evidence, holding on its valid days.
create table confirmation (
  fact_id     bigint generated always as identity primary key,
  kind        text not null check (kind in ('contract-signed', 'operator-accepted', 'crew-and-vehicle-checked',
                                            'family-told', 'school-told')),
  contract_id integer not null references contract,
  run_id      integer not null default 0,         -- 0 for the contract as a whole
  pupil_id    integer not null default 0,         -- 0 for everyone on the run
  evidence    text not null,
  given_on    date not null,
  valid span not null, known knowledge not null default int8range(current_revision(), null),
  check ((kind = 'contract-signed') = (run_id = 0)),
  check ((kind = 'family-told') = (pupil_id <> 0))
);
call make_fact_kind('confirmation', '{kind,contract_id,run_id,pupil_id}');
create index confirmation_contract on confirmation (contract_id);
create index confirmation_run on confirmation (run_id);
create index confirmation_pupil on confirmation (pupil_id);

-- A person with the right role accepts, for named pupils and until a named date, that their travel gets worse.
create table accepted_gap (
  fact_id     bigint generated always as identity primary key,
  pupil_id    integer not null references pupil,
  direction   smallint not null check (direction in (1, 2)),
  accepted_by integer not null references person,
  reason      text not null check (reason <> ''),
  change      text not null,
  valid span not null, known knowledge not null default int8range(current_revision(), null),
  check (not upper_inf(valid))
);
call make_fact_kind('accepted_gap', '{pupil_id,direction}');
