package io.drover.it.flow;

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

/** A domain that no host can take is refused with the reason, and takes nothing. */
@ExtendWith(SharedSuite.class)
class PlacementFlowIT {
  @Test
  void saysHowManyHostsLackedWhat(RunningSuite suite) {
    Project demo = suite.demo();
    String huge = DomainXml.diskless("huge").replace(">64<", ">1000000<");
    JsonNode operation = demo.ended(demo.api().postXml(demo.path("domains"), huge));
    assertThat(operation.path("state").asText()).isEqualTo("FAILED");
    assertThat(operation.at("/problem/code").asText()).isEqualTo("NO_VALID_HOST");
    assertThat(operation.at("/problem/detail").asText()).containsIgnoringCase("memory");
    JsonNode domain = demo.domain("huge");
    assertThat(domain.path("phase").asText()).isEqualTo("FAILED");
    assertThat(suite.qemusOf(domain.path("id").asText())).isEmpty();
    demo.delete("huge");
  }

  @Test
  void placesNothingOnAHostThatAnOperatorHasDisabledAndRemovesNoneThatIsUp(RunningSuite suite) {
    Project demo = suite.demo();
    Api olga = suite.as("olga");
    JsonNode host = olga.get("/v1/hosts").json().path("items").get(0);
    assertThat(host.path("state").asText()).isEqualTo("UP");
    String path = "/v1/hosts/" + host.path("id").asText();
    assertThat(ended(olga, olga.delete(path)).at("/problem/code").asText()).isEqualTo("IN_USE");
    ended(olga, olga.post(path + "/disable", "{\"reason\":\"new memory comes\"}"));
    try {
      JsonNode refused =
          demo.ended(demo.api().postXml(demo.path("domains"), DomainXml.diskless("too-late")));
      assertThat(refused.at("/problem/detail").asText())
          .contains("HostIsEnabled removed 1", "new memory comes");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> olga.get(path).json().path("state").asText().equals("DISABLED"));
    } finally {
      JsonNode enabled = ended(olga, olga.post(path + "/enable"));
      assertThat(enabled.path("state").asText()).isEqualTo("SUCCEEDED");
    }
    demo.delete("too-late");
    demo.start("in-time", DomainXml.diskless("in-time"));
    demo.delete("in-time");
  }

  private static JsonNode ended(Api operator, Answer accepted) {
    assertThat(accepted.status()).isEqualTo(202);
    String location = accepted.location();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> operator.get(location).json(),
            operation -> !operation.path("state").asText().equals("RUNNING"));
  }

  @Test
  void startsADomainOnceHoweverOftenItIsAsked(RunningSuite suite) {
    Project demo = suite.demo();
    String[] key = {"Idempotency-Key", "once-only"};
    var first = demo.api().postXml(demo.path("domains"), DomainXml.diskless("once-only"), key);
    var again = demo.api().postXml(demo.path("domains"), DomainXml.diskless("once-only"), key);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.location()).isEqualTo(first.location());
    demo.succeeded(first);
    assertThat(suite.qemusOf(demo.domain("once-only").path("id").asText())).hasSize(1);
    demo.delete("once-only");
  }
}
