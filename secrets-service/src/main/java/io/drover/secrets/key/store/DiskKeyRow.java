package io.drover.secrets.key.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code secrets.disk_key}. */
@Entity
@Table(name = "disk_key")
@NullUnmarked
class DiskKeyRow {
  @Id
  @Column(name = "key_id")
  UUID keyId;

  @Column(name = "project_id")
  UUID projectId;

  @Column(name = "volume_id")
  UUID volumeId;

  byte[] sealed;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "destroyed_at")
  Instant destroyedAt;
}
