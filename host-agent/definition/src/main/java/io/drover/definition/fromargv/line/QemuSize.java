package io.drover.definition.fromargv.line;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as QEMU reads them: a number, or a fraction of what its letter stands for. */
public final class QemuSize {
  /** The letters that a size may end with, each 1024 times the one before. */
  private static final String UNITS = "BKMGTPE";

  private static final Pattern FORM =
      Pattern.compile("(0[xX][0-9a-fA-F]{1,15}|\\d{1,18}(?:\\.\\d{0,18})?)([bkmgtpeBKMGTPE]?)");
  private static final int HEXADECIMAL = 16;

  private QemuSize() {}

  /**
   * The size in bytes; empty when it is none to QEMU.
   *
   * @param unit of a size without a letter: one of B, K, M, G, T, P, E
   */
  public static Optional<Long> bytes(String text, char unit) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String letter = form.group(2).toUpperCase(Locale.ROOT);
    int power = UNITS.indexOf(letter.isEmpty() ? unit : letter.charAt(0));
    String digits = form.group(1);
    BigDecimal number =
        digits.startsWith("0x") || digits.startsWith("0X")
            ? new BigDecimal(new BigInteger(digits.substring(2), HEXADECIMAL))
            : new BigDecimal(digits.endsWith(".") ? digits + "0" : digits);
    if (power == 0 && number.stripTrailingZeros().scale() > 0) {
      return Optional.empty(); // there is no part of a byte
    }
    BigInteger bytes = number.multiply(BigDecimal.valueOf(2).pow(10 * power)).toBigInteger();
    return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
  }
}
