package io.drover.gateway.operation;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.RecurringWork;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.operation.model.OperationOutcome;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.outbox.OutboxRow;
import io.drover.gateway.outbox.RefusedRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends operations that no event will end: those past their deadline, and those whose command the
 * broker has refused. Events that come later still change what the operation was on. Thread-safe.
 */
@ApplicationScoped
class EndingOperation implements RefusedRecords, RecurringWork {
  private static final Logger LOG = Logger.getLogger(EndingOperation.class);
  private static final int BATCH = 100;

  private final Operations operations;
  private final List<EndedSubject> subjects;
  private final Outbox outbox;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Duration every;

  EndingOperation(
      Operations operations,
      @All List<EndedSubject> subjects,
      Outbox outbox,
      InstantSource clock,
      MeterRegistry metrics,
      GatewayConfig config) {
    this.operations = operations;
    this.subjects = List.copyOf(subjects);
    this.outbox = outbox;
    this.clock = clock;
    this.metrics = metrics;
    this.every = config.overdueSweepEvery();
  }

  @Override
  public String name() {
    return "overdue-operations";
  }

  @Override
  public Duration pause() {
    return every;
  }

  @Override
  public boolean atStart() {
    return false;
  }

  @Override
  public void run() {
    try {
      List<Operation> overdue =
          QuarkusTransaction.requiringNew().call(() -> operations.overdue(clock.instant(), BATCH));
      for (Operation operation : overdue) {
        QuarkusTransaction.requiringNew().run(() -> end(operation, timedOut(operation)));
      }
    } catch (RuntimeException e) {
      LOG.warnf(
          "Operations past their deadline could not be ended and are ended in the next run, in %s:"
              + " %s",
          every, e.getMessage());
    }
  }

  @Override
  public void refused(OutboxRow row, String why) {
    metrics.counter("drover.outbox.refused", "topic", row.topic()).increment();
    String id = row.headers().get("ce_operationid");
    if (!row.topic().equals(Topics.DOMAIN_COMMANDS) || id == null) {
      return;
    }
    Problem problem =
        Problem.of(
            ErrorCode.INTERNAL_ERROR,
            "Kafka refuses the command of this operation, and nothing was done: "
                + why
                + " An operator can raise max.message.bytes of the topic "
                + row.topic()
                + "; then ask again.");
    QuarkusTransaction.requiringNew()
        .run(() -> operation(id).ifPresent(operation -> end(operation, problem)));
  }

  private Optional<Operation> operation(String id) {
    return operations.find(OperationId.parse(id));
  }

  /** In the transaction at hand; does nothing to one that has ended. */
  private void end(Operation operation, Problem problem) {
    Instant now = clock.instant();
    if (!operations.finish(operation.id(), OperationOutcome.failed(problem), now)) {
      return;
    }
    boolean running =
        subjects.stream()
            .filter(subject -> subject.kind() == operation.kind().subject())
            .anyMatch(subject -> subject.givenUp(operation, problem));
    outbox.event(
        new EventSubject(
            new SubjectId(operation.subject()), operation.projectId(), operation.id(), 0),
        new OperationFailed(name(operation), problem, running));
    metrics
        .counter(
            "drover.operations.ended",
            "kind",
            operation.kind().name(),
            "code",
            problem.code().name())
        .increment();
    LOG.warnf(
        "Ended operation=%s kind=%s subject=%s as FAILED: %s",
        operation.id(), operation.kind(), operation.subject(), problem.detail());
  }

  private Optional<String> outlook(Operation operation) {
    return subjects.stream()
        .filter(subject -> subject.kind() == operation.kind().subject())
        .flatMap(subject -> subject.outlook(operation).stream())
        .findFirst();
  }

  private static String name(Operation operation) {
    LivePart live = operation.live();
    return live == null
        ? operation.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
        : live.operation();
  }

  private Problem timedOut(Operation operation) {
    Duration limit = Duration.between(operation.createdAt(), operation.deadline());
    return Problem.of(
        ErrorCode.TIMED_OUT,
        "The operation "
            + name(operation)
            + " on \""
            + operation.name()
            + "\" had no end within "
            + limit.toSeconds()
            + " s. "
            + outlook(operation)
                .orElse(
                    "Whether its host has carried it out is not known: what the host reports later"
                        + " still shows. Look at the state of \""
                        + operation.name()
                        + "\", then ask again."));
  }
}
