-- The limits of a project that an operator has set; null where the configured default holds. What is used is never stored: it is counted from
-- the rows themselves while this row is locked, so that rows of before count as well.
create table project_quotas (
  project_id uuid primary key references projects,
  domains bigint check (domains >= 0),
  vcpus bigint check (vcpus >= 0),
  memory_mib bigint check (memory_mib >= 0),
  volumes bigint check (volumes >= 0),
  volume_bytes bigint check (volume_bytes >= 0),
  open_operations bigint check (open_operations >= 0),
  version bigint not null default 0
);
insert into project_quotas (project_id) select id from projects;

-- By how many bytes an open operation makes a volume grow.
alter table operations add column growth_bytes bigint not null default 0 check (growth_bytes >= 0);

create index domains_counted on domains (project_id) include (vcpus, memory_mib);
create index volumes_counted on volumes (project_id) include (size_bytes);
create index operations_open_counted on operations (project_id) include (growth_bytes) where state = 'RUNNING';
