package io.drover.gateway.operation.store;

import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.gateway.operation.OperationPosition;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.operation.model.OperationOutcome;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Parameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

@ApplicationScoped
class PanacheOperations implements Operations, PanacheRepositoryBase<OperationEntity, UUID> {
  private static final String ADD_STEP =
      "insert into gateway.operation_steps"
          + " (operation_id, name, source, started_at, duration_micros)"
          + " select o.id, :name, :source, :startedAt, :micros from gateway.operations o"
          + " where o.id = :operation"
          + " and (select count(*) from gateway.operation_steps s where s.operation_id = o.id) < :most"
          + " on conflict do nothing";

  /** More than any operation has; a host's word is no reason for more. */
  private static final int MAX_STEPS = 64;

  private static final String FORGET =
      "delete from gateway.operations where id in (select id from gateway.operations"
          + " where finished_at < :before order by finished_at limit :limit)";

  /** What was done to hosts, which is of no project, is kept as that of one. */
  private static final String FORGET_BEYOND =
      """
      with cut as (
        select p.id as project_id,
          (select o.created_at from gateway.operations o where o.project_id = p.id
            order by o.created_at desc, o.id desc offset :kept limit 1) as at
        from (select id from gateway.projects union all select cast(:none as uuid)) p
      )
      delete from gateway.operations where id in (
        select o.id from cut join gateway.operations o
          on o.project_id = cut.project_id and o.created_at <= cut.at and o.finished_at is not null
        limit :limit)
      """;

  private final EntityManager entities;

  PanacheOperations(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public Optional<Operation> find(ProjectId project, OperationId id) {
    return models(find("projectId = ?1 and id = ?2", project.value(), id.value()).list()).stream()
        .findFirst();
  }

  @Override
  public Optional<Operation> find(OperationId id) {
    return models(find("id", id.value()).list()).stream().findFirst();
  }

  @Override
  public List<Operation> page(
      ProjectId project, Optional<UUID> subject, Optional<OperationPosition> after, int limit) {
    StringBuilder query = new StringBuilder("projectId = :project");
    Parameters parameters = Parameters.with("project", project.value());
    subject.ifPresent(
        id -> {
          query.append(" and subject = :subject");
          parameters.and("subject", id);
        });
    after.ifPresent(
        position -> {
          query.append(" and (createdAt < :at or createdAt = :at and id < :id)");
          parameters.and("at", position.createdAt()).and("id", position.id().value());
        });
    query.append(" order by createdAt desc, id desc");
    return models(find(query.toString(), parameters).range(0, limit - 1).list());
  }

  @Override
  public List<Operation> open(UUID subject) {
    return find("subject = ?1 and state = ?2 order by createdAt", subject, Operation.State.RUNNING)
        .stream()
        .map(entity -> entity.toModel(List.of()))
        .toList();
  }

  private List<Operation> models(List<OperationEntity> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    Map<UUID, List<StepEntity>> steps =
        entities
            .createQuery(
                "from Step where operationId in ?1 order by startedAt, name", StepEntity.class)
            .setParameter(1, found.stream().map(entity -> entity.id).toList())
            .getResultStream()
            .collect(Collectors.groupingBy(step -> step.operationId));
    return found.stream()
        .map(
            entity ->
                entity.toModel(
                    steps.getOrDefault(entity.id, List.of()).stream()
                        .map(StepEntity::toModel)
                        .toList()))
        .toList();
  }

  @Override
  public void add(Operation operation, long growthBytes) {
    OperationEntity entity = OperationEntity.of(operation);
    entity.growthBytes = growthBytes;
    persistAndFlush(entity);
    operation.steps().forEach(step -> addStep(operation.id(), step));
  }

  @Override
  public boolean addStep(OperationId id, Operation.Step step) {
    return entities
            .createNativeQuery(ADD_STEP)
            .setParameter("operation", id.value())
            .setParameter("name", step.name())
            .setParameter("source", step.source())
            .setParameter("startedAt", step.startedAt())
            .setParameter("micros", step.durationMicros())
            .setParameter("most", MAX_STEPS)
            .executeUpdate()
        == 1;
  }

  @Override
  public boolean finish(OperationId id, OperationOutcome outcome, Instant at) {
    return update(
            "state = ?1, problem = ?2, result = ?3, finishedAt = ?4 where id = ?5 and state = ?6",
            outcome.state(),
            OperationEntity.json(outcome.problem()),
            OperationEntity.json(outcome.result()),
            at,
            id.value(),
            Operation.State.RUNNING)
        == 1;
  }

  @Override
  public List<Operation> overdue(Instant now, int limit) {
    return find("state = ?1 and deadline < ?2 order by deadline", Operation.State.RUNNING, now)
        .range(0, limit - 1)
        .stream()
        .map(entity -> entity.toModel(List.of()))
        .toList();
  }

  @Override
  public int forget(Instant endedBefore, int limit) {
    return entities
        .createNativeQuery(FORGET)
        .setParameter("before", endedBefore)
        .setParameter("limit", limit)
        .executeUpdate();
  }

  @Override
  public int forgetBeyond(int kept, int limit) {
    return entities
        .createNativeQuery(FORGET_BEYOND)
        .setParameter("none", ProjectId.NONE.value())
        .setParameter("kept", kept)
        .setParameter("limit", limit)
        .executeUpdate();
  }

  @Override
  public void progress(OperationId id, LivePart.Progress progress) {
    update(
        "progressDone = ?1, progressTotal = ?2 where id = ?3 and state = ?4",
        progress.done(),
        progress.total(),
        id.value(),
        Operation.State.RUNNING);
  }
}
