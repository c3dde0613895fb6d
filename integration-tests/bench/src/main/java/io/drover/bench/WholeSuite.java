package io.drover.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.cli.gateway.EventStreamClient;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.gateway.Paths;
import io.drover.cli.gateway.ServerEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Everything: the request to the gateway until its event stream says that the domain runs. */
final class WholeSuite implements Contender {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private final Gateway gateway;
  private final String project;
  private final Runnable end;
  private final EventStreamClient events;

  /**
   * @param end is run at the end, to stop what was started for this
   */
  WholeSuite(Gateway gateway, String project, Runnable end) {
    this.gateway = gateway;
    this.project = project;
    this.end = end;
    this.events = EventStreamClient.open(gateway, project, "", "");
  }

  @Override
  public String name() {
    return "whole suite";
  }

  @Override
  public String covers() {
    return "POST sent to the RUNNING event seen on the event stream";
  }

  @Override
  public Run run(int number) throws IOException {
    UUID id = UUID.nameUUIDFromBytes((project + "/suite-" + number + "/" + this).getBytes(UTF_8));
    byte[] xml = BenchDomain.xml("bench-" + id.toString().substring(0, 13), id).getBytes(UTF_8);
    Map<String, Span> steps = new LinkedHashMap<>();
    Instant zero = Instant.now();
    long begun = System.nanoTime();
    JsonNode operation = gateway.post(Paths.ofProject(project, "domains"), "application/xml", xml);
    steps.put("(POST to its answer)", new Span(0, microsSince(begun)));
    follow(operation, "domain-started", steps, zero);
    long took = microsSince(begun);
    steps.computeIfPresent("(event on its way)", (name, span) -> new Span(span.from(), took));
    String domain = operation.path("subject").asText();
    JsonNode removal = gateway.delete(Paths.ofProject(project, "domains", domain));
    follow(removal, "domain-deleted", new LinkedHashMap<>(), zero);
    return new Run(took, steps);
  }

  private static long microsSince(long begun) {
    return (System.nanoTime() - begun) / 1000;
  }

  private void follow(JsonNode operation, String last, Map<String, Span> steps, Instant zero)
      throws IOException {
    String id = operation.path("id").asText();
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      ServerEvent event =
          events
              .next(Duration.ofNanos(end - System.nanoTime()))
              .orElseThrow(() -> new IOException("No " + last + " of operation " + id));
      if (!event.event().path("operationid").asText().equals(id)) {
        continue;
      }
      if (event.kind().equals("step-completed")) {
        Instant from = Instant.parse(event.data().path("startedAt").asText());
        Instant to = from.plus(event.data().path("durationMicros").asLong(), ChronoUnit.MICROS);
        steps.put(event.data().path("step").asText(), Span.between(zero, from, to));
      }
      if (event.kind().equals(last)) {
        Instant written = Instant.parse(event.event().path("time").asText());
        steps.put("(event on its way)", Span.between(zero, written, written));
        return;
      }
      if (event.data().has("problem")) {
        throw new IOException("Operation " + id + " failed: " + event.data().path("problem"));
      }
    }
  }

  @Override
  public void close() {
    events.close();
    end.run();
  }
}
