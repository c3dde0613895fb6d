package io.drover.gateway.project.store;

import io.drover.contracts.id.ProjectId;
import io.drover.gateway.inventory.Inventory;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.project.Project;
import io.drover.gateway.project.Projects;
import io.drover.gateway.request.ResourceNames;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class PanacheProjects implements Projects, PanacheRepositoryBase<ProjectEntity, UUID> {
  private final Inventory inventory;

  PanacheProjects(Inventory inventory) {
    this.inventory = inventory;
  }

  @Override
  public Optional<Project> find(String name) {
    return find("name", name).firstResultOptional().map(ProjectEntity::toModel);
  }

  @Override
  public Optional<Project> find(ProjectId id) {
    return findByIdOptional(id.value()).map(ProjectEntity::toModel);
  }

  @Override
  public List<Project> page(Optional<Set<String>> names, Optional<String> after, int limit) {
    String from = after.orElse("");
    if (names.isEmpty()) {
      return models(find("name > ?1 order by name", from), limit);
    }
    if (names.get().isEmpty()) {
      return List.of();
    }
    return models(find("name > ?1 and name in ?2 order by name", from, names.get()), limit);
  }

  private static List<Project> models(PanacheQuery<ProjectEntity> query, int limit) {
    return query.range(0, limit - 1).stream().map(ProjectEntity::toModel).toList();
  }

  @Override
  public void add(Project project) {
    try {
      persistAndFlush(ProjectEntity.of(project));
      inventory.keep(new InventoryKey(InventoryKind.PROJECT, project.id().value()), project);
    } catch (ConstraintViolationException e) {
      throw ResourceNames.taken("project", project.name());
    }
  }
}
