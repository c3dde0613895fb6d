-- A value sealed under each root key ever used: a wrong key is found at the start, not at a release.
CREATE TABLE root_key_check (
  version    int PRIMARY KEY,
  sealed     bytea NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE project_key (
  project_id   uuid PRIMARY KEY,
  root_version int NOT NULL REFERENCES root_key_check (version),
  sealed       bytea NOT NULL,
  created_at   timestamptz NOT NULL
);

-- sealed is null once the key was destroyed: the row stays for the audit.
CREATE TABLE disk_key (
  key_id       uuid PRIMARY KEY,
  project_id   uuid NOT NULL REFERENCES project_key (project_id),
  volume_id    uuid UNIQUE,
  sealed       bytea,
  created_at   timestamptz NOT NULL,
  destroyed_at timestamptz,
  CHECK ((sealed IS NULL) = (destroyed_at IS NOT NULL))
);

CREATE TABLE key_grant (
  key_id           uuid NOT NULL REFERENCES disk_key (key_id),
  subject          uuid NOT NULL,
  generation       bigint NOT NULL,
  host_id          uuid NOT NULL,
  granted_at       timestamptz NOT NULL,
  revoked_at       timestamptz,
  released_command uuid,
  released_at      timestamptz,
  PRIMARY KEY (key_id, subject, generation)
);
CREATE INDEX key_grant_subject ON key_grant (subject, generation);

CREATE TABLE audit (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at            timestamptz NOT NULL,
  action        text NOT NULL,
  outcome       text NOT NULL,
  key_id        uuid NOT NULL,
  subject       uuid,
  generation    bigint NOT NULL,
  host_id       uuid,
  command_id    uuid,
  actor         text NOT NULL,
  previous_hash bytea NOT NULL,
  hash          bytea NOT NULL
);
CREATE INDEX audit_key ON audit (key_id, id);
