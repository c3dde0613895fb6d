package io.drover.secrets.key.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code secrets.key_grant}. */
@Entity
@Table(name = "key_grant")
@NullUnmarked
@IdClass(GrantRow.Key.class)
class GrantRow {
  @Id
  @Column(name = "key_id")
  UUID keyId;

  @Id UUID subject;

  @Id long generation;

  @Column(name = "host_id")
  UUID hostId;

  @Column(name = "granted_at")
  Instant grantedAt;

  @Column(name = "revoked_at")
  Instant revokedAt;

  @Column(name = "released_command")
  UUID releasedCommand;

  @Column(name = "released_at")
  Instant releasedAt;

  byte[] seal;

  /** The row of one key, one claim. */
  record Key(UUID keyId, UUID subject, long generation) {}
}
