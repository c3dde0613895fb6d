package io.drover.definition.fromargv;

import io.drover.definition.fromargv.draft.MutableElement;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes the paths of a definition absolute: the driver's QEMU runs in another folder than the
 * command would have.
 */
final class AbsolutePaths {
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "source/file",
          "source/path",
          "source/dir",
          "source/evdev",
          "source/dev",
          "log/file",
          "rom/file",
          "entry/file",
          "server/path",
          "device/path",
          "nvram/template",
          "listen/socket");

  /** Elements whose text is a path. */
  private static final Set<String> TEXTS =
      Set.of("loader", "nvram", "kernel", "initrd", "dtb", "table", "path");

  private final Path folder;

  /**
   * @param folder where the command runs, absolute
   */
  AbsolutePaths(Path folder) {
    this.folder = folder;
  }

  void in(MutableElement domain) {
    domain.walk(
        element -> {
          // Names of the host's devices and bridges are no paths, and a server's are its own.
          boolean named = element.says("protocol") || element.says("bridge");
          element.eachAttribute(
              (attribute, value) ->
                  ATTRIBUTES.contains(element.name() + "/" + attribute)
                          && !named
                          && path(attribute, value)
                      ? absolute(value)
                      : value);
          boolean text = TEXTS.contains(element.name()) || randomness(element);
          if (text && path("", element.text())) {
            element.holding(absolute(element.text()));
          }
          if (element.name().equals("emulator") && element.text().contains("/")) {
            element.holding(absolute(element.text()));
          }
        });
  }

  private static boolean randomness(MutableElement element) {
    return element.name().equals("backend") && "random".equals(element.get("model"));
  }

  /** A source's device is a path only where it has folders; else it is a name, as of a card. */
  private static boolean path(String attribute, String value) {
    boolean name = attribute.equals("dev") && !value.contains("/");
    return !value.isEmpty() && !value.startsWith("/") && !name;
  }

  private String absolute(String value) {
    try {
      return folder.resolve(value).normalize().toString();
    } catch (InvalidPathException e) {
      return value; // no definition can have it either
    }
  }
}
