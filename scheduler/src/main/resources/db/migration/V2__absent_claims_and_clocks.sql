-- Since when the claim is in its state, and in how many reports of one epoch, one after another, its domain was missing.
alter table claim add column since timestamptz not null default now();
alter table claim add column absences integer not null default 0;
alter table claim add column absent_epoch bigint;
alter table claim add column absent_sequence bigint;
-- reported_at is the broker's time. How far the host's clock is ahead of that; negative when it is behind.
alter table host add column clock_skew_millis bigint not null default 0;
