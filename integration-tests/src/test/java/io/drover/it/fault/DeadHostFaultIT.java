package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.Api;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A host that is away with a guest that runs on, and what becomes of the guest. */
@ExtendWith(SharedSuite.class)
class DeadHostFaultIT {
  /** Longer than a host counts as up after its last report. */
  private static final Duration DOWN = Duration.ofSeconds(60);

  @Test
  void isListedAsDownAndStopsWhatItWasToStopWhenItComesBack(RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    String id = demo.start("intended", DomainXml.diskless("intended")).path("id").asText();
    dies(suite);
    JsonNode unreachable = demo.domain("intended");
    assertThat(unreachable.path("unreachableSince").asText()).isNotEmpty();
    assertThat(unreachable.path("phase").asText()).isEqualTo("RUNNING");
    Answer stop = demo.api().post(demo.path("domains", "intended", "destroy"));
    assertThat(stop.status()).isEqualTo(202);
    assertThat(suite.qemusOf(id)).hasSize(1);

    suite.restartAgent();

    assertThat(demo.ended(stop).path("state").asText()).isEqualTo("SUCCEEDED");
    JsonNode stopped = demo.domainOnceIn("STOPPED", "intended");
    assertThat(stopped.has("unreachableSince")).isFalse();
    assertThat(suite.qemusOf(id)).isEmpty();
    demo.delete("intended");
  }

  @Test
  void endsWhatItStillRunsOfItsClaimsWhenItWasRemovedMeanwhile(RunningSuite suite)
      throws Exception {
    Project demo = suite.demo();
    String id = demo.start("given-up", DomainXml.diskless("given-up")).path("id").asText();
    JsonNode host = dies(suite);
    Api olga = suite.as("olga");
    String path = "/v1/hosts/" + host.path("id").asText();
    assertThat(ended(olga, olga.delete(path)).at("/problem/code").asText()).isEqualTo("IN_USE");
    JsonNode removed = ended(olga, olga.delete(path + "?force=true&reason=it%20burned%20down"));
    assertThat(removed.path("state").asText()).isEqualTo("SUCCEEDED");
    demo.domainOnceIn("STOPPED", "given-up");
    assertThat(suite.qemusOf(id)).as("nobody can reach it there").hasSize(1);
    Awaitility.await()
        .atMost(RunningSuite.patience())
        .until(() -> olga.get("/v1/hosts").json().path("items").isEmpty());

    suite.restartAgent();

    Awaitility.await("the end of the guest that was given up")
        .atMost(RunningSuite.patience())
        .until(() -> suite.qemusOf(id).isEmpty());
    Awaitility.await("the host that is one again")
        .atMost(RunningSuite.patience())
        .until(() -> state(olga).equals("UP"));
    // The host has shown that it ran: what it said of its end may be read a moment later.
    Answer started =
        Awaitility.await("a start that is accepted")
            .atMost(RunningSuite.patience())
            .until(
                () -> demo.api().post(demo.path("domains", "given-up", "start")),
                answer -> answer.status() == 202);
    demo.succeeded(started);
    assertThat(suite.qemusOf(id)).hasSize(1);
    demo.delete("given-up");
  }

  private static JsonNode dies(RunningSuite suite) {
    suite.kill("host-agent");
    Api olga = suite.as("olga");
    Awaitility.await("the host's state").atMost(DOWN).until(() -> state(olga).equals("DOWN"));
    return olga.get("/v1/hosts").json().path("items").get(0);
  }

  private static String state(Api operator) {
    return operator.get("/v1/hosts").json().at("/items/0/state").asText();
  }

  private static JsonNode ended(Api operator, Answer accepted) {
    assertThat(accepted.status()).isEqualTo(202);
    String location = accepted.location();
    return Awaitility.await()
        .atMost(RunningSuite.patience())
        .until(
            () -> operator.get(location).json(),
            operation -> !operation.path("state").asText().equals("RUNNING"));
  }
}
