package io.drover.contracts.definition.xml;

import io.drover.contracts.error.ErrorCode;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and UUIDs as libvirt writes them. */
public final class Numbers {
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,18}");
  private static final Pattern TOO_LONG = Pattern.compile("[+-]?\\d{19,}+|0[xX][0-9a-fA-F]{16,}+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");
  private static final Pattern UUID_TEXT = Pattern.compile("([0-9a-fA-F]{2}-?){15}[0-9a-fA-F]{2}");

  private Numbers() {}

  /**
   * The number that the text of an element is, or null and a fault. An empty element of a plain
   * value says nothing, as in libvirt: null without a fault.
   */
  public static @Nullable Long ofText(XmlElement element, long min, long max) {
    String text = element.text();
    return text.isEmpty() ? null : read(element, null, text, min, max);
  }

  /**
   * The UUID that the text of an element is; null when it is empty, and with a fault when wrong.
   */
  public static @Nullable UUID uuidOfText(@Nullable XmlElement element) {
    String text = element == null ? "" : element.text();
    UUID uuid = uuid(text);
    if (element != null && !text.isEmpty() && uuid == null) {
      element.invalid("'" + shortened(text) + "' is not a UUID.");
    }
    return uuid;
  }

  static @Nullable Long read(
      XmlElement element, @Nullable String attribute, String text, long min, long max) {
    Long value = parse(text.strip());
    String detail = null;
    ErrorCode code = ErrorCode.INVALID_DEFINITION;
    if (value == null && TOO_LONG.matcher(text.strip()).matches()) {
      detail = shortened(text) + " is outside " + min + " to " + max + ".";
      code = ErrorCode.LIMIT_EXCEEDED;
    } else if (value == null) {
      detail = "'" + shortened(text) + "' is not a whole number.";
    } else if (value < min || value > max) {
      detail = value + " is outside " + min + " to " + max + ".";
      code = value > max ? ErrorCode.LIMIT_EXCEEDED : code;
    }
    if (detail == null) {
      return value;
    }
    if (attribute == null) {
      element.fault(code, detail);
    } else {
      element.fault(attribute, code, detail);
    }
    return null;
  }

  /** A decimal or 0x number of at most 18 digits, or null. */
  public static @Nullable Long parse(String text) {
    if (DECIMAL.matcher(text).matches()) {
      return Long.valueOf(text.startsWith("+") ? text.substring(1) : text);
    }
    return HEXADECIMAL.matcher(text).matches() ? Long.valueOf(text.substring(2), 16) : null;
  }

  /** A UUID, or null; as in libvirt a dash may stand between any two bytes, or nowhere. */
  public static @Nullable UUID uuid(String text) {
    String plain = text.strip();
    if (!UUID_TEXT.matcher(plain).matches()) {
      return null;
    }
    String digits = plain.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits.substring(0, 16), 16),
        Long.parseUnsignedLong(digits.substring(16), 16));
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
