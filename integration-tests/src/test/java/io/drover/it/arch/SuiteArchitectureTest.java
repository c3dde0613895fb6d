package io.drover.it.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.drover.it.ProjectFiles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule holds for the suite, and every rule catches what was planted for it. */
class SuiteArchitectureTest {
  private static JavaClasses suite;
  private static JavaClasses planted;

  @BeforeAll
  static void importClasses() {
    suite = SuiteClasses.suite();
    planted = SuiteClasses.planted();
  }

  static List<SuiteRule> rules() {
    return Stream.of(Layers.rules(), SuiteNames.rules(), Calls.rules(), Islands.rules())
        .flatMap(List::stream)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> holdsForTheSuite() {
    return rules().stream()
        .map(rule -> dynamicTest(rule.name(), () -> rule.check(SuiteClasses.ROOT, suite)));
  }

  @TestFactory
  Stream<DynamicTest> catchesWhatWasPlanted() {
    return rules().stream()
        .map(
            rule ->
                dynamicTest(
                    rule.name(),
                    () -> {
                      Throwable report =
                          catchThrowable(() -> rule.check(SuiteClasses.PLANTED_ROOT, planted));
                      assertThat(report).isInstanceOf(AssertionError.class);
                      assertThat(report.getMessage()).contains(rule.caught());
                    }));
  }

  @Test
  void looksAtEveryModuleThatHasSources() {
    assertThat(ProjectFiles.modules())
        .filteredOn(module -> module.resolve("src/main/java").toFile().isDirectory())
        .filteredOn(module -> !module.endsWith(SuiteClasses.MEASUREMENTS))
        .allSatisfy(
            module ->
                assertThat(SuiteClasses.folders()).contains(module.resolve("target/classes")));
    assertThat(SuiteClasses.PARTS)
        .allSatisfy(
            part ->
                assertThat(suite)
                    .as(part)
                    .anyMatch(type -> type.getPackageName().startsWith("io.drover." + part)));
  }

  /** An owner that is gone must leave the list, or the list hides the next violation. */
  @TestFactory
  Stream<DynamicTest> namesNoOwnerThatIsGone() {
    return Arrays.stream(Owners.class.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .map(
            field ->
                dynamicTest(
                    field.getName(),
                    () ->
                        assertThat(owners(field))
                            .allSatisfy(
                                (owner, reason) -> {
                                  assertThat(reason).isNotBlank();
                                  assertThat(suite)
                                      .as(owner)
                                      .anyMatch(t -> Owners.bears(SuiteClasses.ROOT, t, owner));
                                })));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> owners(Field field) throws IllegalAccessException {
    return (Map<String, String>) field.get(null);
  }
}
