package io.drover.gateway.project;

import io.drover.contracts.id.ProjectId;
import io.drover.gateway.access.ProjectDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Tells the access check which projects there are. */
@ApplicationScoped
class ProjectLookup implements ProjectDirectory {
  private final Projects projects;

  ProjectLookup(Projects projects) {
    this.projects = projects;
  }

  @Override
  @Transactional
  public Optional<ProjectId> idOf(String name) {
    return projects.find(name).map(Project::id);
  }
}
