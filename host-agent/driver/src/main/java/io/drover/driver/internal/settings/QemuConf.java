package io.drover.driver.internal.settings;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in the form of libvirt's {@code qemu.conf}: one {@code key = value} a line, numbers bare
 * and texts in double quotes, comments after {@code #}. A key that this driver does not know is
 * refused: who writes it relies on it.
 */
public final class QemuConf {
  private static final Pattern LINE =
      Pattern.compile("\\s*([a-z0-9_]+)\\s*=\\s*(?:(-?\\d+)|\"([^\"]*)\")\\s*(?:#.*)?");
  private final Path file;
  private final Map<String, String> values;

  private QemuConf(Path file, Map<String, String> values) {
    this.file = file;
    this.values = Map.copyOf(values);
  }

  /** Reads the file; one that is missing has no settings. */
  static QemuConf read(Path file, Set<String> known) {
    Map<String, String> values = new HashMap<>();
    int number = 0;
    for (String line : linesOf(file)) {
      number++;
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw refused(file, "line " + number + " is not as in key = 1 or key = \"text\"");
      }
      if (!known.contains(matcher.group(1))) {
        throw refused(
            file, "line " + number + " sets '" + matcher.group(1) + "', which is not supported");
      }
      String text = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      values.put(matcher.group(1), text);
    }
    return new QemuConf(file, values);
  }

  private static List<String> linesOf(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED, "The settings " + file + " cannot be read.", e);
    }
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
  }

  /** 1 or 0. */
  boolean flag(String key, boolean byDefault) {
    String value = values.get(key);
    if (value == null) {
      return byDefault;
    }
    if (!value.equals("0") && !value.equals("1")) {
      throw refused(file, key + " is 1 or 0, not '" + value + "'");
    }
    return value.equals("1");
  }

  /** A number within limits. */
  int number(String key, int byDefault, int least, int most) {
    String value = values.get(key);
    if (value == null) {
      return byDefault;
    }
    if (!value.matches("\\d{1,9}")
        || Integer.parseInt(value) < least
        || Integer.parseInt(value) > most) {
      throw refused(
          file, key + " is a number from " + least + " to " + most + ", not '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  /** An existing folder; relative to nothing. */
  Optional<String> folder(String key) {
    Optional<String> folder = text(key);
    folder
        .filter(path -> !path.startsWith("/") || !Files.isDirectory(Path.of(path)))
        .ifPresent(
            path -> {
              throw refused(file, key + " names '" + path + "', which is no folder");
            });
    return folder;
  }

  ProblemException refused(String why) {
    return refused(file, why);
  }

  private static ProblemException refused(Path file, String why) {
    return new ProblemException(
        ErrorCode.INVALID_REQUEST, "The settings " + file + " cannot be used: " + why + ".");
  }
}
