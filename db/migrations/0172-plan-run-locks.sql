-- A run of a plan that somebody has locked: it stays as it is, by hand and in every search on from there, until unlocked.
-- It holds in every plan of the scenario in which the vehicle still carries the same pupils on that run.
create table plan_run_lock (
  lock_id   integer generated always as identity primary key,
  plan_id   integer not null references found_plan,
  vehicle   integer not null check (vehicle >= 0),
  direction smallint not null check (direction in (1, 2)),
  revision  bigint not null default current_revision() references revision
);
create index plan_run_lock_in on plan_run_lock (plan_id);
call audit_table('plan_run_lock', 'lock_id');
create trigger kept before update or delete on plan_run_lock for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_run_lock execute function refuse_change();

create table plan_run_unlock (
  lock_id  integer primary key references plan_run_lock,
  revision bigint not null default current_revision() references revision
);
call audit_table('plan_run_unlock', 'lock_id');
create trigger kept before update or delete on plan_run_unlock for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_run_unlock execute function refuse_change();

alter table plan_search add column held integer[] not null default '{}';   -- numbers of vehicles it leaves as they are
