package io.drover.agent.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.KeyId;
import io.drover.contracts.time.NanoTicker;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives the driver the keys of the commands that are being carried out, and no others: a definition
 * cannot name a key that its command does not. Thread-safe.
 */
public final class ClaimedKeys implements SecretSource {
  /**
   * A driver that finds an unfinished operation asks at once, before the agent has read its command
   * again.
   */
  private static final Duration UNTIL_CLAIMED = Duration.ofSeconds(2);

  private final SecretsClient keys;
  private final NanoTicker ticker;
  private final Map<UUID, SecretsRestClient.KeyClaim> claims = new HashMap<>();

  public ClaimedKeys(SecretsClient keys, NanoTicker ticker) {
    this.keys = keys;
    this.ticker = ticker;
  }

  /** Allows the keys for this claim until {@link #forget}. */
  public synchronized void claim(Collection<KeyId> allowed, SecretsRestClient.KeyClaim claim) {
    for (KeyId key : allowed) {
      SecretsRestClient.KeyClaim other = claims.putIfAbsent(key.value(), claim);
      if (other != null && !other.equals(claim)) {
        forget(allowed, claim);
        throw new ProblemException(
            ErrorCode.IN_USE,
            "The key " + key + " is being fetched for " + other.subject() + "; try again.");
      }
    }
    notifyAll();
  }

  public synchronized void forget(Collection<KeyId> allowed, SecretsRestClient.KeyClaim claim) {
    allowed.forEach(key -> claims.remove(key.value(), claim));
  }

  @Override
  public SecretBytes fetch(UUID secretId) {
    SecretsRestClient.KeyClaim claim = claimOf(secretId);
    if (claim == null) {
      throw new ProblemException(
          ErrorCode.KEY_UNAVAILABLE,
          "The key " + secretId + " belongs to no volume that this command may open.");
    }
    return keys.fetch(new KeyId(secretId), claim);
  }

  private synchronized SecretsRestClient.@Nullable KeyClaim claimOf(UUID secretId) {
    long deadline = ticker.nanos() + UNTIL_CLAIMED.toNanos();
    try {
      while (!claims.containsKey(secretId)) {
        long left = Duration.ofNanos(deadline - ticker.nanos()).toMillis();
        if (left <= 0) {
          return null;
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return claims.get(secretId);
  }
}
