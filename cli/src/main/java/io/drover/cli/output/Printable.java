package io.drover.cli.output;

/** Text that came from elsewhere, made harmless to a terminal. */
public final class Printable {
  private Printable() {}

  /** The text on one line without control characters, escape sequences included. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return safe.toString().strip();
  }
}
