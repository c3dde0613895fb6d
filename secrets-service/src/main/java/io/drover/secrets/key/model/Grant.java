package io.drover.secrets.key.model;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import java.util.Optional;
import java.util.UUID;

/**
 * The right of one host to one key for one claim.
 *
 * @param subject the domain or volume that the claim is for
 * @param releasedTo the command that already has the key
 */
public record Grant(
    KeyId keyId,
    UUID subject,
    long generation,
    HostId hostId,
    boolean revoked,
    Optional<CommandId> releasedTo) {}
