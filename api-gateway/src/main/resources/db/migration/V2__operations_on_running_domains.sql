-- Of OPERATE_DOMAIN alone: what was asked for as JSON, when its host gives it up, how far it is, and what its
-- success has told.
alter table operations add column request text;
alter table operations add column deadline timestamptz;
alter table operations add column progress_done bigint;
alter table operations add column progress_total bigint;
alter table operations add column result text;

-- What runs, where it differs from what the next start gets.
alter table domains add column live_definition text;
