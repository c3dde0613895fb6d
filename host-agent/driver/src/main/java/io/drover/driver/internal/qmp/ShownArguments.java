package io.drover.driver.internal.qmp;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a log may show of a command: its name and the arguments that are listed here. Any other may
 * hold a passphrase, as {@code object-add} does.
 */
final class ShownArguments {
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "blockdev-del", Set.of("node-name"),
          "closefd", Set.of("fdname"),
          "device_del", Set.of("id"),
          "getfd", Set.of("fdname"),
          "netdev_del", Set.of("id"),
          "object-del", Set.of("id"),
          "qom-get", Set.of("path", "property"),
          "qom-list", Set.of("path"));

  private ShownArguments() {}

  static String of(QmpCommand<?> command) {
    Map<String, Object> shown = new TreeMap<>(command.arguments());
    shown.keySet().retainAll(ALLOWED.getOrDefault(command.name(), Set.of()));
    return shown.isEmpty() ? command.name() : command.name() + " " + shown;
  }
}
