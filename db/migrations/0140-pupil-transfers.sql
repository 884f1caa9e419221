-- A year group that changed school, moved up or left in one revision: how it is found again, and whether another took it
-- back. What it did to each pupil are facts like any others.
create table pupil_transfer (
  revision   bigint primary key default current_revision() references revision,
  year_group text not null,
  first_day  date not null,
  pupils     integer not null check (pupils > 0),
  undoes     bigint references pupil_transfer
);
call audit_table('pupil_transfer', 'revision');
create unique index pupil_transfer_undone_once on pupil_transfer (undoes);
create trigger kept before update or delete on pupil_transfer for each row execute function refuse_change();
