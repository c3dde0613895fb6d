package io.drover.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the project's own files are. Paths are absolute. */
public final class ProjectFiles {
  private static final List<String> NOT_SOURCES = List.of("target", "data", ".git", "node_modules");

  private ProjectFiles() {}

  /** The folder with the parent pom. */
  public static Path root() {
    String named = System.getProperty("project.root");
    Path start = Path.of(named == null ? "" : named).toAbsolutePath().normalize();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("pom.xml")) && Files.exists(at.resolve(".mvn"))) {
        return at;
      }
    }
    throw new IllegalStateException("No parent pom at or above " + start);
  }

  /** Every file of the project that is not built, fetched or data. */
  public static List<Path> sources() {
    return under(root());
  }

  /** The text of a file. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folders of the modules, in the order of the build. */
  public static List<Path> modules() {
    return text(root().resolve("pom.xml"))
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("<module>"))
        .map(line -> line.substring("<module>".length(), line.indexOf("</module>")))
        .map(root()::resolve)
        .toList();
  }

  private static List<Path> under(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(path -> !NOT_SOURCES.contains(path.getFileName().toString()))
          .sorted()
          .flatMap(path -> Files.isDirectory(path) ? under(path).stream() : Stream.of(path))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
