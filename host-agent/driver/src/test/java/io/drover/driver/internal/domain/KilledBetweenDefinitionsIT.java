package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.JobOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.TestJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver dies at every write of an operation on both definitions, that between QEMU's change and
 * the persistent definition's among them; the next driver finds both changed, or neither.
 */
@Timeout(600)
class KilledBetweenDefinitionsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  @TempDir static Path root;
  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void start() throws IOException {
    OperatedGuest guest = new OperatedGuest(folder);
    image = guest.image("sdb.img", OperatedGuest.DISK_BYTES);
    try (LocalDriver driver = open()) {
      driver.capabilities(); // found by the programs
      Domain domain = driver.define(guest.xml("pc"));
      driver.start(domain.id(), StartOptions.plain().withPaused(true));
    }
  }

  @AfterEach
  void end() {
    try (LocalDriver driver = open()) {
      Domain domain = driver.domains().get(0);
      domain.destroy();
      driver.undefine(domain.id(), Set.of());
    }
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(root), TestDriver.options());
  }

  @Test
  void anAttachedDiskIsInBothDefinitionsOrInNone() throws Exception {
    killedEverywhere("attach", true);
  }

  @Test
  void aDetachedDiskIsInBothDefinitionsOrInNone() throws Exception {
    killedEverywhere("detach", false);
  }

  @Test
  void aDiskHasGrownOrWasNeverAskedTo() throws Exception {
    int point = 0;
    while (!killedAt("resize", ++point).isEmpty()) {
      try (LocalDriver driver = open()) {
        Domain domain = driver.domains().get(0);
        domain
            .submit(
                KilledOperationProgram.operation("resize", image),
                JobOptions.of("resize" + point, "it"))
            .await(DEADLINE)
            .orElseThrow();
        assertThat(folder.resolve("sda.img")).hasSize(2 * OperatedGuest.DISK_BYTES);
      }
    }
    assertThat(point).isGreaterThan(4);
  }

  /**
   * @param brings whether the operation brings the disk {@code sdb}, or removes it
   */
  private void killedEverywhere(String operation, boolean brings) throws Exception {
    Set<String> seen = new LinkedHashSet<>();
    Set<Boolean> outcomes = new LinkedHashSet<>();
    int point = 0;
    String killed;
    have(!brings);
    do {
      killed = killedAt(operation, ++point);
      seen.add(killed);
      try (LocalDriver driver = open()) {
        Domain domain = driver.domains().get(0);
        boolean done = settled(domain, operation, operation + point);
        boolean there = done == brings;
        List<String> expected = there ? List.of("sda", "sdb") : List.of("sda");
        assertThat(targets(domain.definition())).as(killed + point).isEqualTo(expected);
        assertThat(targets(domain.persistentDefinition().orElseThrow()))
            .as("the next start, killed " + killed + " at point " + point)
            .isEqualTo(expected);
        assertThat(OperatedGuest.children(domain, "/machine/peripheral").contains("scsi0-0-0-1"))
            .isEqualTo(there);
        assertThat(OperatedGuest.nodes(domain)).hasSize(2 * expected.size());
        outcomes.add(done);
        have(domain, !brings);
      }
    } while (!killed.isEmpty());
    assertThat(seen).contains("before the definition", "after the definition");
    assertThat(outcomes).contains(true);
  }

  /** Whether the killed program's operation was finished; by its id, it is never done twice. */
  private boolean settled(Domain domain, String operation, String id) {
    try {
      domain
          .submit(KilledOperationProgram.operation(operation, image), JobOptions.of(id, "it"))
          .await(DEADLINE)
          .orElseThrow();
      return true;
    } catch (ProblemException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
      return false;
    }
  }

  private void have(boolean wanted) {
    try (LocalDriver driver = open()) {
      have(driver.domains().get(0), wanted);
    }
  }

  private void have(Domain domain, boolean wanted) {
    if (targets(domain.definition()).contains("sdb") != wanted) {
      domain.execute(KilledOperationProgram.operation(wanted ? "attach" : "detach", image));
    }
  }

  private static List<String> targets(DomainDefinition definition) {
    return definition.devices(Disk.class).stream().map(disk -> disk.target().dev()).toList();
  }

  /** Where the program was killed; empty when it had ended before it came to that point. */
  private String killedAt(String operation, int point) throws Exception {
    Path said = folder.resolve("program.out");
    Process program =
        new ProcessBuilder(
                TestJvm.command(
                    KilledOperationProgram.class,
                    root.toString(),
                    operation,
                    image.toString(),
                    Integer.toString(point)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(program.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      String where = Files.readString(said, StandardCharsets.UTF_8).strip();
      assertThat(program.exitValue()).isEqualTo(where.isEmpty() ? 0 : KillPoint.KILLED);
      return where;
    } finally {
      program.destroyForcibly();
    }
  }
}
