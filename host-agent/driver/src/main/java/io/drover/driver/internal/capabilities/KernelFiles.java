package io.drover.driver.internal.capabilities;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files of {@code /proc} and {@code /sys}; what is not there or may not be read is empty. */
final class KernelFiles {
  private final Path root;

  /**
   * @param root of the file system
   */
  KernelFiles(Path root) {
    this.root = root;
  }

  boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  List<String> lines(String path) {
    return text(path).map(text -> text.lines().toList()).orElse(List.of());
  }

  OptionalInt number(String path) {
    try {
      return text(path).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** The numbers in the names of the folder's entries that match, as 3 in {@code cpu3}, sorted. */
  List<Integer> numbered(String folder, String pattern) {
    Pattern names = Pattern.compile(pattern);
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path entry : entries) {
        Matcher name = names.matcher(entry.getFileName().toString());
        if (name.matches()) {
          found.add(Integer.parseInt(name.group(1)));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  boolean hasEntries(String folder) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder))) {
      return entries.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }
}
