package io.drover.definition.argv.host;

import io.drover.contracts.definition.common.SecretReference;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Map;
import java.util.function.Function;

/** The secrets that a command line refers to, sealed with the domain's master key. */
public interface SecretMaterial {
  /**
   * @throws ProblemException {@code KEY_UNAVAILABLE} when there is none
   */
  Sealed sealed(SecretReference secret);

  /**
   * Seals what stands in the definition itself, so that the list of processes does not show it.
   *
   * @param name what a person would call it
   */
  Sealed sealed(String name, String text);

  /** AES-256-CBC ciphertext and its initialisation vector, both in base64. */
  record Sealed(String ciphertext, String iv) {}

  /**
   * Secrets as the definition names them.
   *
   * @param seal seals a text
   */
  static SecretMaterial of(Map<SecretReference, Sealed> byName, Function<String, Sealed> seal) {
    Map<SecretReference, Sealed> known = Map.copyOf(byName);
    return new SecretMaterial() {
      @Override
      public Sealed sealed(SecretReference secret) {
        Sealed sealed = known.get(secret);
        if (sealed == null) {
          String name =
              secret.uuid() == null ? "usage " + secret.usage() : secret.uuid().toString();
          throw new ProblemException(
              ErrorCode.KEY_UNAVAILABLE, "The secret " + name + " was not given to this start.");
        }
        return sealed;
      }

      @Override
      public Sealed sealed(String name, String text) {
        return seal.apply(text);
      }
    };
  }

  /** For a command line that nobody runs as it is. */
  static SecretMaterial placeholders() {
    return named(name -> new Sealed("AAAA", "AAAAAAAAAAAAAAAAAAAAAA=="));
  }

  /** Answers for each secret what is made of its name. */
  static SecretMaterial named(Function<String, Sealed> answer) {
    return new SecretMaterial() {
      @Override
      public Sealed sealed(SecretReference secret) {
        return answer.apply(
            secret.uuid() == null ? "usage-" + secret.usage() : secret.uuid().toString());
      }

      @Override
      public Sealed sealed(String name, String text) {
        return answer.apply(name);
      }
    };
  }
}
