-- Since when the claim is in its state, and in how many reports of one epoch, one after another, its domain was missing.
alter table claim add column since timestamptz not null default now();
alter table claim add column absences integer not null default 0;
alter table claim add column absent_epoch bigint;
alter table claim add column absent_sequence bigint;
-- reported_at is the broker's time. How far the host's clock is ahead of that; negative when it is behind.
alter table host add column clock_skew_millis bigint not null default 0;
-- What an operator has decided about the host, and why.
alter table host add column admission text not null default 'ENABLED' check (admission in ('ENABLED', 'DISABLED', 'REMOVED'));
alter table host add column admission_reason text not null default '';
-- What its last report says and nothing is decided by, as JSON.
alter table host add column facts text not null default '{}';
-- How far the agent has read its commands, and when that moved last or nothing waited.
alter table host add column intake_next bigint;
alter table host add column intake_moved_at timestamptz not null default now();
-- The record of each host that is on drover.hosts: a new one is written when it differs or gets old.
create table host_record (
  host_id uuid primary key references host,
  content text        not null,
  version bigint      not null,
  at      timestamptz not null
);
-- What runs of this generation or an older one is ended where it shows: an operator has given it up.
alter table subject add column fenced_generation bigint not null default 0;
alter table subject add column deleted_at timestamptz;
update subject set deleted_at = now() where deleted;
create index subject_by_deletion on subject (deleted_at) where deleted;
alter table subject drop constraint subject_kind_check;
alter table subject add constraint subject_kind_check check (kind in ('DOMAIN', 'VOLUME', 'HOST'));
-- The stop that was asked for and has no end yet: a host that comes back in another epoch is asked again.
alter table claim add column stop_command uuid;
alter table claim add column stop_operation uuid;
alter table claim add column stop_mode text;
alter table claim add column stop_epoch bigint;
-- Starts that wait for the end of the domain's former claim.
create table waiting_start (
  subject    uuid primary key references subject,
  command    text        not null,
  wait_until timestamptz not null
);
