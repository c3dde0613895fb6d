package io.drover.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The methods and paths of {@code openapi.yaml}: what the CLI may ask for. */
final class DocumentedPaths {
  private static final Pattern PATH = Pattern.compile("^  (/v1/\\S*):");
  private static final Pattern METHOD = Pattern.compile("^    (get|put|post|delete):");
  private final List<Pattern> allowed = new ArrayList<>();

  DocumentedPaths() {
    Path document =
        Path.of(System.getProperty("project.root"), "contracts/src/main/contract/openapi.yaml");
    String path = "";
    try {
      for (String line : Files.readAllLines(document)) {
        Matcher found = PATH.matcher(line);
        Matcher method = METHOD.matcher(line);
        if (found.find()) {
          path = found.group(1);
        } else if (method.find()) {
          String regex = path.replaceAll("\\{\\w+}", "[^/]+");
          allowed.add(
              Pattern.compile(method.group(1).toUpperCase(java.util.Locale.ROOT) + " " + regex));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String method, String path) {
    return allowed.stream().anyMatch(each -> each.matcher(method + " " + path).matches());
  }
}
