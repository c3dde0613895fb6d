package io.drover.gateway.operation.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One accepted mutation and what became of it.
 *
 * @param subject the domain's or volume's id
 * @param name the domain's or volume's name
 * @param actor the subject of the token that asked
 * @param deadline it has ended by then, or is ended as failed
 * @param problem why it failed; null otherwise
 * @param steps in the order of their beginning
 * @param live what is done to a running domain; null for every other kind
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Operation(
    OperationId id,
    @JsonIgnore ProjectId projectId,
    OperationKind kind,
    State state,
    UUID subject,
    String name,
    String actor,
    Instant createdAt,
    Instant deadline,
    @Nullable Instant finishedAt,
    @Nullable Problem problem,
    List<Step> steps,
    @JsonUnwrapped @Nullable LivePart live) {
  public Operation {
    steps = List.copyOf(steps);
  }

  /** The same once it has ended so. */
  public Operation ended(OperationOutcome outcome, Instant at) {
    return new Operation(
        id,
        projectId,
        kind,
        outcome.state(),
        subject,
        name,
        actor,
        createdAt,
        deadline,
        at,
        outcome.problem(),
        steps,
        live == null ? null : new LivePart(live.request(), live.progress(), outcome.result()));
  }

  /** How far it is. */
  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /**
   * One step that is done.
   *
   * @param source the part that did it
   * @param durationMicros in microseconds
   */
  public record Step(String name, String source, Instant startedAt, long durationMicros) {}
}
