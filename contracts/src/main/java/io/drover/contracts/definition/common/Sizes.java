package io.drover.contracts.definition.common;

import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.error.ErrorCode;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sizes with libvirt's units. */
public final class Sizes {
  private static final long LIMIT = 1L << 61;
  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("b", 1L),
          Map.entry("bytes", 1L),
          Map.entry("byte", 1L),
          Map.entry("kb", 1_000L),
          Map.entry("mb", 1_000_000L),
          Map.entry("gb", 1_000_000_000L),
          Map.entry("tb", 1_000_000_000_000L),
          Map.entry("k", 1L << 10),
          Map.entry("kib", 1L << 10),
          Map.entry("m", 1L << 20),
          Map.entry("mib", 1L << 20),
          Map.entry("g", 1L << 30),
          Map.entry("gib", 1L << 30),
          Map.entry("t", 1L << 40),
          Map.entry("tib", 1L << 40),
          Map.entry("p", 1L << 50),
          Map.entry("pib", 1L << 50),
          Map.entry("pb", 1_000_000_000_000_000L),
          Map.entry("e", 1L << 60),
          Map.entry("eib", 1L << 60),
          Map.entry("eb", 1_000_000_000_000_000_000L));

  private Sizes() {}

  /** The element's text in bytes; null and a fault when it is no size. */
  public static @Nullable Long bytes(XmlElement element, long min, String defaultUnit) {
    return bytes(element, Numbers.ofText(element, min, LIMIT), defaultUnit);
  }

  /** An attribute in bytes, in the unit that {@code unit} names. */
  public static @Nullable Long attribute(XmlElement element, String attribute, String defaultUnit) {
    return bytes(element, element.values().number(attribute, 0, LIMIT), defaultUnit);
  }

  private static @Nullable Long bytes(
      XmlElement element, @Nullable Long amount, String defaultUnit) {
    String unit = element.values().text("unit");
    Long factor = UNITS.get((unit == null ? defaultUnit : unit).toLowerCase(Locale.ROOT));
    if (factor == null) {
      element.invalid("unit", "'" + unit + "' is not a unit such as bytes, KiB, MiB, GiB or GB.");
      return null;
    }
    if (amount == null) {
      return null;
    }
    if (amount > LIMIT / factor) {
      element.fault(ErrorCode.LIMIT_EXCEEDED, "The size is beyond " + LIMIT + " bytes.");
      return null;
    }
    return amount * factor;
  }

  /** Bytes as KiB, rounded up, as libvirt keeps memory. */
  public static @Nullable Long kib(@Nullable Long bytes) {
    return bytes == null ? null : (Long) ((bytes + 1023) / 1024);
  }
}
