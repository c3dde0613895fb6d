package io.drover.gateway.domain;

import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainModified;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.operation.LiveOperation;
import io.drover.gateway.domain.model.DomainConditions;
import io.drover.gateway.domain.model.DomainPhase;
import io.drover.gateway.domain.model.DomainTransitions;
import io.drover.gateway.domain.model.TenantDomain;
import io.drover.gateway.operation.Operations;
import io.drover.gateway.operation.model.LivePart;
import io.drover.gateway.operation.model.Operation;
import io.drover.gateway.volume.Volumes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Moves domains on by events. */
@ApplicationScoped
public class DomainProjection {
  /** What may end an operation that had taken volumes, or the run that had them open. */
  private static final Set<Class<? extends Event>> FREEING =
      Set.of(
          OperationSucceeded.class,
          DomainModified.class,
          OperationFailed.class,
          CommandSuperseded.class,
          DomainFailed.class,
          DomainStopped.class);

  private final Domains domains;
  private final Volumes volumes;
  private final DomainVolumes attached;
  private final RedefiningDomain redefining;
  private final Operations operations;
  private final DomainStatePublisher publishing;

  DomainProjection(
      Domains domains,
      Volumes volumes,
      DomainVolumes attached,
      RedefiningDomain redefining,
      Operations operations,
      DomainStatePublisher publishing) {
    this.domains = domains;
    this.volumes = volumes;
    this.attached = attached;
    this.redefining = redefining;
    this.operations = operations;
    this.publishing = publishing;
  }

  /**
   * Applies an event in the transaction at hand, after its operation; false when its subject is no
   * domain here.
   */
  public boolean apply(Envelope<?> envelope, Event event) {
    Optional<TenantDomain> found = domains.lock(DomainId.parse(envelope.subject()));
    if (found.isEmpty()) {
      return false;
    }
    TenantDomain domain = found.get();
    TenantDomain next = moved(domain, envelope, event);
    if (next.phase() == DomainPhase.DELETED) {
      volumes.detach(domain.id());
      domains.remove(domain.id());
      publishing.withdraw(domain.id());
      return true;
    }
    if (FREEING.contains(event.getClass())) {
      attached.settle(next);
    }
    if (next.version() != domain.version()) {
      publishing.publish(next);
    }
    return true;
  }

  private TenantDomain moved(TenantDomain domain, Envelope<?> envelope, Event event) {
    if (event instanceof OperationSucceeded succeeded) {
      return operated(domain, envelope, succeeded);
    }
    if (event instanceof DomainModified modified) {
      return modified(domain, envelope, modified);
    }
    DomainConditions next =
        DomainTransitions.apply(domain.state(), envelope.generation(), event, envelope.time());
    if (next.equals(domain.state())) {
      return domain;
    }
    TenantDomain moved = domain.withState(next);
    return next.phase() == DomainPhase.DELETED ? moved : domains.save(moved);
  }

  private TenantDomain operated(
      TenantDomain domain, Envelope<?> envelope, OperationSucceeded succeeded) {
    return asked(domain, envelope)
        .map(
            request ->
                redefining.follow(domain, request, succeeded.result(), runs(domain, envelope)))
        .orElse(domain);
  }

  /** Which definitions change, the operation says that had asked for it. */
  private TenantDomain modified(
      TenantDomain domain, Envelope<?> envelope, DomainModified modified) {
    LiveOperation<?> change =
        asked(domain, envelope)
            .filter(request -> request.live().equals(modified.change()))
            .orElse(modified.change());
    return runs(domain, envelope) ? redefining.followLate(domain, change) : domain;
  }

  private Optional<LiveOperation<?>> asked(TenantDomain domain, Envelope<?> envelope) {
    OperationId id = envelope.operationId();
    return id == null
        ? Optional.empty()
        : operations
            .find(id)
            .filter(operation -> operation.subject().equals(domain.id().value()))
            .map(Operation::live)
            .map(LivePart::request);
  }

  private static boolean runs(TenantDomain domain, Envelope<?> envelope) {
    return domain.phase() == DomainPhase.RUNNING
        && envelope.generation() == domain.state().generation();
  }
}
