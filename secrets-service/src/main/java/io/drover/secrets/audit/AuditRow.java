package io.drover.secrets.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** A row of {@code secrets.audit}. */
@Entity
@Table(name = "audit")
@NullUnmarked
class AuditRow {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  long id;

  Instant at;
  String action;
  String outcome;

  @Column(name = "key_id")
  UUID keyId;

  UUID subject;
  long generation;

  @Column(name = "host_id")
  UUID hostId;

  @Column(name = "command_id")
  UUID commandId;

  String actor;

  @Column(name = "previous_hash")
  byte[] previousHash;

  byte[] hash;
}
