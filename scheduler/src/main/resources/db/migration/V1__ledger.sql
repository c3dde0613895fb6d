-- A host as its last report says. used_* is what its claims add up to; only the claim statements change it.
create table host (
  id              uuid primary key,
  name            text        not null,
  epoch           bigint      not null,
  report_sequence bigint      not null,
  reported_at     timestamptz not null,
  vcpus           integer     not null,
  memory_mib      bigint      not null,
  accelerators    text        not null,
  agent_url       text        not null,
  -- grows when the epoch, the capacity or the accelerators change: a decision over older facts claims nothing
  generation      bigint      not null default 1,
  used_vcpus      integer     not null default 0 check (used_vcpus >= 0),
  used_memory_mib bigint      not null default 0 check (used_memory_mib >= 0)
);

-- A domain or volume. The generation grows with each placement and never falls.
create table subject (
  id             uuid primary key,
  kind           text    not null check (kind in ('DOMAIN', 'VOLUME')),
  project_id     uuid    not null,
  generation     bigint  not null default 0,
  event_sequence bigint  not null default 0,
  last_host_id   uuid    references host,
  -- what the last claim took; a domain found running after its claim was freed is claimed again by it
  vcpus          integer not null default 0,
  memory_mib     bigint  not null default 0,
  deleted        boolean not null default false
);

-- The primary key is why a domain has one claim at most.
create table claim (
  domain_id     uuid primary key references subject,
  host_id       uuid        not null references host,
  generation    bigint      not null,
  vcpus         integer     not null,
  memory_mib    bigint      not null,
  state         text        not null check (state in ('PLACED', 'RUNNING', 'REFUSED', 'FOUND')),
  operation_id  uuid,
  start_command uuid        not null,
  -- set in REFUSED: when and why the host refused the start
  refused_at    timestamptz,
  refusal       text
);
create index claim_by_host on claim (host_id);

-- A volume stays on the host that it was created on.
create table volume (
  id             uuid primary key references subject,
  host_id        uuid   not null references host,
  generation     bigint not null,
  size_bytes     bigint not null,
  state          text   not null check (state in ('CREATING', 'READY')),
  create_command uuid   not null
);
create index volume_by_host on volume (host_id);

-- What a command or event led to, whole, so that a replay sends the same records with the same ids.
create table outcome (
  cause_id   uuid primary key,
  subject    uuid        not null,
  records    text        not null,
  created_at timestamptz not null
);
create index outcome_by_age on outcome (created_at);
