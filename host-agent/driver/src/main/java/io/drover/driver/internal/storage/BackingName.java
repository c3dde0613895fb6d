package io.drover.driver.internal.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The file of this host that the header of an image means by the name of its backing file. */
final class BackingName {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FILES = Set.of("file", "host_device");
  private static final Set<String> PLAIN =
      Set.of("driver", "file", "filename", "file.driver", "file.filename");

  private BackingName() {}

  /**
   * The file; empty when the name means anything else, as a server.
   *
   * @param image whose header has the name; a relative one is meant from its folder, as by QEMU
   */
  static Optional<Path> of(String name, Path image) {
    try {
      return name.startsWith("json:")
          ? inJson(name.substring("json:".length())).flatMap(found -> plain(found, image))
          : plain(name, image);
    } catch (InvalidPathException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> plain(String name, Path image) {
    for (String driver : FILES) {
      if (name.startsWith(driver + ":")) {
        return Optional.of(image.resolveSibling(name.substring(driver.length() + 1)));
      }
    }
    int colon = name.indexOf(':');
    int slash = name.indexOf('/');
    boolean server = colon > 0 && (slash < 0 || colon < slash);
    return server || name.isEmpty()
        ? Optional.empty()
        : Optional.of(image.resolveSibling(name).normalize());
  }

  /** Only what names one file and no options of it. */
  private static Optional<String> inJson(String text) throws JsonProcessingException {
    JsonNode node = JSON.readTree(text);
    for (JsonNode each : List.of(node, node.path("file"))) {
      for (String member : (Iterable<String>) each::fieldNames) {
        if (!PLAIN.contains(member)) {
          return Optional.empty();
        }
      }
    }
    JsonNode file = node.path("file").isObject() ? node.path("file") : node;
    String driver = file.path("driver").asText(node.path("file.driver").asText("file"));
    String name = file.path("filename").asText(node.path("file.filename").asText(""));
    return FILES.contains(driver) && !name.isEmpty() ? Optional.of(name) : Optional.empty();
  }
}
