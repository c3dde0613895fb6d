package io.drover.gateway.access;

import io.drover.contracts.id.ProjectId;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Lets members in; to everybody else the project is not there. */
@Provider
@InProject
public class InProjectFilter implements ContainerRequestFilter {
  private final SecurityIdentity identity;
  private final Memberships memberships;
  private final CurrentProject current;

  public InProjectFilter(
      SecurityIdentity identity, Memberships memberships, CurrentProject current) {
    this.identity = identity;
    this.memberships = memberships;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller = Callers.of(identity);
    String name = request.getUriInfo().getPathParameters().getFirst("project");
    ProjectId id = memberships.require(caller, name);
    current.enter(caller, name, id);
  }
}
