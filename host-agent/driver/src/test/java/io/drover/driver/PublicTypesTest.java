package io.drover.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library's API stays small enough to be read, and every type of it says what it is. */
class PublicTypesTest {
  private static final int MOST = 60;
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(/\\*\\*(?:[^*]|\\*(?!/))*\\*/\n)?((?:@\\w+\n)*)public (?:sealed |final |abstract )*"
              + "(?:class|interface|record|enum) (\\w+)");

  @Test
  void theyAreAtMostSixtyAndEachIsDocumented() throws IOException {
    List<String> types = new ArrayList<>();
    List<String> undocumented = new ArrayList<>();
    for (Path source : sources()) {
      Matcher found = TYPE.matcher(Files.readString(source));
      while (found.find()) {
        types.add(found.group(3));
        if (found.group(1) == null) {
          undocumented.add(found.group(3));
        }
      }
    }
    assertThat(types).contains("QemuDriver", "Domain", "DriverOptions", "LifecycleEvent");
    assertThat(undocumented).isEmpty();
    assertThat(types).hasSizeLessThanOrEqualTo(MOST);
  }

  private static List<Path> sources() throws IOException {
    Path folder =
        Path.of(
            System.getProperty("project.root"), "host-agent/driver/src/main/java/io/drover/driver");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .sorted()
          .toList();
    }
  }
}
