package io.drover.gateway.operation.store;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.ContractJson;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.operation.model.Operation.Step;
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
    entity.createdAt = operation.createdAt();
    entity.finishedAt = operation.finishedAt();
    return entity;
  }

  Operation toModel(List<Step> steps) {
    return new Operation(
        new OperationId(id),
        new ProjectId(projectId),
        kind,
        state,
        subject,
        name,
        actor,
        createdAt,
        finishedAt,
        problem == null
            ? null
            : ContractJson.read(problem.getBytes(StandardCharsets.UTF_8), Problem.class),
        steps);
  }

  static @Nullable String json(@Nullable Problem problem) {
    return problem == null ? null : new String(ContractJson.write(problem), StandardCharsets.UTF_8);
  }
}
