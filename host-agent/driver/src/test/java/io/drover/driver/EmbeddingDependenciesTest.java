package io.drover.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** docs/embedding.md says truly what a program gets together with the library. */
class EmbeddingDependenciesTest {
  private static final Pattern ROW = Pattern.compile("\\| ([^|]+\\.jar) \\| (\\d+) \\| [^|]+ \\|");
  private static final Pattern TOTAL =
      Pattern.compile("\\| \\*\\*(\\d+) jars\\*\\* \\| \\*\\*(\\d+)\\*\\* \\| \\|");

  /** What the build has written, or nothing where something else than Maven runs the tests. */
  private static List<Path> runtimeClassPath() throws IOException {
    Path written =
        Path.of(
            System.getProperty("project.root"),
            "host-agent",
            "driver",
            "target",
            "runtime-classpath.txt");
    Assumptions.assumeTrue(Files.exists(written), "written by maven-dependency-plugin");
    return Stream.of(Files.readString(written).strip().split(":", -1)).map(Path::of).toList();
  }

  @Test
  void theListAndTheTotalAreThoseOfTheClassPath() throws IOException {
    Map<String, Long> real = new TreeMap<>();
    for (Path part : runtimeClassPath()) {
      String name = String.valueOf(part.getFileName());
      boolean own = name.startsWith("drover-") || Files.isDirectory(part);
      if (!own) {
        real.put(name, Files.size(part));
      }
    }
    String document =
        Files.readString(Path.of(System.getProperty("project.root"), "docs", "embedding.md"));
    Map<String, Long> told = new TreeMap<>();
    List<Long> totals = new ArrayList<>();
    for (String line : document.lines().toList()) {
      Matcher row = ROW.matcher(line);
      Matcher total = TOTAL.matcher(line);
      if (row.matches()) {
        told.put(row.group(1), Long.parseLong(row.group(2)));
      } else if (total.matches()) {
        totals.add(Long.parseLong(total.group(1)));
        totals.add(Long.parseLong(total.group(2)));
      }
    }

    assertThat(told).isEqualTo(real);
    assertThat(totals)
        .containsExactly(
            (long) real.size(), real.values().stream().mapToLong(Long::longValue).sum());
  }
}
