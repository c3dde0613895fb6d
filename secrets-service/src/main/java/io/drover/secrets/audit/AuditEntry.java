package io.drover.secrets.audit;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done, or refused, with a key.
 *
 * @param action {@code create}, {@code grant}, {@code release}, {@code revoke}, {@code destroy}
 * @param outcome {@code done}, or why not; {@code refused: REASON} for a record that was not of the
 *     part that it names
 * @param actor the subject of the caller's token, or the event that caused it
 */
public record AuditEntry(
    String action,
    String outcome,
    KeyId keyId,
    @Nullable UUID subject,
    long generation,
    @Nullable HostId hostId,
    @Nullable CommandId commandId,
    String actor) {
  /** The text that the entry's hash covers, beside the hash before it and the time. */
  String hashed() {
    return String.join(
        "\n",
        action,
        outcome,
        keyId.toString(),
        String.valueOf(subject),
        Long.toString(generation),
        String.valueOf(hostId),
        String.valueOf(commandId),
        actor);
  }
}
