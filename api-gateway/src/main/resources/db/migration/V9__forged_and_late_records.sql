-- The version of the latest state on drover.domain-state: greater than any before, also after the restore of an older database, so
-- that a reader knows a state that came late.
alter table event_sequences add column state_version bigint not null default 0;

-- Whose the claim is: its host may not show what it says to another project.
alter table placements add column project_id uuid;
update placements p set project_id = coalesce(
  (select d.project_id from domains d where d.id = p.subject),
  (select v.project_id from volumes v where v.id = p.subject));
