package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.driver.CapabilityQuery;
import io.drover.driver.Domain;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the probe has found decides what starts; with the real QEMU. */
@Timeout(120)
class HostModelIT {
  private QemuDriver driver;

  @BeforeEach
  void open(@TempDir Path folder) {
    URI uri = URI.create("qemu:///embed?root=" + folder.resolve("r"));
    driver = QemuDriver.open(uri, TestDriver.options());
  }

  @AfterEach
  void endGuests() {
    driver.domains().forEach(Domain::destroy);
    driver.close();
  }

  private static String definition(String machine, String cpu) {
    return "<domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>"
        + "<os><type arch='x86_64' machine='"
        + machine
        + "'>hvm</type></os>"
        + cpu
        + "</domain>";
  }

  @Test
  void aGuestOfHostModelRunsAsWhatTheDocumentSays() {
    CapabilityQuery query =
        new CapabilityQuery(
            Optional.empty(), Optional.empty(), Optional.of("q35"), Optional.of("qemu"));
    String model = driver.domainCapabilities(query).cpu().hostModel().orElseThrow().model();

    Domain domain =
        driver.start(definition("q35", "<cpu mode='host-model'/>"), StartOptions.plain());

    String commandLine =
        String.join(
            " ", ProcessHandle.of(domain.pid()).orElseThrow().info().arguments().orElseThrow());
    assertThat(commandLine).contains("-cpu " + model);
  }

  @Test
  void aMachineThatTheInstalledQemuLacksIsRefusedBeforeItRuns() {
    assertThatThrownBy(() -> driver.start(definition("pc-q35-99.0", ""), StartOptions.plain()))
        .hasMessageContaining("has no machine 'pc-q35-99.0'");
    assertThat(driver.domains()).isEmpty();
  }
}
