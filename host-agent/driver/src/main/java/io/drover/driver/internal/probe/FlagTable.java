package io.drover.driver.internal.probe;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How each of libvirt's flags is seen in an emulator's answers; the table {@code flags.txt}. */
final class FlagTable {
  private static final List<Sign> SIGNS = read();

  private FlagTable() {}

  /**
   * One way to see a flag.
   *
   * @param kind what the table explains at its head
   */
  record Sign(String flag, String kind, List<String> words) {
    Sign {
      words = List.copyOf(words);
    }
  }

  static List<Sign> signs() {
    return SIGNS;
  }

  /** The types whose properties tell flags. */
  static Set<String> typesAskedFor() {
    Set<String> types = new TreeSet<>();
    for (Sign sign : SIGNS) {
      if (sign.kind().equals("property") || sign.kind().equals("default")) {
        types.add(sign.words().get(0));
      }
    }
    return types;
  }

  private static List<Sign> read() {
    try (InputStream in = FlagTable.class.getResourceAsStream("flags.txt")) {
      if (in == null) {
        throw new IllegalStateException("The table of flags is not in the driver's jar");
      }
      List<Sign> signs = new ArrayList<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> add(signs, List.of(line.strip().split(" +"))));
      return List.copyOf(signs);
    } catch (IOException e) {
      throw new IllegalStateException("The table of flags cannot be read", e);
    }
  }

  private static void add(List<Sign> signs, List<String> words) {
    List<String> rest = words.subList(1, words.size());
    if (words.get(0).equals("+types")) {
      rest.forEach(name -> signs.add(new Sign(name, "type", List.of(name))));
    } else {
      signs.add(new Sign(words.get(0), rest.get(0), rest.subList(1, rest.size())));
    }
  }
}
