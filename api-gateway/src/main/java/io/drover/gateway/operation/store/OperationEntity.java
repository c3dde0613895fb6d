package io.drover.gateway.operation.store;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "Operation")
@Table(name = "operations")
@SuppressWarnings("NullAway.Init") // Persistence fills the fields.
class OperationEntity {
  @Id UUID id;

  @Column(name = "project_id")
  UUID projectId;

  @Enumerated(EnumType.STRING)
  OperationKind kind;

  @Enumerated(EnumType.STRING)
  Operation.State state;

  UUID subject;
  String name;
  String actor;
  @Nullable String problem;

  @Nullable String request;
  Instant deadline;

  @Column(name = "progress_done")
  @Nullable Long progressDone;

  @Column(name = "progress_total")
  @Nullable Long progressTotal;

  @Nullable String result;

  @Column(name = "growth_bytes")
  long growthBytes;

  @Column(name = "created_at")
  Instant createdAt;

  @Column(name = "finished_at")
  @Nullable Instant finishedAt;

  static OperationEntity of(Operation operation) {
    OperationEntity entity = new OperationEntity();
    entity.id = operation.id().value();
    entity.projectId = operation.projectId().value();
    entity.kind = operation.kind();
    entity.state = operation.state();
    entity.subject = operation.subject();
    entity.name = operation.name();
    entity.actor = operation.actor();
    entity.problem = json(operation.problem());
    LivePart live = operation.live();
    if (live != null) {
      entity.request = json(live.request());
      entity.result = json(live.result());
    }
    entity.createdAt = operation.createdAt();
    entity.deadline = operation.deadline();
    entity.finishedAt = operation.finishedAt();
    return entity;
  }

  Operation toModel(List<Operation.Step> steps) {
    return new Operation(
        new OperationId(id),
        new ProjectId(projectId),
        kind,
        state,
        subject,
        name,
        actor,
        createdAt,
        deadline,
        finishedAt,
        problem == null ? null : read(problem, Problem.class),
        steps,
        live());
  }

  private @Nullable LivePart live() {
    if (request == null) {
      return null;
    }
    return new LivePart(
        read(request, LiveOperation.class),
        progressDone == null || progressTotal == null
            ? null
            : new LivePart.Progress(progressDone, progressTotal),
        result == null ? null : read(result, LiveResult.class));
  }

  private static <T> T read(String json, Class<T> type) {
    return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  static @Nullable String json(@Nullable Object value) {
    return value == null ? null : new String(ContractJson.write(value), StandardCharsets.UTF_8);
  }
}
