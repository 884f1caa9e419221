-- An acceptance that a later one cuts down is still the one it was: its remaining days are a new fact of a later revision,
-- and were counted, listed and numbered as an acceptance of their own. Each fact is traced back here to the revision in
-- which the manager accepted; the acceptance goes by the number of its first fact, which no later one can take from it.

-- What a later fact cut an acceptance down to: the same words of the same person, of fewer days, from the revision on in which
-- the whole was closed.
create function was_cut_down(whole accepted_gap, part accepted_gap) returns boolean
language sql immutable parallel safe as $$
  select whole.pupil_id = part.pupil_id and whole.direction = part.direction and upper(whole.known) = lower(part.known)
     and whole.valid @> part.valid and whole.at_worst = part.at_worst
     and whole.accepted_by = part.accepted_by and whole.change = part.change and whole.reason = part.reason
$$;

create view acceptance_fact as
with recursive traced as (
  select g.fact_id, lower(g.known) as recorded
    from accepted_gap g
   where not exists (select 1 from accepted_gap b where was_cut_down(b, g))
  union all
  select g.fact_id, t.recorded
    from traced t
    join accepted_gap b using (fact_id)
    join accepted_gap g on was_cut_down(b, g)
)
select g.*, t.recorded, min(g.fact_id) over (partition by t.recorded, g.accepted_by, g.change, g.reason) as acceptance
  from accepted_gap g join traced t using (fact_id);
