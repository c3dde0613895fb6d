package io.drover.agent.key;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.KeyId;
import io.drover.driver.SecretBytes;
import io.drover.driver.SecretSource;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives the driver the keys of the domains that are being started, and no others: a definition
 * cannot name a key that its command does not.
 */
public final class ClaimedKeys implements SecretSource {
  private final SecretsClient keys;
  private final Map<UUID, SecretsRestClient.Claim> claims = new ConcurrentHashMap<>();

  public ClaimedKeys(SecretsClient keys) {
    this.keys = keys;
  }

  /** Allows the keys for this claim until {@link #forget}. */
  public void claim(Collection<KeyId> allowed, SecretsRestClient.Claim claim) {
    for (KeyId key : allowed) {
      SecretsRestClient.Claim other = claims.putIfAbsent(key.value(), claim);
      if (other != null && !other.equals(claim)) {
        forget(allowed, claim);
        throw new ProblemException(
            ErrorCode.IN_USE,
            "The key " + key + " is being fetched for domain " + other.subject() + "; try again.");
      }
    }
  }

  public void forget(Collection<KeyId> allowed, SecretsRestClient.Claim claim) {
    allowed.forEach(key -> claims.remove(key.value(), claim));
  }

  @Override
  public SecretBytes fetch(UUID secretId) {
    SecretsRestClient.Claim claim = claims.get(secretId);
    if (claim == null) {
      throw new ProblemException(
          ErrorCode.KEY_UNAVAILABLE,
          "The key " + secretId + " belongs to no volume that this start may open.");
    }
    return keys.fetch(new KeyId(secretId), claim);
  }
}
