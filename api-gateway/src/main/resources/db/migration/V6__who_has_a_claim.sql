-- Which host has had which claim of a domain or volume: only that host is believed about it. Kept for late events after the subject is gone.
create table placements (
  subject uuid not null,
  generation bigint not null,
  host_id uuid not null,
  placed_at timestamptz not null,
  primary key (subject, generation)
);
insert into placements (subject, generation, host_id, placed_at)
  select id, generation, host_id, now() from domains where host_id is not null
  union all
  select id, generation, host_id, now() from volumes where host_id is not null;

-- Events of hosts that came before the scheduler's word that the claim is theirs.
create table early_events (
  id uuid primary key,
  ordinal bigint generated always as identity,
  subject uuid not null,
  generation bigint not null,
  record text not null,
  received_at timestamptz not null
);
create index early_events_subject on early_events (subject, generation);
