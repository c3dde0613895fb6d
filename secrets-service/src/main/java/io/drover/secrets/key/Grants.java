package io.drover.secrets.key;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.KeyId;
import io.drover.secrets.key.model.Grant;
import java.util.Optional;
import java.util.UUID;

/** Which host may have which key. All methods run in the caller's transaction. */
public interface Grants {
  /**
   * Grants unless it was granted before; a claim that has ended stays ended.
   *
   * @return whether it was granted now
   */
  boolean grant(KeyId key, UUID subject, long generation, HostId host);

  /** Ends what the subject's claims up to this generation were granted. */
  int revokeUpTo(UUID subject, long generation);

  /** The same, for what this host was granted alone. */
  int revokeUpTo(UUID subject, long generation, HostId host);

  /** Whether the host was granted the key for this claim, ended or not. */
  boolean wasGranted(KeyId key, UUID subject, long generation, HostId host);

  /** Whether a newer claim than this one has been granted anything. */
  boolean newerThan(UUID subject, long generation);

  /** The grant, locked until the transaction ends so that two releases cannot both be the first. */
  Optional<Grant> findLocked(KeyId key, UUID subject, long generation);

  /** Notes which command has the key now. */
  void released(Grant grant, CommandId command);
}
