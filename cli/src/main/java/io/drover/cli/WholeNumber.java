package io.drover.cli;

import java.util.function.IntFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a number that fits an int: no option counts further. A class and no lambda: picocli's are
 * of Java 5, and Java 17 crashes when it archives a lambda of such an interface.
 */
final class WholeNumber<N extends Number> implements ITypeConverter<N> {
  private final IntFunction<N> made;

  WholeNumber(IntFunction<N> made) {
    this.made = made;
  }

  @Override
  public N convert(String text) {
    try {
      return made.apply(Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number of at most 2^31 - 1");
    }
  }
}
