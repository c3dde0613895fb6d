package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A domain that no host can take is refused with the reason, and takes nothing. */
@ExtendWith(SharedSuite.class)
class PlacementFlowIT {
  @Test
  void saysHowManyHostsLackedWhat(RunningSuite suite) {
    Project demo = suite.demo();
    String huge = DomainXml.diskless("huge").replace(">64<", ">4194304<");
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
