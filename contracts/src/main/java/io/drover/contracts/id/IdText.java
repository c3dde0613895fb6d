package io.drover.contracts.id;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The one place where text becomes a UUID. {@link UUID#fromString} alone also takes "1-1-1-1-1".
 */
public final class IdText {
  private static final int LENGTH = 36;
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private IdText() {}

  /** The id that the text is; empty when it is none, as a name is. */
  public static Optional<UUID> find(String text) {
    return text.length() == LENGTH && CANONICAL.matcher(text).matches()
        ? Optional.of(UUID.fromString(text))
        : Optional.empty();
  }

  static UUID parse(String kind, String text) {
    return find(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    ErrorCode.INVALID_ID,
                    "The "
                        + kind
                        + " \""
                        + (text.length() > 40 ? text.substring(0, 40) + "..." : text)
                        + "\" is not a UUID; give it as 8-4-4-4-12 hex digits."));
  }
}
