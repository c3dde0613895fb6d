package io.drover.secrets.key.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code secrets.project_key}. */
@Entity
@Table(name = "project_key")
@NullUnmarked
class ProjectKeyRow {
  @Id
  @Column(name = "project_id")
  UUID projectId;

  @Column(name = "root_version")
  int rootVersion;

  byte[] sealed;

  @Column(name = "created_at")
  Instant createdAt;
}
