package io.drover.driver.argv;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line while it grows. */
final class Arguments {
  private final List<String> words = new ArrayList<>();

  Arguments flag(String option) {
    words.add(option);
    return this;
  }

  Arguments option(String option, String value) {
    words.add(option);
    words.add(value);
    return this;
  }

  Arguments option(String option, Props value) {
    return option(option, value.json());
  }

  Arguments device(Props device) {
    return option("-device", device);
  }

  Arguments object(Props object) {
    return option("-object", object);
  }

  List<String> words() {
    return List.copyOf(words);
  }

  /** A value in key=value syntax, where a comma is doubled. */
  static String escape(@Nullable String value) {
    return value == null ? "" : value.replace(",", ",,");
  }
}
