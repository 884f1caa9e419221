-- In which waves a plan is to come where more pupils of a school would change crew on one day than policy allows: what
-- somebody chose, and why. The last word on a school stands.

create table plan_phasing (
  phasing_id bigint generated always as identity primary key,
  plan_id    integer not null references found_plan,
  school_id  integer not null references school,
  waves      jsonb not null,                       -- [{ "on": "2027-09-06", "runs": ["V1"], "pupils": [12] }]
  reason     text not null check (reason <> ''),
  revision   bigint not null default current_revision() references revision
);
call audit_table('plan_phasing', 'phasing_id');
create index plan_phasing_of on plan_phasing (plan_id, school_id, phasing_id desc);
create trigger kept before update or delete on plan_phasing for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_phasing execute function refuse_change();
