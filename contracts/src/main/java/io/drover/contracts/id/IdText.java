package io.drover.contracts.id;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The one place where text becomes a UUID. {@link UUID#fromString} alone also takes "1-1-1-1-1".
 */
final class IdText {
  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private IdText() {}

  static UUID parse(String kind, String text) {
    if (text.length() != 36 || !CANONICAL.matcher(text).matches()) {
      String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
      throw new ProblemException(
          ErrorCode.INVALID_ID,
          "The " + kind + " \"" + shown + "\" is not a UUID; give it as 8-4-4-4-12 hex digits.");
    }
    return UUID.fromString(text);
  }
}
