package io.drover.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.it.suite.Answer;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import io.drover.it.suite.TestGuest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service is killed while domains are being created; each ends up running once. */
@ExtendWith(SharedSuite.class)
class KilledServiceFaultIT {
  private static final int DOMAINS = 4;

  @ParameterizedTest
  @ValueSource(strings = {"api-gateway", "scheduler", "secrets-service", "host-agent"})
  void convergesToOneGuestForEachDomain(String service, RunningSuite suite) throws Exception {
    Project demo = suite.demo();
    List<String> names = new ArrayList<>();
    List<Answer> accepted = new ArrayList<>();
    for (int i = 0; i < DOMAINS; i++) {
      names.add("kill-" + service + "-" + i);
    }
    boolean withKeys = service.equals("secrets-service");
    if (withKeys) {
      String image = demo.image("testguest", TestGuest.image());
      names.forEach(name -> demo.volume(name, image, TestGuest.DISK_BYTES));
    }
    for (String name : names) {
      String xml = withKeys ? DomainXml.from(name, name) : DomainXml.diskless(name);
      accepted.add(demo.api().postXml(demo.path("domains"), xml));
    }
    // The last ones are on their way now: in the outbox, on a topic, in the agent's journal.
    suite.kill(service);
    if (service.equals("host-agent")) {
      suite.restartAgent();
    } else {
      suite.restart(service);
    }
    accepted.forEach(demo::succeeded);
    for (String name : names) {
      JsonNode domain = demo.domainOnceIn("RUNNING", name);
      assertThat(suite.qemusOf(domain.path("id").asText())).as(name).hasSize(1);
      demo.delete(name);
      if (withKeys) {
        demo.succeeded(demo.api().delete(demo.path("volumes", name)));
      }
    }
    assertThat(demo.api().get(demo.path("domains")).json().path("items").findValuesAsText("name"))
        .doesNotContainAnyElementsOf(names);
  }
}
