-- A plan brought up to date with the register is one more change: whoever left is off their runs, whoever joined has the
-- place that was chosen. It is made by nobody twice, stands in the history, and is taken back as any other.
alter table plan_change alter column from_vehicle drop not null;   -- no one vehicle, where a plan is brought up to date
alter table plan_change
  drop constraint plan_change_kind_check,
  drop constraint plan_change_check3,
  add constraint plan_change_kind_check
    check (kind in ('move', 'split', 'merge', 'reverse', 'vehicle', 'undo', 'up-to-date')),
  add constraint plan_change_has_direction check ((direction is null) = (kind in ('vehicle', 'undo', 'up-to-date'))),
  add constraint plan_change_has_vehicle
    check (case kind when 'up-to-date' then from_vehicle is null when 'undo' then true else from_vehicle is not null end);
