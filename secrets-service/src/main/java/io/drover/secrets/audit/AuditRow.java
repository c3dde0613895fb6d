package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HexFormat;
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

  /** What was written, as its hash covers it. */
  AuditEntry audited() {
    return new AuditEntry(
        action,
        outcome,
        new KeyId(keyId),
        subject,
        generation,
        hostId == null ? null : new HostId(hostId),
        commandId == null ? null : new CommandId(commandId),
        actor);
  }

  KeyAudited entry() {
    return new KeyAudited(
        id,
        at,
        action,
        outcome,
        new KeyId(keyId),
        subject,
        hostId == null ? null : new HostId(hostId),
        commandId == null ? null : new CommandId(commandId),
        actor,
        HexFormat.of().formatHex(hash));
  }
}
