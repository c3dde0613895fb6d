package io.drover.driver.internal.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.json.ContractJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The programs that can stand behind vhost-user devices, as their packages describe them in JSON
 * files. A file hides one of the same name in a folder before; an empty one only hides it.
 */
public final class BackendDescriptors {
  private final List<Path> folders;

  /**
   * @param folders the one that counts most comes last
   */
  public BackendDescriptors(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  /** The host's own folders. */
  public static BackendDescriptors ofHost() {
    return new BackendDescriptors(
        List.of(Path.of("/usr/share/qemu/vhost-user"), Path.of("/etc/qemu/vhost-user")));
  }

  /**
   * The program for a type of device, the first by file name.
   *
   * @param type QEMU's word, as {@code fs} or {@code gpu}
   */
  public Optional<String> program(String type) {
    Map<String, Path> files = new TreeMap<>();
    folders.forEach(folder -> list(folder, files));
    for (Path file : files.values()) {
      Optional<String> found = program(file, type);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static void list(Path folder, Map<String, Path> files) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder, "*.json")) {
      content.forEach(file -> files.put(String.valueOf(file.getFileName()), file));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static Optional<String> program(Path file, String type) {
    try {
      if (Files.size(file) == 0) {
        return Optional.empty();
      }
      JsonNode descriptor = ContractJson.mapper().readTree(Files.readString(file));
      String binary = descriptor.path("binary").asText();
      boolean fits = descriptor.path("type").asText().equals(type) && !binary.isEmpty();
      return fits ? Optional.of(binary) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ProblemException unreadable(Path path, IOException cause) {
    return new ProblemException(
        ErrorCode.HOST_RESOURCE_MISSING, "The descriptor " + path + " cannot be read.", cause);
  }
}
