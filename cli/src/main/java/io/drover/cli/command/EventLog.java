package io.drover.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.gateway.EventStreamClient;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.gateway.ServerEvent;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Printable;
import io.drover.cli.output.Printer;
import java.time.Duration;
import java.util.Optional;

/** Prints the event stream: a line for each event, or the CloudEvent as one line of JSON. */
final class EventLog {
  private static final Duration FOREVER = Duration.ofDays(365);
  private static final int TIME_CHARS = "2026-11-23T12:00:00.000".length();
  private final Printer printer;

  EventLog(Printer printer) {
    this.printer = printer;
  }

  void follow(
      Gateway gateway, String project, String query, String after, Optional<Integer> count) {
    try (EventStreamClient events = EventStreamClient.open(gateway, project, query, after)) {
      for (int shown = 0; count.isEmpty() || shown < count.get(); shown++) {
        Optional<ServerEvent> event = events.next(FOREVER);
        if (event.isEmpty()) {
          return;
        }
        show(event.get());
      }
    }
  }

  private void show(ServerEvent event) {
    if (printer.json()) {
      JsonNode cloudEvent = event.event();
      printer.jsonLine(
          cloudEvent instanceof ObjectNode object
              ? object.deepCopy().put("streamposition", event.id())
              : cloudEvent);
      return;
    }
    String time = event.event().path("time").asText();
    printer.line(
        Printable.of(
            String.format(
                "%-" + TIME_CHARS + "s  %-18s  %s  %s",
                time.substring(0, Math.min(TIME_CHARS, time.length())).replace('T', ' '),
                event.kind(),
                event.event().path("subject").asText(),
                detail(event))));
  }

  private static String detail(ServerEvent event) {
    JsonNode data = event.data();
    return switch (event.kind()) {
      case "step-completed" ->
          data.path("step").asText() + " " + Amounts.duration(data.path("durationMicros").asLong());
      case "operation-accepted" -> data.path("kind").asText() + " " + data.path("name").asText();
      case "domain-placed", "volume-placed" -> data.path("hostName").asText();
      case "domain-started" -> data.path("accelerator").asText();
      case "domain-observed" ->
          data.path("state").asText() + " (" + data.path("reason").asText() + ")";
      case "domain-modified" ->
          data.path("change").path("operation").asText()
              + " "
              + data.path("change").path("target").asText("");
      case "domain-stopped" -> data.path("reason").asText() + " " + data.path("detail").asText("");
      case "operation-progressed" ->
          data.path("operation").asText()
              + " "
              + Amounts.size(data.path("done").asLong())
              + " of "
              + Amounts.size(data.path("total").asLong());
      case "operation-succeeded" -> data.path("operation").asText();
      default -> ProblemPrinter.summary(data.path("problem"));
    };
  }
}
