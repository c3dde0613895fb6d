package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TopicRecords;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every record that was ever sent comes a second time, and nothing changes. */
@ExtendWith(SharedSuite.class)
class ReplayFaultIT {
  @Test
  void changesNothing(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String id = demo.start("replayed", DomainXml.diskless("replayed")).path("id").asText();
    demo.start("replayed-off", DomainXml.diskless("replayed-off"));
    demo.change("replayed-off", "destroy");
    JsonNode on = settled(demo.domain("replayed"));
    JsonNode off = settled(demo.domain("replayed-off"));
    List<Long> pids = suite.qemus().stream().map(ProcessHandle::pid).sorted().toList();

    TopicRecords topics = new TopicRecords(suite.suite().kafka().admin());
    assertThat(topics.sendAgain("drover.domain-commands")).isPositive();
    assertThat(topics.sendAgain("drover.domain-events")).isPositive();
    for (String topic : topics.names("drover.host.")) {
      topics.sendAgain(topic);
    }
    // Behind all that, in every partition, stands a request of the tenant.
    demo.start("behind-the-replay", DomainXml.diskless("behind-the-replay"));
    demo.delete("behind-the-replay");
    topics.awaitConsumed();

    assertThat(settled(demo.domain("replayed"))).isEqualTo(on);
    assertThat(settled(demo.domain("replayed-off"))).isEqualTo(off);
    assertThat(suite.qemus().stream().map(ProcessHandle::pid).sorted().toList()).isEqualTo(pids);
    assertThat(suite.qemusOf(id)).hasSize(1);
    demo.delete("replayed");
    demo.delete("replayed-off");
  }

  /** Without what grows with time. */
  private static JsonNode settled(JsonNode domain) {
    ObjectNode copy = domain.deepCopy();
    copy.remove("observed");
    return copy;
  }
}
