-- A found plan goes forward in steps that are added and never changed: accepted, made real, each taken back again. How
-- it stands is the last of them; who took it, when and why is its revision.

create table plan_step (
  step_id  bigint generated always as identity primary key,
  plan_id  integer not null references found_plan,
  step     text not null check (step in ('accepted', 'acceptance-taken-back', 'made-real', 'taken-back')),
  revision bigint not null default current_revision() references revision
);
call audit_table('plan_step', 'step_id');
create index plan_step_of on plan_step (plan_id, step_id desc);
create trigger kept before update or delete on plan_step for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_step execute function refuse_change();

-- The routes a plan became, so that they can be found again and taken back together. Each time it is made real it
-- becomes new ones.
create table plan_route (
  plan_id     integer not null references found_plan,
  route_id    integer primary key references route,
  contract_id integer not null references contract,
  revision    bigint not null default current_revision() references revision
);
call audit_table('plan_route', 'route_id');
create index plan_route_of on plan_route (plan_id);
create trigger kept before update or delete on plan_route for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_route execute function refuse_change();
