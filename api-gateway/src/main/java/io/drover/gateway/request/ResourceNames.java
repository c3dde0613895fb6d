package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms that names may have. */
public final class ResourceNames {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private ResourceNames() {}

  /** A name that stands in addresses and tokens. */
  public static String slug(String kind, @Nullable String name) {
    return check(kind, name, SLUG, "1 to 63 of a-z, 0-9 and -, not - at either end");
  }

  /** A name of an image or volume. */
  public static String plain(String kind, @Nullable String name) {
    return check(
        kind, name, FILE_NAME, "1 to 128 of A-Z, a-z, 0-9, dot, _ and -, first a letter or digit");
  }

  private static String check(String kind, @Nullable String name, Pattern form, String says) {
    if (name == null) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The " + kind + " has no name; give one of " + says + ".");
    }
    if (name.length() > 200 || !form.matcher(name).matches()) {
      String shown = name.length() > 64 ? name.substring(0, 64) + "..." : name;
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The " + kind + " name \"" + shown + "\" is not of " + says + ".");
    }
    return name;
  }

  /** {@code NAME_TAKEN}, for all that has a name. */
  public static ProblemException taken(String kind, String name) {
    return new ProblemException(
        ErrorCode.NAME_TAKEN,
        "There is a " + kind + " named \"" + name + "\" already; take another name.");
  }

  /** {@code NOT_FOUND}, for all that has a name or an id. */
  public static ProblemException missing(String kind, String reference) {
    String shown = reference.length() > 64 ? reference.substring(0, 64) + "..." : reference;
    return new ProblemException(
        ErrorCode.NOT_FOUND, "There is no " + kind + " \"" + shown + "\" here.");
  }
}
