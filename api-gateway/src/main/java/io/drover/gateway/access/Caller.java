package io.drover.gateway.access;

import java.time.Instant;
import java.util.Set;

/**
 * Who asks.
 *
 * @param subject the subject of the token
 * @param projects the names of the projects that the token lists
 * @param until when the token ends
 */
public record Caller(String subject, Set<String> roles, Set<String> projects, Instant until) {
  public Caller {
    roles = Set.copyOf(roles);
    projects = Set.copyOf(projects);
  }

  public boolean operator() {
    return roles.contains(Roles.OPERATOR);
  }

  /** Whether the caller may enter the project; an operator may enter every one. */
  public boolean mayEnter(String project) {
    return operator() || projects.contains(project);
  }
}
