package io.drover.gateway.operation;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.event.OperationAccepted;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.event.OperationKind.Effect;
import io.drover.contracts.event.StepCompleted;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.id.SubjectId;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.SendKey;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.config.GatewayConfig;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.quota.ReservingQuota;
import io.drover.gateway.quota.model.QuotaAmounts;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accepts an operation: its row, its first step, and the events that say so. */
@ApplicationScoped
public class AcceptingOperation {
  private final Operations operations;
  private final ReservingQuota quota;
  private final Outbox outbox;
  private final IdSource ids;
  private final NanoTicker ticker;
  private final OperationDeadlines deadlines;
  private final Duration expiry;

  AcceptingOperation(
      Operations operations,
      ReservingQuota quota,
      Outbox outbox,
      IdSource ids,
      NanoTicker ticker,
      OperationDeadlines deadlines,
      GatewayConfig config) {
    this.operations = operations;
    this.quota = quota;
    this.outbox = outbox;
    this.deadlines = deadlines;
    this.ids = ids;
    this.ticker = ticker;
    this.expiry = config.commandExpiry();
  }

  /**
   * What is asked for, and on what.
   *
   * @param live what is to be done to a running domain; null for every other kind
   * @param growthBytes by how much it makes a volume grow
   */
  public record Request(
      OperationKind kind,
      ProjectId projectId,
      UUID subject,
      String name,
      Mutation mutation,
      @Nullable LiveOperation<?> live,
      long growthBytes) {
    public Request(
        OperationKind kind, ProjectId projectId, UUID subject, String name, Mutation mutation) {
      this(kind, projectId, subject, name, mutation, null, 0);
    }
  }

  /** Stores the operation in the transaction at hand and announces it. */
  public Operation accept(Request request) {
    reserve(request);
    Mutation mutation = request.mutation();
    long micros = (ticker.nanos() - mutation.startedNanos()) / 1_000;
    Operation.Step accept =
        new Operation.Step("accept", EventSource.GATEWAY.toString(), mutation.startedAt(), micros);
    Operation operation =
        new Operation(
            new OperationId(ids.next()),
            request.projectId(),
            request.kind(),
            Operation.State.RUNNING,
            request.subject(),
            request.name(),
            mutation.caller(),
            mutation.startedAt(),
            mutation.startedAt().plus(deadlines.of(request.kind(), request.live())),
            null,
            null,
            List.of(accept),
            live(request));
    operations.add(operation, request.growthBytes());
    EventSubject about =
        new EventSubject(new SubjectId(request.subject()), request.projectId(), operation.id(), 0);
    outbox.event(about, new OperationAccepted(request.kind(), request.name(), shown(request)));
    outbox.event(about, new StepCompleted(accept.name(), accept.startedAt(), micros));
    return operation;
  }

  /** So that a restored database knows it again; what is typed may be a password. */
  private static @Nullable LiveOperation<?> shown(Request request) {
    return request.live() instanceof SendKey ? null : request.live();
  }

  /** What operators do to hosts is of no project, so it is in nobody's quota. */
  private void reserve(Request request) {
    if (request.projectId().equals(ProjectId.NONE)) {
      return;
    }
    Effect effect = request.kind().effect();
    if (effect == Effect.STOPS
        || effect == Effect.DELETES
        || request.kind() == OperationKind.ABORT_OPERATION) {
      quota.reserveReleasing(request.projectId());
    } else {
      quota.reserve(request.projectId(), QuotaAmounts.ofOperation(request.growthBytes()));
    }
  }

  private static @Nullable LivePart live(Request request) {
    LiveOperation<?> asked = request.live();
    return asked == null ? null : new LivePart(asked, null, null);
  }

  /** The header of a command that the caller alone answers for. */
  public CommandHeader header(Operation operation, Mutation mutation) {
    return header(operation, mutation, mutation.operator());
  }

  /**
   * The header of the operation's command; the scheduler sets generation and epoch. Nobody begins
   * what its operation would not wait for.
   *
   * @param operator whether an operator has asked for what the command has
   */
  public CommandHeader header(Operation operation, Mutation mutation, boolean operator) {
    Instant expiresAt = mutation.startedAt().plus(expiry);
    return new CommandHeader(
        new CommandId(DerivedId.of(operation.id().value(), operation.kind().name())),
        operation.id(),
        operation.projectId(),
        operation.subject(),
        0,
        0,
        expiresAt.isBefore(operation.deadline()) ? expiresAt : operation.deadline(),
        mutation.cause(),
        operator);
  }

  /** 202 with the operation and its address. */
  public static HttpResult accepted(String project, Operation operation) {
    return HttpResult.json(202, operation)
        .with("Location", "/v1/projects/" + project + "/operations/" + operation.id());
  }
}
