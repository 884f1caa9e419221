-- Whatever is done to a plan by hand is one kind of thing: which vehicles, who changes vehicle, and whom else it touches.
alter table plan_change drop constraint plan_change_pupil_id_fkey;
alter table plan_change alter column pupil_id type integer[] using array[pupil_id];
alter table plan_change rename column pupil_id to pupils;        -- who changes vehicle; nobody, where a run is reversed
alter table plan_change alter column direction drop not null;    -- both, where a vehicle becomes another
alter table plan_change alter column to_vehicle drop not null;
alter table plan_change
  add column kind text not null default 'move' check (kind in ('move', 'split', 'merge', 'reverse', 'vehicle', 'undo')),
  add column offer text,                                          -- which kind the vehicle that is joined or changed is by now
  add column others integer check (others >= 0),                  -- who else is called for or set down at another time
  add column restores integer references found_plan,              -- the plan that is as before again, where a change is taken back
  add check ((to_vehicle is not null) = (kind in ('move', 'split', 'merge'))),
  add check ((direction is null) = (kind in ('vehicle', 'undo'))),
  add check ((restores is not null) = (kind = 'undo')),
  add check (kind <> 'vehicle' or offer is not null);
alter table plan_change alter column kind drop default;
