package io.drover.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drover.it.suite.DomainXml;
import io.drover.it.suite.Project;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SharedSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace shows the way of a request, and each part says how it is. */
@ExtendWith(SharedSuite.class)
class TraceFlowIT {
  private static final List<String> SERVICES =
      List.of("api-gateway", "scheduler", "secrets-service", "host-agent");

  @Test
  void leadsFromTheRequestToTheQmpCommand(RunningSuite suite) {
    Project demo = suite.demo();
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    demo.succeeded(
        demo.api()
            .postXml(
                demo.path("domains"),
                DomainXml.diskless("traced"),
                "traceparent",
                "00-" + trace + "-00f067aa0ba902b7-01"));
    Awaitility.await("spans of gateway, scheduler and agent in one trace, QMP's among them")
        .atMost(RunningSuite.patience())
        .untilAsserted(
            () -> {
              List<JsonNode> spans = spans(suite, trace);
              assertThat(names(spans, "service"))
                  .anyMatch(service -> service.contains("gateway"))
                  .anyMatch(service -> service.contains("scheduler"))
                  .anyMatch(service -> service.contains("agent"));
              assertThat(names(spans, "name")).anyMatch(name -> name.toLowerCase().contains("qmp"));
              assertThat(orphans(spans)).as("spans whose parent is in no trace").isEmpty();
            });
    demo.delete("traced");
  }

  @Test
  void showsHealthAndMetricsOfEveryService(RunningSuite suite) {
    for (String service : SERVICES) {
      var part = suite.anonymous().at(suite.service(service).url());
      assertThat(part.get("/q/health").json().path("status").asText()).isEqualTo("UP");
      assertThat(part.get("/q/metrics").text()).as(service).contains("jvm_memory_used_bytes");
    }
  }

  private static List<JsonNode> spans(RunningSuite suite, String trace) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> spans = new ArrayList<>();
    for (String line : Files.readAllLines(suite.suite().traces().file())) {
      JsonNode span = json.readTree(line);
      if (span.path("traceId").asText().equals(trace)) {
        spans.add(span);
      }
    }
    return spans;
  }

  private static List<String> names(List<JsonNode> spans, String field) {
    return spans.stream().map(span -> span.path(field).asText()).toList();
  }

  private static List<JsonNode> orphans(List<JsonNode> spans) {
    Set<String> ids =
        spans.stream().map(span -> span.path("spanId").asText()).collect(Collectors.toSet());
    return spans.stream()
        .filter(span -> !span.path("parentSpanId").asText().equals("00f067aa0ba902b7"))
        .filter(span -> !ids.contains(span.path("parentSpanId").asText()))
        .toList();
  }
}
