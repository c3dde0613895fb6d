package io.drover.it.gates;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.it.ProjectFiles;
import io.drover.it.gates.PlantedProject.Build;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Builds small projects with the suite's parent pom: one is clean, each other plants one violation.
 */
class QualityGatesIT {
  private static final Path TARGET = ProjectFiles.root().resolve("integration-tests/target");
  private static final String CLEAN =
      """
      package planted;

      import org.jspecify.annotations.NullMarked;

      /** Nothing is wrong with it. */
      @NullMarked
      public record Planted(String name) {
        /** The name, loud. */
        public String loud() {
          return name + "!";
        }

        /** Not tested. */
        public String quiet() {
          return name;
        }
      }
      """;

  private static final String COMPARISON =
      "return java.util.List.of(name).contains(1) ? name : name;";

  private static final String TEST =
      """
      package planted;

      import static org.junit.jupiter.api.Assertions.assertEquals;

      import org.junit.jupiter.api.Test;

      class PlantedTest {
        @Test
        void isLoud() {
          assertEquals("a!", new Planted("a").loud());
        }
      }
      """;

  private static final String LINES = "    copy = copy + name;\n".repeat(60);

  private static PlantedProject project;
  private static Build build;
  private static String figure;

  @BeforeAll
  static void buildsAll() throws Exception {
    project = new PlantedProject(TARGET.resolve("gates"));
    project
        .with("clean", "Planted.java", CLEAN)
        .withTest("clean", "PlantedTest.java", TEST)
        .with("misformatted", "Planted.java", CLEAN.replace("return name;", "return   name ;"))
        .with("null-returned", "Planted.java", CLEAN.replace("return name;", "return null;"))
        .with("comparison", "Planted.java", CLEAN.replace("return name;", COMPARISON))
        .with("long-file", "Planted.java", CLEAN + "//\n".repeat(400))
        .with("long-method", "Planted.java", longMethod())
        .with("star-import", "Planted.java", CLEAN.replace("NullMarked;\n\n", "*;\n\n"));
    build = project.build("verify");
    figure = CoverageFigure.of(project.module("clean/target/site/jacoco/jacoco.csv"));
  }

  private static String longMethod() {
    return CLEAN.replace(
        "    return name;", "    String copy = name;\n" + LINES + "    return copy;");
  }

  @Test
  void letACleanProjectPass() {
    assertThat(build.passed("clean")).as(build.log()).isTrue();
  }

  @Test
  void refuseASourceThatIsNotFormatted() {
    refused("misformatted", "spotless");
  }

  @Test
  void refuseANullThatCrossesAMethod() {
    refused("null-returned", "NullAway");
  }

  @Test
  void refuseWhatErrorProneKnowsToBeAMistake() {
    refused("comparison", "CollectionIncompatibleType");
  }

  @Test
  void refuseAFileOfMoreThan400Lines() {
    refused("long-file", "FileLength");
  }

  @Test
  void refuseAMethodOfMoreThan60Lines() {
    refused("long-method", "MethodLength");
  }

  @Test
  void refuseAStarImport() {
    refused("star-import", "AvoidStarImport");
  }

  @Test
  void measureTheCoverage() {
    assertThat(figure).matches("Coverage: \\d+\\.\\d % of \\d+ lines \\(clean \\d+ %\\)");
    assertThat(figure).doesNotContain(" 0.0 %").doesNotContain("100");
  }

  @Test
  void makeTheSameBytesAgain() throws Exception {
    Path jar = project.module("clean/target/clean-0.1.0-SNAPSHOT.jar");
    byte[] first = Files.readAllBytes(jar);
    Files.delete(jar);
    Build again = project.build("-pl", "clean", "-Dquick", "package");
    assertThat(again.exit()).as(again.log()).isZero();
    assertThat(Files.readAllBytes(jar)).isEqualTo(first);
  }

  private static void refused(String module, String by) {
    assertThat(build.passed(module)).as("%s passed", module).isFalse();
    assertThat(build.about(module)).contains(by);
  }
}
