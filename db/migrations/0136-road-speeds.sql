-- How fast vehicles go, as a council believes: a whole table for a span of days. Where there is none, the table that comes
-- with Firstbell holds.
create table road_speeds (
  fact_id bigint generated always as identity primary key,
  speeds jsonb not null,
  reason text not null check (reason <> ''),
  valid span not null, known knowledge not null default int8range(current_revision(), null)
);
call make_fact_kind('road_speeds', '{}');
