package io.drover.gateway.request;

import io.drover.contracts.command.Cause;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request that changes something.
 *
 * @param key its Idempotency-Key
 * @param caller the subject of the token
 * @param operator whether the caller is an operator
 * @param route method, path and query
 * @param body as it was sent
 * @param startedAt when it came, by the wall clock
 * @param startedNanos when it came, by the ticker
 */
public record Mutation(
    Optional<String> key,
    String caller,
    boolean operator,
    String route,
    byte[] body,
    Instant startedAt,
    long startedNanos) {
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

  public Mutation {
    key.ifPresent(Mutation::check);
  }

  private static void check(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The Idempotency-Key has "
              + key.length()
              + " characters or some that are not visible ASCII; give 1 to 128, as in a UUID.");
    }
  }

  /** Who and why, for the command. */
  public Cause cause() {
    return new Cause(caller, route);
  }
}
