package io.drover.definition.argv;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code name.xml} gives {@code name.argv}, one argument a line, or {@code name.err}, one fault a
 * line. {@code -Ddrover.golden=write} writes them anew into the source folder; review the diff.
 */
class GoldenArgvTest {
  private static final boolean WRITE = "write".equals(System.getProperty("drover.golden"));

  static List<String> names() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".xml"))
          .map(name -> name.substring(0, name.length() - ".xml".length()))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheKnownCommandLineOrRefusal(String name) throws IOException, URISyntaxException {
    String xml = Files.readString(folder().resolve(name + ".xml"));
    String kind;
    String answer;
    try {
      answer = String.join("\n", NativeArgv.of(xml)) + "\n";
      kind = ".argv";
    } catch (ProblemException e) {
      answer =
          e.problem().errors().stream().map(GoldenArgvTest::line).collect(Collectors.joining());
      answer = answer.isEmpty() ? e.code() + " " + e.problem().detail() + "\n" : answer;
      kind = ".err";
    }
    Path expected = folder().resolve(name + kind);
    if (WRITE) {
      Files.writeString(expected, answer);
    }
    assertThat(expected).exists();
    assertThat(answer).isEqualTo(read(expected));
  }

  private static String line(Problem.Fault fault) {
    String place = fault.line() == 0 ? "" : fault.line() + ":" + fault.column() + " ";
    return place + fault.code() + " " + fault.path() + " " + fault.detail() + "\n";
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() throws URISyntaxException {
    Path compiled = Path.of(GoldenArgvTest.class.getResource("/golden").toURI());
    Path module = compiled.getParent().getParent().getParent();
    return WRITE ? module.resolve("src/test/resources/golden") : compiled;
  }
}
