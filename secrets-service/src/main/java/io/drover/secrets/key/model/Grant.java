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
 * @param genuine whether it is as this service has written it; a key is released by no other
 */
public record Grant(
    KeyId keyId,
    UUID subject,
    long generation,
    HostId hostId,
    boolean revoked,
    Optional<CommandId> releasedTo,
    boolean genuine) {
  /** The grant as this service writes it. */
  public static Grant genuine(
      KeyId keyId,
      UUID subject,
      long generation,
      HostId hostId,
      boolean revoked,
      Optional<CommandId> releasedTo) {
    return new Grant(keyId, subject, generation, hostId, revoked, releasedTo, true);
  }

  /** The same, as it was read with a seal that does or does not fit. */
  public Grant withGenuine(boolean found) {
    return new Grant(keyId, subject, generation, hostId, revoked, releasedTo, found);
  }
}
