package io.drover.secrets.key;

import io.drover.contracts.id.KeyId;
import io.drover.contracts.id.ProjectId;
import io.drover.secrets.key.model.KeyMaterial;
import java.util.Optional;
import java.util.UUID;

/**
 * Keys at rest: a disk key is sealed under its project's key, a project's key under a root key. All
 * methods run in the caller's transaction.
 */
public interface KeyVault {
  /**
   * Makes a random key under this id unless it exists.
   *
   * @param volume what it encrypts; the key goes when the volume goes
   * @return whether it was made now
   */
  boolean create(KeyId id, ProjectId project, UUID volume);

  /** The project that the key belongs to; empty for an unknown or destroyed key. */
  Optional<ProjectId> projectOf(KeyId id);

  /** The key that a volume was made with; empty for a plain volume. */
  Optional<KeyId> keyOf(UUID volume);

  /** Opens the key; the caller closes it. Empty for an unknown or destroyed key. */
  Optional<KeyMaterial> open(KeyId id);

  /**
   * Forgets the key for good; volumes encrypted with it are unreadable from now on.
   *
   * @return whether there was a key to destroy
   */
  boolean destroy(KeyId id);

  /**
   * Checks that the root keys given are the ones that the data was sealed with, and seals every
   * project key under the current one. Disk keys stay as they are: only one level changes.
   *
   * @return how many project keys were sealed anew
   */
  int adoptRootKeys();
}
