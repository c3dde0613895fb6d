package io.drover.definition.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Inputs after public reports, where somebody has put them beside the project. */
public final class FieldCases {
  private FieldCases() {}

  /** The text of one of them; the test is skipped without it. */
  public static String text(String name) throws IOException {
    Path file = folder().resolve(name);
    Assumptions.assumeTrue(
        Files.exists(file), "There is no " + file + "; name the folder by -Dfield.cases=FOLDER");
    return Files.readString(file).strip();
  }

  /** The folder ../shared/cases of the repository. */
  private static Path folder() {
    String named = System.getProperty("field.cases");
    if (named != null) {
      return Path.of(named);
    }
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("CONTRIBUTING.md"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("") : folder.resolveSibling("shared/cases");
  }
}
