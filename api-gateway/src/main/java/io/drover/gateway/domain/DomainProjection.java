package io.drover.gateway.domain;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.DomainModified;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.OperationAccepted;
import io.drover.contracts.event.OperationFailed;
import io.drover.contracts.event.OperationKind;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.LiveResult;
import io.drover.gateway.domain.model.Desired;
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
import org.jboss.logging.Logger;

/** Moves domains on by events. */
@ApplicationScoped
public class DomainProjection {
  private static final Logger LOG = Logger.getLogger(DomainProjection.class);

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
   *
   * @param again whether it was applied before, and the database has forgotten it: the states that
   *     it led to were published then, and what runs now is known by the inventory's topic
   */
  public boolean apply(Envelope<?> envelope, Event event, boolean again) {
    Optional<TenantDomain> found = domains.lock(DomainId.parse(envelope.subject()));
    if (found.isEmpty()) {
      return false;
    }
    TenantDomain domain = found.get();
    TenantDomain next = moved(domain, envelope, event, again);
    if (next.phase() == DomainPhase.DELETED) {
      volumes.detach(domain.id());
      domains.remove(domain.id());
      publishing.withdraw(domain.id());
      return true;
    }
    if (FREEING.contains(event.getClass())) {
      attached.settle(next);
    }
    if (next.version() != domain.version() && !again) {
      publishing.publish(next);
    }
    return true;
  }

  /** What an operation that was recalled asks of a domain, until its events tell its end. */
  public void ask(Envelope<?> envelope, OperationAccepted accepted) {
    if (accepted.kind().subject() == OperationKind.SubjectKind.DOMAIN) {
      domains.lock(DomainId.parse(envelope.subject())).ifPresent(domain -> ask(domain, accepted));
    }
  }

  private void ask(TenantDomain domain, OperationAccepted accepted) {
    Desired now = domain.state().desired();
    Desired wanted =
        switch (accepted.kind().effect()) {
          case STARTS -> Desired.RUNNING;
          case STOPS -> Desired.STOPPED;
          case DELETES -> Desired.DELETED;
          default -> now;
        };
    if (wanted != now) {
      domains.save(domain.withFormerState(domain.state().withDesired(wanted)));
    }
    LiveOperation<?> request = accepted.request();
    if (request != null) {
      attached.take(domain, request.volumes());
    }
  }

  /** Frees the volumes of an operation that has ended as the gateway itself has said. */
  public void settle(Envelope<?> envelope) {
    domains.lock(DomainId.parse(envelope.subject())).ifPresent(attached::settle);
  }

  private TenantDomain moved(
      TenantDomain domain, Envelope<?> envelope, Event event, boolean again) {
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
    TenantDomain moved = again ? domain.withFormerState(next) : domain.withState(next);
    return next.phase() == DomainPhase.DELETED ? moved : domains.save(moved);
  }

  private TenantDomain operated(
      TenantDomain domain, Envelope<?> envelope, OperationSucceeded succeeded) {
    return asked(domain, envelope)
        .map(request -> followed(domain, request, succeeded.result(), runs(domain, envelope)))
        .orElse(domain);
  }

  /** A definition that does not allow it has it already: a restored database has the latest one. */
  private TenantDomain followed(
      TenantDomain domain, LiveOperation<?> request, LiveResult result, boolean runs) {
    try {
      return redefining.follow(domain, request, result, runs);
    } catch (ProblemException e) {
      LOG.warnf(
          "The definition of domain=%s stays as it is, %s changes nothing in it: %s",
          domain.id(), request.name(), e.problem().detail());
      return domain;
    }
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
