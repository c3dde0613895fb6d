package io.drover.driver.internal.domain;

import java.util.regex.Pattern;

/** QEMU's words at a failed start, without what only the program that started it understands. */
final class QemuWords {
  /** When and by which program; then the option with its JSON, which the plan has made. */
  private static final Pattern BEFORE =
      Pattern.compile(
          "(?m)^(\\d{4}-\\d\\d-\\d\\dT\\S+Z )?(\\S*qemu-system-\\S+: )?"
              + "(-[a-z][a-z-]* (\\{.*\\}|[^ ]+): )?");

  private QemuWords() {}

  static String plain(String output) {
    return BEFORE.matcher(output).replaceAll("").strip();
  }
}
