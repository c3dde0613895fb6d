package io.drover.definition.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A table that lies beside this package's classes: lines of words, {@code #} begins a comment. */
final class TextTable {
  private TextTable() {}

  static List<String> lines(String name) {
    try (InputStream in = TextTable.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The table " + name + " is not in the driver's jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new IllegalStateException("The table " + name + " cannot be read", e);
    }
  }
}
