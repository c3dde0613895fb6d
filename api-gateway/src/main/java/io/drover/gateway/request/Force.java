package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is done whether or not its host carries it out, and why; the reason is kept. */
public final class Force {
  private static final int MAX_REASON = 1000;

  private Force() {}

  /**
   * Reads the query parameters {@code force} and {@code reason}.
   *
   * @return the reason; empty when nothing is to be forced
   * @throws ProblemException when force lacks a reason, or a reason the force
   */
  public static Optional<String> read(String force, @Nullable String reason) {
    boolean forced = RequestContext.flag("force", force);
    String given = reason == null || reason.isBlank() ? null : reason;
    if (forced != (given != null)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          forced
              ? "force=true lacks a reason; give one with reason=..., it is kept."
              : "A reason is kept only of what is done by force; add force=true or leave it out.");
    }
    if (given != null && given.length() > MAX_REASON) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The reason has "
              + given.length()
              + " characters, at most "
              + MAX_REASON
              + " are kept; give a shorter one.");
    }
    return Optional.ofNullable(given);
  }
}
