package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterScsiTest {
  @TempDir Path devices;

  @BeforeEach
  void connect() throws IOException {
    Files.createDirectories(devices.resolve("0:0:0:0/scsi_generic/sg0"));
    Files.createDirectories(devices.resolve("12:1:3:4294967296/scsi_generic/sg17"));
    Files.createDirectories(devices.resolve("2:0:0:0"));
    Files.createDirectories(devices.resolve("host12"));
  }

  private Map<String, Path> find(String... sources) {
    StringBuilder hostdevs = new StringBuilder();
    for (String source : sources) {
      hostdevs
          .append("<hostdev mode='subsystem' type='scsi'><source>")
          .append(source)
          .append("</source></hostdev>");
    }
    DomainDefinition definition =
        DomainXml.read(
            "<domain type='qemu'><name>d</name><memory>65536</memory>"
                + "<os><type machine='pc'>hvm</type></os><devices>"
                + hostdevs
                + "</devices></domain>");
    return new AdapterScsi(devices).find(PostParse.complete(definition, EmulatorFacts.offline()));
  }

  private static String at(String adapter, String bus, String target, String unit) {
    return "<adapter name='%s'/><address bus='%s' target='%s' unit='%s'/>"
        .formatted(adapter, bus, target, unit);
  }

  @Test
  void thePlaceOfADeviceBecomesItsGenericDevice() {
    assertThat(find(at("scsi_host0", "0", "0", "0"), at("scsi_host12", "1", "3", "4294967296")))
        .isEqualTo(Map.of("hostdev0", Path.of("/dev/sg0"), "hostdev1", Path.of("/dev/sg17")));
  }

  @Test
  void oneThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> find(at("scsi_host0", "0", "0", "1")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.HOST_RESOURCE_MISSING))
        .hasMessageContaining("'scsi_host0'")
        .hasMessageContaining("0:0:0:1");
    assertThatThrownBy(() -> find(at("scsi_host2", "0", "0", "0")))
        .hasMessageContaining("2:0:0:0")
        .hasMessageContaining("module sg");
    assertThatThrownBy(() -> find(at("scsi_host7", "0", "0", "0")))
        .hasMessageContaining("'scsi_host7'");
  }

  @Test
  void othersAreNotLookedFor() {
    assertThat(find()).isEmpty();
  }
}
