create table projects (
  id uuid primary key,
  name text not null unique,
  created_at timestamptz not null
);

create table images (
  id uuid primary key,
  name text not null unique,
  format text not null,
  size_bytes bigint,
  sha256 text,
  created_at timestamptz not null
);

create table domains (
  id uuid primary key,
  project_id uuid not null references projects,
  name text not null,
  definition text not null,
  vcpus int not null,
  memory_mib bigint not null,
  volumes text not null,
  -- what the tenant asked for
  desired text not null,
  -- the last stable state, moved by events only
  phase text not null,
  -- what the host last reported
  observed_state text,
  observed_reason text,
  observed_at timestamptz,
  generation bigint not null,
  host_id uuid,
  host_name text,
  agent_url text,
  accelerator text,
  last_problem text,
  created_at timestamptz not null,
  version bigint not null,
  unique (project_id, name)
);

create table volumes (
  id uuid primary key,
  project_id uuid not null references projects,
  name text not null,
  size_bytes bigint not null,
  format text not null,
  key_id uuid,
  image_id uuid references images,
  -- the one domain whose definition names this volume
  attached_to uuid references domains on delete set null,
  phase text not null,
  generation bigint not null,
  host_id uuid,
  host_name text,
  last_problem text,
  created_at timestamptz not null,
  version bigint not null,
  unique (project_id, name)
);
create index volumes_attached_to on volumes (attached_to);

create table operations (
  id uuid primary key,
  project_id uuid not null references projects,
  kind text not null,
  state text not null,
  subject uuid not null,
  name text not null,
  actor text not null,
  problem text,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index operations_page on operations (project_id, created_at desc, id desc);
create index operations_open on operations (subject) where state = 'RUNNING';

create table operation_steps (
  operation_id uuid not null references operations on delete cascade,
  name text not null,
  source text not null,
  started_at timestamptz not null,
  duration_micros bigint not null,
  primary key (operation_id, name)
);

-- The answer of each mutation that had a key, written by the transaction that did the work.
create table idempotency_keys (
  key text not null,
  caller text not null,
  route text not null,
  request_hash bytea not null,
  status int,
  headers text,
  body bytea,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- Events that were applied; a repetition is dropped by its id.
create table consumed_events (
  id uuid primary key,
  consumed_at timestamptz not null
);
create index consumed_events_age on consumed_events (consumed_at);

-- The last sequence of the gateway's own events. The row is locked before anything of its subject is
-- appended to the outbox, so that the ids of one subject's rows are in the order of their commits.
create table event_sequences (
  subject uuid primary key,
  last bigint not null
);

create table outbox (
  id bigserial primary key,
  topic text not null,
  key text not null,
  headers text not null,
  payload bytea,
  created_at timestamptz not null default now(),
  -- why the broker will never take it; such a row is kept for the operator and passed over
  refused text
);

create function outbox_notify() returns trigger language plpgsql as $$
begin
  perform pg_notify('drover_gateway_outbox', '');
  return null;
end $$;
create trigger outbox_appended after insert on outbox
  for each statement execute function outbox_notify();
