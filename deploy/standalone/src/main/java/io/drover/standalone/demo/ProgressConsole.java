package io.drover.standalone.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/**
 * What people see: one line for each thing that has happened, never redrawn, so that a log of it
 * reads as well as a terminal. Methods may be called from any thread.
 */
public final class ProgressConsole {
  private static final int NAME_WIDTH = 18;
  private static final int NOTE_WIDTH = 44;
  private static final String RESET = "\u001b[0m";

  private final PrintStream out;
  private final boolean colour;

  public ProgressConsole(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  public synchronized void title(String text) {
    out.println();
    out.println("  " + paint("1", text));
  }

  /** Something is done. */
  public synchronized void done(String name, String note, Duration took) {
    line(paint("32", "\u2713"), name, note, seconds(took));
  }

  /** Something was there already. */
  public synchronized void found(String name, String note) {
    line(paint("36", "\u2022"), name, note, "");
  }

  /** A step of a greater thing. */
  public synchronized void step(String name, String note, Duration took) {
    line(" ", "  " + name, note, seconds(took));
  }

  public synchronized void note(String text) {
    out.println("    " + paint("2", text));
  }

  public synchronized void warn(String text) {
    out.println("    " + paint("33", "! " + text));
  }

  /** A line of the table at the end. */
  public synchronized void row(String name, String value) {
    out.println("    " + pad(name, NAME_WIDTH) + value);
  }

  /** A line from the guest, made harmless: what it says must not steer the terminal. */
  public synchronized void console(String line) {
    String plain = line.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replaceAll("\\p{Cntrl}", "");
    if (!plain.isBlank()) {
      out.println("    " + paint("2", "\u2502") + " " + plain);
    }
  }

  public synchronized void failed(String step, String cause, String log) {
    out.println();
    out.println("  " + paint("31", "\u2717 " + step));
    out.println("    " + cause);
    out.println("    " + paint("2", "log: " + log));
  }

  /** As people say it: {@code 312 ms}, {@code 4.2 s}. */
  public static String seconds(Duration took) {
    double millis = took.toNanos() / 1e6;
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    return millis < 1000
        ? String.format(Locale.ROOT, "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  private void line(String mark, String name, String note, String time) {
    String text = pad(name, NAME_WIDTH) + pad(note, NOTE_WIDTH);
    out.println("  " + mark + " " + text + paint("2", String.format(Locale.ROOT, "%9s", time)));
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + RESET : text;
  }
}
