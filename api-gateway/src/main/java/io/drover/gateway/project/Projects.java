package io.drover.gateway.project;

import io.drover.contracts.id.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The stored projects. */
public interface Projects {
  Optional<Project> find(String name);

  Optional<Project> find(ProjectId id);

  /** In the order of their names, after this one; of these names only, unless it is empty. */
  List<Project> page(Optional<Set<String>> names, Optional<String> after, int limit);

  void add(Project project);
}
