package io.drover.gateway.domain;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.OperationKind.Effect;
import io.drover.contracts.event.OperationKind.SubjectKind;
import io.drover.contracts.id.DomainId;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.host.HostDirectory;
import io.drover.gateway.operation.EndedSubject;
import io.drover.gateway.operation.model.Operation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A domain whose operation was given up: it keeps why, and wants no start that nobody tries. */
@ApplicationScoped
class GivenUpDomain implements EndedSubject {
  private final Domains domains;
  private final DomainVolumes attached;
  private final DomainStatePublisher publishing;
  private final HostDirectory hosts;

  GivenUpDomain(
      Domains domains,
      DomainVolumes attached,
      DomainStatePublisher publishing,
      HostDirectory hosts) {
    this.domains = domains;
    this.attached = attached;
    this.publishing = publishing;
    this.hosts = hosts;
  }

  @Override
  public SubjectKind kind() {
    return SubjectKind.DOMAIN;
  }

  @Override
  public boolean givenUp(Operation operation, Problem problem) {
    Optional<TenantDomain> found = domains.lock(new DomainId(operation.subject()));
    if (found.isEmpty()) {
      return false;
    }
    boolean start = operation.kind().effect() == Effect.STARTS;
    TenantDomain domain = found.get();
    TenantDomain next = domains.save(domain.withState(domain.state().givenUp(problem, start)));
    attached.settle(next);
    publishing.publish(next);
    return next.phase() == DomainPhase.RUNNING;
  }

  /** What is asked of a domain whose host is down waits for the host. */
  @Override
  public Optional<String> outlook(Operation operation) {
    return domains
        .lock(new DomainId(operation.subject()))
        .flatMap(domain -> Optional.ofNullable(domain.state().host()))
        .flatMap(host -> hosts.find(host.id()))
        .filter(host -> !host.up())
        .map(
            host ->
                "Its host \""
                    + host.name()
                    + "\" has not reported since "
                    + host.reportedAt()
                    + ". "
                    + whenItReturns(operation)
                    + " An operator can remove the host, or delete the domain by force.");
  }

  private static String whenItReturns(Operation operation) {
    return switch (operation.kind().effect()) {
      case STOPS -> "The domain is to be stopped, and is asked to when the host comes back.";
      case DELETES -> "Ask for the deletion again when the host has come back.";
      default -> "Ask again when the host has come back.";
    };
  }
}
