package io.drover.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.requirement.Requirements.AcceleratorNeed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command with what it requires, and the one of a gateway that did not compute it yet. */
class PlaceDomainSamplesTest {
  private static final String TYPE = "io.drover.command.place-domain.v1";

  @Test
  void theNewerSampleIsWhatTheDocumentSaysAndIsReadAndWrittenAgain() throws IOException {
    JsonNode data = data("requirements");
    assertThat(AsyncApi.read().payload(TYPE).validate(data)).isEmpty();
    PlaceDomain read = ContractJson.read(ContractJson.write(data), PlaceDomain.class);
    assertThat(read.requirements().cpu().requiredFeatures()).containsExactly("avx512f", "vmx");
    assertThat(ContractJson.read(ContractJson.write(read), JsonNode.class)).isEqualTo(data);
  }

  @Test
  void anOlderCommandRequiresTheAcceleratorOfItsDefinition() throws IOException {
    ObjectNode data = data("samples");
    assertThat(data.has("requirements")).isFalse();
    assertThat(accelerator(data)).isEqualTo(AcceleratorNeed.ANY);
    data.put("definition", data.get("definition").asText().replace("type='qemu'", "type='kvm'"));
    assertThat(accelerator(data)).isEqualTo(AcceleratorNeed.KVM);
  }

  private static AcceleratorNeed accelerator(JsonNode data) {
    return ContractJson.read(ContractJson.write(data), PlaceDomain.class)
        .requirements()
        .accelerator();
  }

  private static ObjectNode data(String folder) throws IOException {
    return (ObjectNode)
        ContractJson.mapper()
            .readTree(Path.of("src/test/resources", folder, TYPE + ".json").toFile())
            .get("data");
  }
}
