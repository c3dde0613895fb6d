package io.drover.gateway.operation.store;

import io.drover.gateway.operation.model.Operation;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity(name = "Step")
@Table(name = "operation_steps")
@IdClass(StepEntity.Key.class)
@SuppressWarnings("NullAway.Init") // Persistence fills the fields.
class StepEntity {
  @Id
  @Column(name = "operation_id")
  UUID operationId;

  @Id String name;
  String source;

  @Column(name = "started_at")
  Instant startedAt;

  @Column(name = "duration_micros")
  long durationMicros;

  static StepEntity of(UUID operation, Operation.Step step) {
    StepEntity entity = new StepEntity();
    entity.operationId = operation;
    entity.name = step.name();
    entity.source = step.source();
    entity.startedAt = step.startedAt();
    entity.durationMicros = step.durationMicros();
    return entity;
  }

  Operation.Step toModel() {
    return new Operation.Step(name, source, startedAt, durationMicros);
  }

  /**
   * The key, as Persistence wants it: a class with a public constructor and fields of the names.
   */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;
    @Nullable UUID operationId;
    @Nullable String name;

    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(operationId, key.operationId)
          && Objects.equals(name, key.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(operationId, name);
    }
  }
}
