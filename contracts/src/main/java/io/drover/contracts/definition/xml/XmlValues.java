package io.drover.contracts.definition.xml;

import io.drover.contracts.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Typed reading of one element's attributes. What is wrong becomes a fault and reads as absent. */
public final class XmlValues {
  private final XmlElement element;

  XmlValues(XmlElement element) {
    this.element = element;
  }

  public @Nullable String text(String attribute) {
    return element.attribute(attribute);
  }

  /** The value, or a fault and the empty string. */
  public String required(String attribute) {
    String value = element.attribute(attribute);
    if (value == null || value.isEmpty()) {
      element.invalid(attribute, "<" + element.name() + "> needs '" + attribute + "'.");
      return "";
    }
    return value;
  }

  /** One of the allowed words, or null. */
  public @Nullable String word(String attribute, String... allowed) {
    String value = element.attribute(attribute);
    if (value == null || Arrays.asList(allowed).contains(value)) {
      return value;
    }
    element.invalid(
        attribute, "'" + value + "' is not one of " + String.join(", ", List.of(allowed)) + ".");
    return null;
  }

  /** One of the allowed words, or the fallback. */
  public String wordOr(String attribute, String fallback, String... allowed) {
    String value = word(attribute, allowed);
    return value == null ? fallback : value;
  }

  /** The value, or null; an empty one is as none where libvirt has it so. */
  public @Nullable String nonEmpty(String attribute) {
    String value = element.attribute(attribute);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * Takes an attribute by which newer versions of libvirt write down what is so in any case;
   * another value would have to be done, and is a fault.
   */
  public void neutral(String attribute, String value) {
    String given = element.attribute(attribute);
    if (given != null && !given.equals(value)) {
      element.fault(
          attribute,
          ErrorCode.UNSUPPORTED_ELEMENT,
          "'"
              + given
              + "' is not supported; leave '"
              + attribute
              + "' out, or write '"
              + value
              + "', which is the same.");
    }
  }

  public @Nullable String onOff(String attribute) {
    return word(attribute, "on", "off");
  }

  public @Nullable Boolean yesNo(String attribute) {
    String value = word(attribute, "yes", "no");
    return value == null ? null : (Boolean) "yes".equals(value);
  }

  /** A whole number within both bounds, decimal or with 0x, or null. */
  public @Nullable Long number(String attribute, long min, long max) {
    String value = element.attribute(attribute);
    return value == null ? null : Numbers.read(element, attribute, value, min, max);
  }

  public @Nullable Integer integer(String attribute, int min, int max) {
    Long value = number(attribute, min, max);
    return value == null ? null : (Integer) value.intValue();
  }

  /** The number, or a fault and null. */
  public @Nullable Integer requiredInteger(String attribute, int min, int max) {
    return required(attribute).isEmpty() ? null : integer(attribute, min, max);
  }

  public int integerOr(String attribute, int fallback, int min, int max) {
    Long value = number(attribute, min, max);
    return value == null ? fallback : value.intValue();
  }

  public @Nullable UUID uuid(String attribute) {
    String value = element.attribute(attribute);
    return value == null ? null : uuid(value, attribute);
  }

  private @Nullable UUID uuid(String value, String attribute) {
    UUID uuid = Numbers.uuid(value);
    if (uuid == null) {
      element.fault(attribute, ErrorCode.INVALID_DEFINITION, "'" + value + "' is not a UUID.");
    }
    return uuid;
  }
}
