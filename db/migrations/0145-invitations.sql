-- A link by which a person chooses their own password, so that nobody else ever knows it. The link is in their hands
-- and nowhere else: a copy of the database lets nobody in.
create table invitation (
  token_hash bytea primary key,
  person_id  integer not null references account,
  made_by    integer not null references person,
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz
);
create index invitation_of_person on invitation (person_id) where used_at is null;
