package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** The stored answers. Every call but the last belongs to the transaction at hand. */
public interface IdempotencyKeys {
  /**
   * Takes the key for this request; waits for another transaction that has just taken it.
   *
   * @param hash of the request; with another one the key is refused
   * @return the answer, when the same request was answered before
   */
  Optional<HttpResult> claim(String key, Mutation mutation, byte[] hash);

  void store(String key, String caller, HttpResult answer);

  /** Forgets answers that are older than this; how many there were. */
  int forget(Duration age);

  /** Forgets all but so many of the latest answers of each caller; how many there were. */
  int forgetBeyond(int kept);

  /** The refusal of a key that another request has. */
  static ProblemException reused(String key) {
    return new ProblemException(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        "The Idempotency-Key \"" + key + "\" was used with another request; take a new one.");
  }
}
