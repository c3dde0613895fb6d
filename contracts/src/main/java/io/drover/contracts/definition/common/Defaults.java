package io.drover.contracts.definition.common;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was given, or the empty form of it; collections are copied, in their order. */
public final class Defaults {
  private Defaults() {}

  public static <T> List<T> list(@Nullable List<T> given) {
    return given == null ? List.of() : List.copyOf(given);
  }

  public static <V> Map<String, V> map(@Nullable Map<String, V> given) {
    return given == null || given.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  public static <T> T or(@Nullable T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
