package io.drover.gateway.domain;

import io.drover.gateway.access.CurrentProject;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.request.HttpResult;
import io.drover.gateway.request.Mutation;
import io.drover.gateway.request.Mutations;
import io.drover.gateway.request.Preconditions;
import io.drover.gateway.request.RequestContext;
import io.drover.gateway.request.ResourceNames;
import jakarta.enterprise.context.ApplicationScoped;

/** What every request that does something to a domain of the project at hand has in common. */
@ApplicationScoped
class DomainMutations {
  private final Domains domains;
  private final Mutations mutations;
  private final RequestContext requests;
  private final CurrentProject project;

  DomainMutations(
      Domains domains, Mutations mutations, RequestContext requests, CurrentProject project) {
    this.domains = domains;
    this.mutations = mutations;
    this.requests = requests;
    this.project = project;
  }

  /** What is done to a domain that is locked, within a transaction. */
  @FunctionalInterface
  interface Action {
    Operation accept(TenantDomain domain, Mutation mutation);
  }

  /** Runs an action that has no body. */
  HttpResult run(String reference, Action action) {
    return run(reference, requests.mutation(project.caller()), action);
  }

  /** Runs the action once for its key, on the version that the caller means; answers 202. */
  HttpResult run(String reference, Mutation mutation, Action action) {
    String ifMatch = requests.ifMatch();
    return mutations.run(
        mutation,
        () -> {
          TenantDomain domain =
              domains
                  .lock(project.id(), reference)
                  .orElseThrow(() -> ResourceNames.missing("domain", reference));
          Preconditions.check(ifMatch, domain.version());
          return AcceptingOperation.accepted(project.name(), action.accept(domain, mutation));
        });
  }
}
