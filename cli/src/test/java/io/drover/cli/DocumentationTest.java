package io.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/cli.md says what the code does. */
class DocumentationTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+ \\| [^|]+ \\| [^|]+) \\|$");

  @Test
  void everyExitCodeIsDocumentedAsItIs() throws IOException {
    String page = Files.readString(Path.of(System.getProperty("project.root"), "docs/cli.md"));
    List<String> documented =
        ROW.matcher(page).results().map((MatchResult row) -> row.group(1)).toList();

    assertThat(documented)
        .isEqualTo(
            Arrays.stream(ExitCode.values())
                .map(code -> code.number() + " | " + code.label() + " | " + code.meaning())
                .toList());
  }
}
