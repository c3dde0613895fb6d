package io.drover.scheduler.recall;

import io.drover.contracts.command.Resources;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.Envelope;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.Outcomes;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.VolumeBinding;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes a placement that the scheduler has published, and that its database does not have, back
 * into the database: the generation, so that it never repeats, and the claim, so that the room is
 * set aside. Whether the domain runs is asked of its host, as of every claim that no report shows.
 * What is known changes nothing. Thread-safe; calls block.
 */
@ApplicationScoped
class RecallingPlacements {
  private static final Logger LOG = Logger.getLogger(RecallingPlacements.class);

  /** The scheduler has numbered more events of the subject since; numbers have gaps anyway. */
  private static final int SAID_SINCE = 1_000;

  private final Ledger ledger;
  private final HostSnapshot snapshot;
  private final InstantSource clock;

  RecallingPlacements(Ledger ledger, HostSnapshot snapshot, InstantSource clock) {
    this.ledger = ledger;
    this.snapshot = snapshot;
    this.clock = clock;
  }

  boolean isKnown(Envelope<Object> placement) {
    UUID id = UUID.fromString(placement.subject());
    return ledger.inTransaction(session -> session.subjects().knows(id, placement.generation()));
  }

  /** Whether it was a placement that the database did not have. */
  boolean recall(Envelope<Object> placement) {
    ProjectId project = placement.projectId();
    if (project == null) {
      return false;
    }
    return ledger.inTransaction(
        session -> {
          if (placement.data() instanceof DomainPlaced domain) {
            return domain(session, placement, project, domain);
          }
          return placement.data() instanceof VolumePlaced volume
              && volume(session, placement, project, volume);
        });
  }

  private boolean domain(
      LedgerSession session, Envelope<Object> placement, ProjectId project, DomainPlaced placed) {
    UUID id = UUID.fromString(placement.subject());
    Subject subject = session.subjects().lock(id, Subject.Kind.DOMAIN, project);
    if (subject.generation() >= placement.generation()) {
      return false;
    }
    // It was placed anew, so its former claim had ended.
    session.claims().find(id).ifPresent(former -> free(session, former));
    Optional<Host> host = host(session, placed.hostId());
    recalled(session, placement, host, placed.resources());
    if (host.isPresent() && !subject.deleted()) {
      session.claims().recognise(claim(placement, placed));
      // As one that ran, so that its host is asked as soon as two reports do not show it.
      session
          .claims()
          .changeState(id, placement.generation(), Claim.State.RUNNING, clock.instant());
      session.hosts().find(placed.hostId()).ifPresent(snapshot::note);
    }
    LOG.warnf(
        "The database has forgotten that domain=%s generation=%d was placed on host=%s: it was restored"
            + " from a backup; the claim is back, and the host is asked whether it runs",
        id, placement.generation(), placed.hostId());
    return true;
  }

  private static Claim claim(Envelope<Object> placement, DomainPlaced placed) {
    UUID id = UUID.fromString(placement.subject());
    return new Claim(
        id,
        placed.hostId(),
        placement.generation(),
        placed.resources(),
        Claim.State.PLACED,
        placement.operationId(),
        Claim.startCommandOf(id, placement.generation()),
        null,
        null);
  }

  private void free(LedgerSession session, Claim former) {
    session.claims().free(former.domainId(), former.generation()).ifPresent(snapshot::note);
  }

  /** Its size is not published; what the volume takes shows in the host's free disk. */
  private boolean volume(
      LedgerSession session, Envelope<Object> placement, ProjectId project, VolumePlaced placed) {
    UUID id = UUID.fromString(placement.subject());
    Subject subject = session.subjects().lock(id, Subject.Kind.VOLUME, project);
    if (subject.generation() >= placement.generation()) {
      return false;
    }
    Optional<Host> host = host(session, placed.hostId());
    recalled(session, placement, host, subject.resources());
    if (host.isPresent() && !subject.deleted() && session.volumes().find(id).isEmpty()) {
      session
          .volumes()
          .recalled(
              new VolumeBinding(
                  id,
                  placed.hostId(),
                  placement.generation(),
                  0,
                  VolumeBinding.State.READY,
                  new CommandId(DerivedId.of(id, placement.generation() + "/create-volume"))));
    }
    LOG.warnf(
        "The database has forgotten that volume=%s was placed on host=%s: it was restored from a backup;"
            + " the volume is bound to that host again",
        id, placed.hostId());
    return true;
  }

  private void recalled(
      LedgerSession session, Envelope<Object> placement, Optional<Host> host, Resources took) {
    session
        .subjects()
        .recalled(
            UUID.fromString(placement.subject()),
            placement.generation(),
            placement.sequence() + SAID_SINCE,
            host.map(Host::id).orElse(null),
            took);
    OperationId operation = placement.operationId();
    if (operation == null) {
      return;
    }
    UUID cause = Outcomes.recalledCauseOf(operation);
    if (session.outcomes().find(cause).isEmpty()) {
      // Its command may come again, as Kafka has kept how far commands were read: it is answered.
      long sequence = placement.sequence() + SAID_SINCE;
      UUID subject = UUID.fromString(placement.subject());
      session.outcomes().keep(cause, subject, sequence, List.of(), clock.instant());
    }
  }

  /** A host that the database does not know yet, or that was removed, can have no claim. */
  private static Optional<Host> host(LedgerSession session, HostId id) {
    return session.hosts().find(id).filter(host -> !host.isRemoved());
  }
}
