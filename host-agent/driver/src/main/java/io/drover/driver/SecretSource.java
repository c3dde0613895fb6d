package io.drover.driver;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Where the driver gets the passphrases that a definition names by the UUID of a secret. */
@FunctionalInterface
public interface SecretSource {
  /**
   * Fetches a passphrase; may block up to a deadline of its own. The driver closes the result.
   *
   * @throws ProblemException {@code KEY_UNAVAILABLE} or what fits better
   */
  SecretBytes fetch(UUID secretId);

  /** For programs without encrypted disks. */
  static SecretSource none() {
    return inMemory(Map.of());
  }

  /**
   * For programs that hold their passphrases themselves; nothing is written to a file.
   *
   * @param passphrases by the UUID of the secret; copied, and not changed
   */
  static SecretSource inMemory(Map<UUID, String> passphrases) {
    Map<UUID, String> kept = new ConcurrentHashMap<>(passphrases);
    return secretId -> {
      String passphrase = kept.get(secretId);
      if (passphrase == null) {
        throw new ProblemException(
            ErrorCode.KEY_UNAVAILABLE,
            "The secret " + secretId + " is not known; give it to the driver's SecretSource.");
      }
      return SecretBytes.owning(passphrase.getBytes(StandardCharsets.UTF_8));
    };
  }
}
