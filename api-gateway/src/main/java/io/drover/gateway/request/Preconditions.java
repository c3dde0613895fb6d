package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import org.jspecify.annotations.Nullable;

/** ETag and If-Match. */
public final class Preconditions {
  private Preconditions() {}

  public static String etag(long version) {
    return "\"" + version + "\"";
  }

  /** Passes when there is no If-Match or it names this version. */
  public static void check(@Nullable String ifMatch, long version) {
    if (ifMatch == null || ifMatch.isBlank()) {
      return;
    }
    for (String candidate : ifMatch.split(",")) {
      String tag = candidate.strip();
      if (tag.equals("*") || tag.equals(etag(version))) {
        return;
      }
    }
    throw new ProblemException(
        ErrorCode.PRECONDITION_FAILED,
        "If-Match does not name the present version " + etag(version) + "; read it again.");
  }
}
