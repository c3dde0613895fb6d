package io.drover.cli.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.gateway.EventStreamClient;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.gateway.Paths;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.gateway.ServerEvent;
import io.drover.cli.output.Amounts;
import io.drover.cli.output.Printable;
import io.drover.cli.output.Printer;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Watches one operation on the event stream: shows each step when it is done, and ends when the
 * operation has. The stream is opened before the operation is read, so nothing falls in between.
 */
public final class OperationFollower {
  private final Gateway gateway;
  private final Printer printer;
  private final String project;
  private final Set<String> shown = new HashSet<>();
  private long shownPercent = -1;

  public OperationFollower(Gateway gateway, Printer printer, String project) {
    this.gateway = gateway;
    this.printer = printer;
    this.project = project;
  }

  /**
   * Follows to the end, and shows it.
   *
   * @throws CliFailure {@code FAILED} with the problem of an operation that failed, {@code
   *     TIMED_OUT} when it outlived the wait
   */
  public void follow(String operationId, Duration wait) {
    long begun = gateway.ticker().nanos();
    try (EventStreamClient events =
        EventStreamClient.open(gateway, project, "operation=" + Paths.encode(operationId), "")) {
      JsonNode operation = gateway.read(Paths.ofProject(project, "operations", operationId));
      operation
          .path("steps")
          .forEach(step -> step(step.path("name").asText(), step.path("durationMicros").asLong()));
      Optional<Ending> ending = Ending.of(operation);
      while (ending.isEmpty()) {
        ServerEvent event =
            events
                .next(wait.minus(gateway.ticker().since(begun)))
                .orElseThrow(() -> outlived(operationId, wait));
        if (event.kind().equals("step-completed")) {
          step(event.data().path("step").asText(), event.data().path("durationMicros").asLong());
        }
        if (event.kind().equals("operation-progressed")) {
          progress(event.data());
        }
        ending = Ending.of(operation.path("kind").asText(), event);
      }
      conclude(operation, ending.get());
    }
  }

  private void step(String name, long micros) {
    if (!printer.json() && shown.add(name)) {
      printer.line(String.format("  %-16s %10s", Printable.of(name), Amounts.duration(micros)));
    }
  }

  private void progress(JsonNode data) {
    long done = data.path("done").asLong();
    long total = data.path("total").asLong();
    long percent = total <= 0 ? 0 : Math.min(100, 100 * done / total);
    if (!printer.json() && percent != shownPercent) {
      shownPercent = percent;
      printer.line(
          String.format(
              "  %-16s %8d %%  (%s of %s)",
              Printable.of(data.path("operation").asText()),
              percent,
              Amounts.size(done),
              Amounts.size(total)));
    }
  }

  private void conclude(JsonNode operation, Ending ending) {
    String subject = Printable.of(operation.path("name").asText());
    if (printer.json()) {
      JsonNode last =
          gateway.read(Paths.ofProject(project, "operations", operation.path("id").asText()));
      printer.said("", ending.over((ObjectNode) last));
    }
    if (ending.problem().isPresent()) {
      throw ProblemPrinter.ofOperation(ending.problem().get());
    }
    if (!printer.json()) {
      printer.line(subject + ": " + ending.outcome());
    }
  }

  private static CliFailure outlived(String operationId, Duration wait) {
    return new CliFailure(
        ExitCode.TIMED_OUT,
        "The operation " + operationId + " still runs after " + wait.toSeconds() + " s.",
        "It continues; watch it with: drover operation watch " + operationId);
  }
}
