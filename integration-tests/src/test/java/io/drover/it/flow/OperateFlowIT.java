package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.json.ContractJson;
import io.drover.it.suite.Answer;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a tenant does to a running domain: suspend it, give it a disk, grow, copy and take it. */
@ExtendWith(SharedSuite.class)
class OperateFlowIT {
  private static final int MIB = 1 << 20;

  @Test
  void aRunningDomainIsSuspendedGivenADiskAndMovedToAnotherVolume(RunningSuite suite) {
    Project demo = suite.demo();
    demo.start("operated", DomainXml.withScsi("operated"));
    succeeded(demo, Map.of("operation", "suspend"));
    awaitObserved(demo, "paused");
    succeeded(demo, Map.of("operation", "resume"));
    awaitObserved(demo, "running");

    volume(demo, "plugged", 8 * MIB);
    JsonNode attached = succeeded(demo, attach("plugged"));
    assertThat(attached.at("/result/target").asText()).isEqualTo("sda");
    assertThat(attachedTo(demo, "plugged")).isEqualTo(attached.path("subject").asText());
    Answer inUse = demo.api().delete(demo.path("volumes", "plugged"));
    assertThat(inUse.status()).isEqualTo(409);
    Answer taken = operate(demo, attach("plugged"));
    assertThat(taken.status()).isEqualTo(409);

    succeeded(demo, Map.of("operation", "blockresize", "target", "sda", "sizeBytes", 12 * MIB));
    JsonNode grown = demo.api().get(demo.path("volumes", "plugged")).json();
    assertThat(grown.path("sizeBytes").asLong()).isEqualTo(12 * MIB);

    volume(demo, "moved", 12 * MIB);
    JsonNode copied =
        succeeded(
            demo,
            Map.of(
                "operation",
                "blockcopy",
                "target",
                "sda",
                "destination",
                disk("moved"),
                "bytesPerSecond",
                0));
    assertThat(copied.at("/result/result").asText()).isEqualTo("disk-copied");
    demo.succeeded(demo.api().delete(demo.path("volumes", "plugged")));

    succeeded(demo, Map.of("operation", "detach-disk", "target", "sda", "applies", "BOTH"));
    assertThat(attachedTo(demo, "moved")).isEmpty();
    demo.succeeded(demo.api().delete(demo.path("volumes", "moved")));
    demo.delete("operated");
  }

  private static void volume(Project project, String name, int bytes) {
    project.succeeded(
        project
            .api()
            .post(
                project.path("volumes"),
                "{\"name\":\"%s\",\"sizeBytes\":%d}".formatted(name, bytes)));
  }

  private static Map<String, String> attach(String volume) {
    return Map.of("operation", "attach-disk", "disk", disk(volume), "applies", "BOTH");
  }

  private static String disk(String volume) {
    return "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>"
        + "<source pool='drover' volume='%s'/><target dev='sda' bus='scsi'/></disk>"
            .formatted(volume);
  }

  private static Answer operate(Project project, Map<String, ?> operation) {
    return project
        .api()
        .post(
            project.path("domains", "operated", "operations"),
            new String(ContractJson.write(operation), java.nio.charset.StandardCharsets.UTF_8));
  }

  private static JsonNode succeeded(Project project, Map<String, ?> operation) {
    return project.succeeded(operate(project, operation));
  }

  private static String attachedTo(Project project, String volume) {
    return project.api().get(project.path("volumes", volume)).json().path("attachedTo").asText("");
  }

  private static void awaitObserved(Project project, String state) {
    Awaitility.await(state)
        .atMost(RunningSuite.patience())
        .until(() -> project.domain("operated").at("/observed/state").asText(), state::equals);
  }
}
