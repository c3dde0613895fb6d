package io.drover.secrets.audit;

import io.drover.contracts.audit.KeyAudited;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.sql.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of {@code secrets.audit}.
 *
 * @param entry what was written, as its hash covers it
 */
record AuditRow(long id, Instant at, AuditEntry entry, byte[] previousHash, byte[] hash) {
  static AuditRow read(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getLong("id"),
        Query.instant(row, "at"),
        new AuditEntry(
            row.getString("action"),
            row.getString("outcome"),
            new KeyId(row.getObject("key_id", UUID.class)),
            row.getObject("subject", UUID.class),
            row.getLong("generation"),
            Optional.ofNullable(row.getObject("host_id", UUID.class)).map(HostId::new).orElse(null),
            Optional.ofNullable(row.getObject("command_id", UUID.class))
                .map(CommandId::new)
                .orElse(null),
            row.getString("actor")),
        row.getBytes("previous_hash"),
        row.getBytes("hash"));
  }

  /** The hash as people and topics have it. */
  String hexHash() {
    return HexFormat.of().formatHex(hash);
  }

  KeyAudited audited() {
    return new KeyAudited(
        id,
        at,
        entry.action(),
        entry.outcome(),
        entry.keyId(),
        entry.subject(),
        entry.hostId(),
        entry.commandId(),
        entry.actor(),
        hexHash());
  }
}
