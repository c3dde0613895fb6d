package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The threads of a QEMU run on the host's CPUs that the definition names. */
class ThreadTuningIT {
  @TempDir Path folder;
  private LocalDriver driver;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(
        Runtime.getRuntime().availableProcessors() > 1, "needs a host with two CPUs");
    driver = TestDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults());
  }

  @AfterEach
  void end() {
    if (driver != null) {
      driver.domains().forEach(Domain::destroy);
      driver.close();
    }
  }

  private Domain start(String vcpu, String tuning) {
    return driver.start(
        """
        <domain type='qemu'>
          <name>pinned</name>
          <memory unit='MiB'>32</memory>
          %s
          <iothreads>1</iothreads>
          %s
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
        </domain>
        """
            .formatted(vcpu, tuning),
        StartOptions.plain().withPaused(true));
  }

  private static String status(Domain domain, long thread, String key) throws IOException {
    Path file = Path.of("/proc/" + domain.pid() + "/task/" + thread + "/status");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.startsWith(key)).findFirst().orElse("").split("\\s+")[1];
    }
  }

  private static String cpus(Domain domain, long thread) throws IOException {
    return status(domain, thread, "Cpus_allowed_list:");
  }

  private static long thread(Domain domain, String query, int index) throws IOException {
    JsonNode answer = ContractJson.mapper().readTree(domain.qmp(query, "{}"));
    return answer.path(index).path("thread-id").asLong();
  }

  /** The 41st word of {@code /proc/PID/stat}; the second may have blanks in it. */
  private static String policy(Domain domain, long thread) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + domain.pid() + "/task/" + thread + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[38];
  }

  @Test
  void eachThreadRunsWhereItsPinSays() throws IOException {
    Domain domain =
        start(
            "<vcpu cpuset='0'>2</vcpu>",
            """
            <cputune><vcpupin vcpu='1' cpuset='1'/><emulatorpin cpuset='1'/><iothreadpin iothread='1' cpuset='0-1'/>
              <vcpusched vcpus='0' scheduler='batch'/></cputune>
            """);

    assertThat(cpus(domain, thread(domain, "query-cpus-fast", 0))).isEqualTo("0");
    assertThat(cpus(domain, thread(domain, "query-cpus-fast", 1))).isEqualTo("1");
    assertThat(cpus(domain, thread(domain, "query-iothreads", 0))).isEqualTo("0-1");
    assertThat(cpus(domain, domain.pid())).isEqualTo("1");
    assertThat(policy(domain, thread(domain, "query-cpus-fast", 0))).isEqualTo("3");
    assertThat(policy(domain, thread(domain, "query-cpus-fast", 1))).isEqualTo("0");
  }

  @Test
  void theEmulatorsPinIsNotThatOfItsVcpus() throws IOException {
    Domain domain = start("<vcpu>1</vcpu>", "<cputune><emulatorpin cpuset='1'/></cputune>");

    assertThat(cpus(domain, domain.pid())).isEqualTo("1");
    assertThat(cpus(domain, thread(domain, "query-cpus-fast", 0))).contains("0").contains("1");
  }

  @Test
  void cpusThatTheHostDoesNotHaveRefuseTheStart() {
    assertThatThrownBy(() -> start("<vcpu cpuset='9000'>1</vcpu>", ""))
        .hasMessageContaining("on the CPUs 9000");
    assertThat(driver.domains()).isEmpty();
  }

  @Test
  void whatTheHostDoesNotDoIsRefusedByName() {
    assertThatThrownBy(() -> start("<vcpu>1</vcpu>", "<cputune><shares>512</shares></cputune>"))
        .hasMessageContaining("remove <shares>");
    assertThatThrownBy(
            () ->
                start(
                    "<vcpu>1</vcpu>", "<memtune><hard_limit unit='MiB'>512</hard_limit></memtune>"))
        .hasMessageContaining("remove <memtune>");
  }
}
