package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which page is asked for.
 *
 * @param after the keyset position after which it begins; empty for the first
 * @param size how many items at most
 */
public record PageRequest(Optional<String> after, int size) {
  private static final int DEFAULT_SIZE = 100;
  private static final int MAX_SIZE = 500;
  private static final int MAX_TOKEN = 512;
  private static final String PREFIX = "1:";

  /** Reads the query parameters or fails with {@code INVALID_REQUEST}. */
  public static PageRequest of(@Nullable String token, @Nullable String size) {
    return new PageRequest(position(token), size(size));
  }

  static String token(String position) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((PREFIX + position).getBytes(StandardCharsets.UTF_8));
  }

  private static int size(@Nullable String text) {
    if (text == null) {
      return DEFAULT_SIZE;
    }
    try {
      int size = Integer.parseInt(text);
      if (size >= 1 && size <= MAX_SIZE) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw badSize(e);
    }
    throw badSize(null);
  }

  private static ProblemException badSize(@Nullable Throwable cause) {
    String detail = "pageSize must be a number from 1 to " + MAX_SIZE + ".";
    return cause == null
        ? new ProblemException(ErrorCode.INVALID_REQUEST, detail)
        : new ProblemException(ErrorCode.INVALID_REQUEST, detail, cause);
  }

  private static Optional<String> position(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (token.length() <= MAX_TOKEN) {
        String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        if (text.startsWith(PREFIX) && text.indexOf(0) < 0) {
          return Optional.of(text.substring(PREFIX.length()));
        }
      }
    } catch (IllegalArgumentException e) {
      throw badToken();
    }
    throw badToken();
  }

  /** For a list whose positions have a form of their own. */
  public static ProblemException badToken() {
    return new ProblemException(
        ErrorCode.INVALID_REQUEST,
        "The pageToken is not one that this list gave; start again without it.");
  }
}
