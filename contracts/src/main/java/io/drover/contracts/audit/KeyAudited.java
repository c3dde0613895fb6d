package io.drover.contracts.audit;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done, or refused, with a disk key; on {@code drover.audit}. The envelope's
 * generation is that of the claim, its sequence is {@code number}.
 *
 * @param number grows with each entry of the secrets-service's audit trail
 * @param action {@code create}, {@code grant}, {@code release}, {@code revoke}, {@code destroy}
 * @param outcome {@code done}, or why not
 * @param subject the domain or volume that it was for; null for none
 * @param hostId the host that got, or asked for, the key; null for none
 * @param commandId the command that needed the key; null for none
 * @param actor the host, or the event that caused it
 * @param hash SHA-256 in hex over this entry and the hash before it
 */
public record KeyAudited(
    long number,
    Instant at,
    String action,
    String outcome,
    KeyId keyId,
    @Nullable UUID subject,
    @Nullable HostId hostId,
    @Nullable CommandId commandId,
    String actor,
    String hash) {}
