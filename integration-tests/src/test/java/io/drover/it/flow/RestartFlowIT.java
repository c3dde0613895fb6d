package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything but the guests is stopped and started again on the data that is there. */
@ExtendWith(SharedSuite.class)
class RestartFlowIT {
  @Test
  void findsWhatWasLeft(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    JsonNode running = demo.start("stays-up", DomainXml.diskless("stays-up"));
    demo.start("stays-down", DomainXml.diskless("stays-down"));
    demo.change("stays-down", "destroy");
    String id = running.path("id").asText();
    long pid = suite.qemusOf(id).get(0).pid();

    suite.reopen();

    Project again = suite.demo();
    assertThat(again.domain("stays-up").path("phase").asText()).isEqualTo("RUNNING");
    assertThat(again.domain("stays-down").path("phase").asText()).isEqualTo("STOPPED");
    assertThat(suite.qemusOf(id)).extracting(ProcessHandle::pid).containsExactly(pid);
    Awaitility.await("a fresh report of the guest that went on")
        .atMost(RunningSuite.patience())
        .until(() -> again.domain("stays-up").at("/observed/state").asText().equals("running"));

    assertThat(again.change("stays-up", "destroy").path("phase").asText()).isEqualTo("STOPPED");
    assertThat(suite.qemusOf(id)).isEmpty();
    assertThat(again.change("stays-down", "start").path("phase").asText()).isEqualTo("RUNNING");
    again.delete("stays-up");
    again.delete("stays-down");
  }
}
