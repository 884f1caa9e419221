-- A plan changed by hand is another plan, made from one that was kept. Each is changed once: whoever changes it after
-- somebody else is told so, and goes on from what that person made of it.
create table plan_change (
  plan_id      integer primary key references found_plan,
  changed_from integer not null unique references found_plan,
  pupil_id     integer not null references pupil,
  direction    smallint not null check (direction in (1, 2)),
  from_vehicle integer not null,
  to_vehicle   integer not null,
  check (plan_id > changed_from),
  check (from_vehicle <> to_vehicle)
);
call audit_table('plan_change', 'plan_id');
create trigger kept before update or delete on plan_change for each row execute function refuse_change();
create trigger kept_whole before truncate on plan_change execute function refuse_change();
