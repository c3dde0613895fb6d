package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where QEMU says that vCPUs can go. */
class PluggedVcpusTest {
  private static JsonNode places() throws JsonProcessingException {
    return ContractJson.mapper()
        .readTree(
            """
            [{"type": "c", "props": {"core-id": 2}},
             {"type": "c", "props": {"core-id": 1}, "qom-path": "/machine/unattached/device[1]"},
             {"type": "c", "props": {"core-id": 0}, "qom-path": "/machine/unattached/device[0]"}]
            """);
  }

  @Test
  void aFreePlaceIsTakenByItsNumberAsQemuDescribesIt() throws Exception {
    assertThat(new PluggedVcpus(List.of(2)).commands(places()))
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.name()).isEqualTo("device_add");
              assertThat(command.arguments().get("id")).isEqualTo("vcpu2");
              assertThat(command.arguments().get("core-id")).hasToString("2");
            });
  }

  @Test
  void aPlaceThatIsTakenOrNotThereIsNamed() throws Exception {
    JsonNode places = places();
    assertThatThrownBy(() -> new PluggedVcpus(List.of(1)).commands(places))
        .hasMessageContaining("no free place for vCPU 1 among its 3");
    assertThatThrownBy(() -> new PluggedVcpus(List.of(3)).commands(places))
        .hasMessageContaining("no free place for vCPU 3 among its 3");
  }
}
