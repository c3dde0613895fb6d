package io.drover.secrets.key.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code secrets.root_key_check}. */
@Entity
@Table(name = "root_key_check")
@NullUnmarked
class RootKeyCheckRow {
  @Id int version;

  byte[] sealed;

  @Column(name = "created_at")
  Instant createdAt;
}
