package io.drover.driver.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.definition.random.RandomDefinitions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The installed QEMU starts what the driver makes of legal definitions, whatever they combine. */
@Tag("nightly")
class RandomDefinitionsStartIT {
  private static final int TRIES = 15;

  @TempDir Path root;

  @TestFactory
  Stream<DynamicTest> comesUpToTheGreeting() {
    int[] number = {0};
    return RandomDefinitions.some(TRIES).stream()
        .map(xml -> DynamicTest.dynamicTest("definition " + number[0]++, () -> start(xml)));
  }

  private void start(String xml) throws Exception {
    Path folder = Files.createTempDirectory(root, "");
    assertThat(StartedGuest.run(DomainXml.read(xml), folder))
        .as(xml)
        .isIn("running", "paused", "prelaunch");
  }
}
