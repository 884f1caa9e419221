-- A plan may come in waves: those that have not begun are taken back while the others stay.

alter table plan_step drop constraint plan_step_step_check;
alter table plan_step add constraint plan_step_step_check
  check (step in ('accepted', 'acceptance-taken-back', 'made-real', 'later-waves-taken-back', 'taken-back'));
