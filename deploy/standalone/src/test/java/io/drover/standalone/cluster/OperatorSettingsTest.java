package io.drover.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorSettingsTest {
  @TempDir Path folder;

  @Test
  void theEnvironmentTakesPrecedenceOverTheFile() throws IOException {
    Path file = folder.resolve("settings.properties");
    Files.writeString(file, "DROVER_VCPU_OVERCOMMIT=2\nDROVER_SPOOL_MIB=64\n");
    OperatorSettings settings =
        OperatorSettings.read(file, Map.of("DROVER_VCPU_OVERCOMMIT", "50", "PATH", "/bin"));
    assertThat(settings.passed())
        .isEqualTo(Map.of("DROVER_VCPU_OVERCOMMIT", "50", "DROVER_SPOOL_MIB", "64"));
    assertThat(settings.ignored()).isEmpty();
  }

  @Test
  void whatTheSuiteDecidesIsIgnoredAndNamed() throws IOException {
    OperatorSettings settings =
        OperatorSettings.read(
            folder.resolve("none"),
            Map.of("DROVER_PG_PASSWORD", "x", "DROVER_TOKEN", "t", "GATEWAY_X", "1"));
    assertThat(settings.passed()).isEqualTo(Map.of("GATEWAY_X", "1"));
    assertThat(settings.ignored()).containsExactly("DROVER_PG_PASSWORD");
  }
}
