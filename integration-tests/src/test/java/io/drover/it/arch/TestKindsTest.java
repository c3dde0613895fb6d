package io.drover.it.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.drover.it.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A quick test is quick: those with real parts are called {@code IT} and run by failsafe. */
class TestKindsTest {
  /** Simple names of tests that may, each with the reason. */
  private static final Map<String, String> REASONED = Map.of();

  @Test
  void noTestReachesANetworkAProcessOrADatabase() {
    assertThat(TestKinds.misnamed(everything(), REASONED)).isEmpty();
  }

  @Test
  void findsATestThatListensByWayOfAnotherClass() {
    assertThat(TestKinds.misnamed(SuiteClasses.planted(), Map.of()))
        .singleElement()
        .asString()
        .contains("ListeningTest should be an IT", "java.net.ServerSocket");
  }

  private static JavaClasses everything() {
    Path[] folders =
        ProjectFiles.modules().stream()
            .flatMap(
                module ->
                    Stream.of(
                        module.resolve("target/classes"), module.resolve("target/test-classes")))
            .filter(Files::isDirectory)
            .toArray(Path[]::new);
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/it/arch/planted/"))
        .importPaths(folders);
  }
}
