package io.drover.driver.argv;

import io.drover.contracts.definition.SecretReference;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Map;

/** The secrets that a command line refers to, sealed with the domain's master key. */
@FunctionalInterface
public interface SecretMaterial {
  /**
   * @throws ProblemException {@code KEY_UNAVAILABLE} when there is none
   */
  Sealed sealed(SecretReference secret);

  /** AES-256-CBC ciphertext and its initialisation vector, both in base64. */
  record Sealed(String ciphertext, String iv) {}

  /** Secrets as the definition names them. */
  static SecretMaterial of(Map<SecretReference, Sealed> byName) {
    Map<SecretReference, Sealed> known = Map.copyOf(byName);
    return secret -> {
      Sealed sealed = known.get(secret);
      if (sealed == null) {
        String name = secret.uuid() == null ? "usage " + secret.usage() : secret.uuid().toString();
        throw new ProblemException(
            ErrorCode.KEY_UNAVAILABLE, "The secret " + name + " was not given to this start.");
      }
      return sealed;
    };
  }

  /** For a command line that nobody runs as it is. */
  static SecretMaterial placeholders() {
    return secret -> new Sealed("AAAA", "AAAAAAAAAAAAAAAAAAAAAA==");
  }
}
