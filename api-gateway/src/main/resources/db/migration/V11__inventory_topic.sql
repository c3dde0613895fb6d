-- The version of the latest record on drover.inventory of each project, quota, image, volume and domain: greater than any before, also after
-- the restore of an older database. `seen` is the highest that was read from the topic; a lower one behind it came late. A row stays for a
-- while when its thing is gone, so that an older record does not bring that back.
create table inventory_versions (
  kind text not null,
  id uuid not null,
  version bigint not null,
  seen bigint not null default 0,
  gone_at timestamptz,
  primary key (kind, id)
);
create index inventory_versions_gone on inventory_versions (gone_at) where gone_at is not null;

-- Up to which offset the database has what the partition says; a restored database has an older one. Written some seconds late, never early.
create table topic_positions (
  topic text not null,
  partition int not null,
  next bigint not null,
  primary key (topic, partition)
);
-- A database that is older than its positions has applied what its group of consumers has read.
insert into topic_positions (topic, partition, next)
  select '', 0, 0 where exists (select 1 from projects);
