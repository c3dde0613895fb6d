package io.drover.secrets.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a walk over the whole audit chain has found.
 *
 * @param intact whether every link holds, and the kept entry is in its place
 * @param entries how many were looked at
 * @param head the newest entry; keep its number and hash elsewhere and give them to a later
 *     verification, which then finds a chain that was written anew; null without entries
 * @param broken the first link that does not hold; null when all do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditVerification(
    boolean intact, long entries, @Nullable Link head, @Nullable BrokenLink broken) {
  /**
   * An entry by its number and hash.
   *
   * @param hash SHA-256 in hex, as on {@code drover.audit}
   */
  public record Link(long number, Instant at, String hash) {}

  /**
   * Where the chain is broken.
   *
   * @param number of the entry
   * @param detail what does not fit, for people
   */
  public record BrokenLink(long number, String detail) {}
}
