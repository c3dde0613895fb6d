package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The guest does not notice that its agent dies, and the agent finds it again. */
@ExtendWith(SharedSuite.class)
class KilledAgentFaultIT {
  @Test
  void leavesTheGuestRunningAndFindsItAgain(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String id = demo.start("survivor", DomainXml.diskless("survivor")).path("id").asText();
    long pid = suite.qemusOf(id).get(0).pid();

    suite.kill("host-agent");
    JsonNode meanwhile = demo.domain("survivor");
    assertThat(meanwhile.path("phase").asText()).isEqualTo("RUNNING");
    assertThat(meanwhile.at("/observed/ageSeconds").isNumber()).isTrue();
    assertThat(suite.qemusOf(id)).extracting(ProcessHandle::pid).containsExactly(pid);

    suite.restartAgent();
    assertThat(demo.domain("survivor").path("phase").asText()).isEqualTo("RUNNING");
    assertThat(suite.qemusOf(id)).extracting(ProcessHandle::pid).containsExactly(pid);

    assertThat(demo.change("survivor", "destroy").path("phase").asText())
        .as("the agent speaks to the guest that it found")
        .isEqualTo("STOPPED");
    Awaitility.await()
        .atMost(RunningSuite.patience())
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    demo.delete("survivor");
  }

  @Test
  void noticesAGuestThatEndedMeanwhile(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String id = demo.start("mortal", DomainXml.diskless("mortal")).path("id").asText();
    suite.kill("host-agent");
    suite.qemusOf(id).forEach(ProcessHandle::destroyForcibly);
    suite.restartAgent();
    Awaitility.await("the end of the guest in the API")
        .atMost(RunningSuite.patience())
        .until(() -> !demo.domain("mortal").path("phase").asText().equals("RUNNING"));
    demo.delete("mortal");
  }
}
