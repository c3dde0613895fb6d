-- The scheduler's table of hosts, as its topic tells it.
create table hosts (
  id uuid primary key,
  name text not null,
  state text not null
);
-- What operators do to hosts is of no project: its project_id is the UUID of zeros.
alter table operations drop constraint operations_project_id_fkey;
