package io.drover.cli.output;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people read and write them. Sizes count in powers of 1024. */
public final class Amounts {
  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?)([KMGT]?)(?:i?B)?");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "K", 10, "M", 20, "G", 30, "T", 40);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Amounts() {}

  /**
   * Reads {@code 512M}, {@code 1.5GiB}, {@code 1048576} as bytes.
   *
   * @throws IllegalArgumentException with a sentence for anything else
   */
  public static long parseSize(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a size; write it as in 512M, 1.5G or 1048576.");
    }
    BigDecimal unit = BigDecimal.valueOf(1L << SHIFTS.getOrDefault(matcher.group(2), 0));
    return new BigDecimal(matcher.group(1)).multiply(unit).longValue();
  }

  /** As in {@code 1.5 GiB}. */
  public static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    boolean whole = value == Math.rint(value);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
  }

  /** As in {@code 0.4 ms}, {@code 37 ms}, {@code 2.41 s}, {@code 3 min 5 s}. */
  public static String duration(long micros) {
    if (micros < 10_000) {
      return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
    if (micros < 1_000_000) {
      return String.format(Locale.ROOT, "%.0f ms", micros / 1e3);
    }
    if (micros < 60_000_000) {
      return String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }
    Duration whole = Duration.ofSeconds(micros / 1_000_000);
    return whole.toMinutes() + " min " + whole.toSecondsPart() + " s";
  }

  /** As in {@code 3 s}, {@code 5 min}, {@code 2 h}, {@code 12 d}: how long ago something was. */
  public static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 48 * 3600 ? seconds / 3600 + " h" : seconds / 86400 + " d";
  }
}
