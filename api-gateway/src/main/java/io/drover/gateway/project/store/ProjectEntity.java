package io.drover.gateway.project.store;

import io.drover.contracts.id.ProjectId;
import io.drover.gateway.project.Project;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity(name = "Project")
@Table(name = "projects")
@SuppressWarnings("NullAway.Init") // Persistence fills the fields.
class ProjectEntity {
  @Id UUID id;
  String name;

  @Column(name = "created_at")
  Instant createdAt;

  static ProjectEntity of(Project project) {
    ProjectEntity entity = new ProjectEntity();
    entity.id = project.id().value();
    entity.name = project.name();
    entity.createdAt = project.createdAt();
    return entity;
  }

  Project toModel() {
    return new Project(new ProjectId(id), name, createdAt);
  }
}
