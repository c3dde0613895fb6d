package io.drover.gateway.domain;

import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.report.HostState.Admission;
import io.drover.gateway.domain.model.Desired;
import io.drover.gateway.domain.model.DomainConditions.AssignedHost;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.host.HostDirectory;
import io.drover.gateway.operation.AcceptingOperation;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.outbox.Outbox;
import io.drover.gateway.request.Mutation;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Asks for the end of a domain: of its run, or of all of it. */
@ApplicationScoped
class StoppingDomain {
  private final Domains domains;
  private final AcceptingOperation accepting;
  private final Outbox outbox;
  private final HostDirectory hosts;

  StoppingDomain(
      Domains domains, AcceptingOperation accepting, Outbox outbox, HostDirectory hosts) {
    this.domains = domains;
    this.accepting = accepting;
    this.outbox = outbox;
    this.hosts = hosts;
  }

  /** Asks the guest to power off; within the caller's transaction, with the domain locked. */
  Operation shutDown(TenantDomain domain, Mutation mutation) {
    require(domain, domain.phase() == DomainPhase.RUNNING, "only a RUNNING one can be shut down");
    return stop(domain, OperationKind.SHUT_DOWN_DOMAIN, StopMode.SHUT_DOWN, mutation);
  }

  /** Ends QEMU; within the caller's transaction, with the domain locked. */
  Operation destroy(TenantDomain domain, Mutation mutation) {
    boolean live = domain.phase() == DomainPhase.RUNNING || domain.phase() == DomainPhase.PLACED;
    require(domain, live, "nothing of it runs");
    return stop(domain, OperationKind.DESTROY_DOMAIN, StopMode.DESTROY, mutation);
  }

  /**
   * Removes the domain, running or not; within the caller's transaction, with it locked.
   *
   * @param forcedBecause why it is to be gone whether its host carries that out or not; null for a
   *     deletion that its host carries out
   */
  Operation delete(TenantDomain domain, @Nullable String forcedBecause, Mutation mutation) {
    if (forcedBecause != null) {
      requireMayForce(domain, mutation);
    }
    Operation operation = accept(domain, OperationKind.DELETE_DOMAIN, Desired.DELETED, mutation);
    outbox.command(new DeleteDomain(accepting.header(operation, mutation), forcedBecause));
    return operation;
  }

  /** What the host still runs of it uses its disks: who says that nothing does must know. */
  private void requireMayForce(TenantDomain domain, Mutation mutation) {
    AssignedHost host = domain.state().host();
    boolean removed =
        host != null
            && hosts
                .find(host.id())
                .filter(known -> known.admission() == Admission.REMOVED)
                .isPresent();
    if (!mutation.operator() && !removed) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "The domain \""
              + domain.name()
              + "\" can be deleted by force by an operator, or once its host was removed. Delete it"
              + " without force, which is carried out when its host is reachable, or ask an"
              + " operator.");
    }
  }

  private Operation stop(
      TenantDomain domain, OperationKind kind, StopMode mode, Mutation mutation) {
    Operation operation = accept(domain, kind, Desired.STOPPED, mutation);
    outbox.command(new StopDomain(accepting.header(operation, mutation), mode));
    return operation;
  }

  private Operation accept(
      TenantDomain domain, OperationKind kind, Desired desired, Mutation mutation) {
    domains.save(domain.withState(domain.state().withDesired(desired)));
    return accepting.accept(
        new AcceptingOperation.Request(
            kind, domain.projectId(), domain.id().value(), domain.name(), mutation));
  }

  private static void require(TenantDomain domain, boolean allowed, String why) {
    if (!allowed) {
      throw new ProblemException(
          ErrorCode.INVALID_STATE,
          "The domain \"" + domain.name() + "\" is " + domain.phase() + "; " + why + ".");
    }
  }
}
