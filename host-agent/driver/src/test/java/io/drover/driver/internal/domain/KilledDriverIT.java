package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.Domain;
import io.drover.driver.DomainState;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StateReason;
import io.drover.driver.TestJvm;
import io.drover.driver.internal.process.ProcessIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that embeds the driver dies of SIGKILL; its guest does not. */
class KilledDriverIT {
  @TempDir Path root;

  @Test
  void theGuestGoesOnAndIsFoundAgain() throws Exception {
    DomainId id = BareGuest.newId();
    Process program = startProgram(id);
    try {
      long pid = startedPid(program);
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.IN_USE);
                assertThat(e.getMessage()).contains("process " + program.pid());
              });

      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

      assertThat(ProcessIdentity.of(pid)).isPresent();
      try (LocalDriver driver = open()) {
        Domain domain = driver.find(id).orElseThrow();
        assertThat(domain.pid()).isEqualTo(pid);
        assertThat(domain.status().state()).isEqualTo(DomainState.RUNNING);
        assertThat(domain.tags()).containsEntry("generation", "3");
        assertThat(driver.unknownQemus()).isEmpty();
        domain.destroy();
        assertThat(domain.status().reason()).isEqualTo(StateReason.SHUTOFF_DESTROYED);
      }
      assertThat(ProcessIdentity.of(pid)).isEmpty();
    } finally {
      program.destroyForcibly();
    }
  }

  private static boolean leadsTo(Path descriptor, Path file) {
    try {
      return Files.readSymbolicLink(descriptor).equals(file);
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }

  @Test
  void theGuestHasASessionOfItsOwnAndNoPipesToTheProgram() throws Exception {
    DomainId id = BareGuest.newId();
    Process program = startProgram(id);
    try {
      Path process = Path.of("/proc", Long.toString(startedPid(program)));
      String[] stat = Files.readString(process.resolve("stat")).split("\\) ", 2)[1].split(" ", -1);
      assertThat(stat[3]).isEqualTo(String.valueOf(process.getFileName()));
      assertThat(Files.readSymbolicLink(process.resolve("fd/0"))).isEqualTo(Path.of("/dev/null"));
      Path output = Files.readSymbolicLink(process.resolve("fd/2"));
      assertThat(Files.readSymbolicLink(process.resolve("fd/1"))).isEqualTo(output);
      try (Stream<Path> descriptors =
          Files.list(Path.of("/proc", Long.toString(program.pid()), "fd"))) {
        assertThat(descriptors.filter(each -> leadsTo(each, output))).isEmpty();
      }
      assertThat(Files.readString(process.resolve("status"))).contains("NoNewPrivs:\t1");
      assertThat(Files.readString(process.resolve("limits")))
          .containsPattern("Max core file size +0 +0");
    } finally {
      program.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      try (LocalDriver driver = open()) {
        driver.domains().forEach(Domain::destroy);
      }
    }
  }

  private LocalDriver open() {
    return TestDriver.open(DriverLayout.under(root), DriverOptions.defaults());
  }

  private Process startProgram(DomainId id) throws IOException {
    return new ProcessBuilder(
            TestJvm.command(EmbeddingProgram.class, root.toString(), id.toString()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long startedPid(Process program) throws IOException {
    BufferedReader output = program.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.startsWith("started ")) {
      line = output.readLine();
    }
    assertThat(line).isNotNull();
    return Long.parseLong(line.substring("started ".length()));
  }
}
