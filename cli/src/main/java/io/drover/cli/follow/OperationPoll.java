package io.drover.cli.follow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drover.cli.gateway.Gateway;
import io.drover.cli.gateway.ProblemPrinter;
import io.drover.cli.output.Printable;
import io.drover.cli.output.Printer;
import io.drover.cli.shell.CliFailure;
import io.drover.cli.shell.ExitCode;
import io.drover.cli.shell.Pause;
import java.time.Duration;
import java.util.Optional;

/** Asks for an operation of no project, which has no event stream, until it has ended. */
public final class OperationPoll {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What is done to a host takes the scheduler a moment, if it runs. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Gateway gateway;
  private final Printer printer;

  public OperationPoll(Gateway gateway, Printer printer) {
    this.gateway = gateway;
    this.printer = printer;
  }

  /**
   * Follows to the end, and shows it.
   *
   * @param path of the operation
   * @param outcome what has become of its subject then, as in {@code disabled}
   * @throws CliFailure {@code FAILED} with the problem of an operation that failed, {@code
   *     TIMED_OUT} when it outlived the wait
   */
  public void follow(String path, String outcome) {
    long begun = gateway.ticker().nanos();
    JsonNode operation = gateway.read(path);
    Optional<Ending> ending = Ending.of(operation);
    while (ending.isEmpty()) {
      if (gateway.ticker().since(begun).compareTo(LIMIT) > 0) {
        throw new CliFailure(
            ExitCode.TIMED_OUT,
            "The operation still runs after " + LIMIT.toSeconds() + " s.",
            "It continues; look whether the scheduler runs, and at: drover host list");
      }
      Pause.of(PAUSE);
      operation = gateway.read(path);
      ending = Ending.of(operation);
    }
    if (printer.json()) {
      printer.said("", ending.get().over((ObjectNode) operation));
    }
    if (ending.get().problem().isPresent()) {
      throw ProblemPrinter.ofOperation(ending.get().problem().get());
    }
    if (!printer.json()) {
      printer.line(Printable.of(operation.path("name").asText()) + ": " + outcome);
    }
  }
}
