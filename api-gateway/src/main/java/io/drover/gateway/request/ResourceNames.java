package io.drover.gateway.request;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.util.regex.Pattern;

/** The forms that names may have. */
public final class ResourceNames {
  /** The form of a name that stands in addresses and tokens. */
  public static final String SLUG = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** What {@link #SLUG} is, for the refusal of another. */
  public static final String SLUG_FORM = "1 to 63 of a-z, 0-9 and -, not - at either end";

  /** The form of the name of an image, volume or domain. */
  public static final String PLAIN = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  /** What {@link #PLAIN} is, for the refusal of another. */
  public static final String PLAIN_FORM =
      "1 to 128 of A-Z, a-z, 0-9, dot, _ and -, first a letter or digit";

  private static final int SHOWN = 64;
  private static final Pattern PLAIN_PATTERN = Pattern.compile(PLAIN);

  private ResourceNames() {}

  /** Checks a name that is not a member of a JSON body; those have constraints. */
  public static String plain(String kind, String name) {
    if (!PLAIN_PATTERN.matcher(name).matches()) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The " + kind + " name \"" + shown(name) + "\" is not of " + PLAIN_FORM + ".");
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
    return new ProblemException(
        ErrorCode.NOT_FOUND, "There is no " + kind + " \"" + shown(reference) + "\" here.");
  }

  /** A value of the caller's, cut so that an answer stays short. */
  static String shown(String text) {
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
