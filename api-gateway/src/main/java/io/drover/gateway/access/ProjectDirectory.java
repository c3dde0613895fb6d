package io.drover.gateway.access;

import io.drover.contracts.id.ProjectId;
import java.util.Optional;

/** Finds projects by name; the project package implements it. */
public interface ProjectDirectory {
  Optional<ProjectId> idOf(String name);
}
