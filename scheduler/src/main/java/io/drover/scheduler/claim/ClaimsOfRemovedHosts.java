package io.drover.scheduler.claim;

import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Ends the claims of hosts that were removed: each domain is said to have stopped, and what still
 * runs of it is ended should its host come back. A claim ends last, because only one that is still
 * there has its end said again after a crash. Thread-safe; calls block.
 */
@ApplicationScoped
public class ClaimsOfRemovedHosts implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(ClaimsOfRemovedHosts.class);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final RecordSender sender;
  private final ClaimReleaseSignal ends;
  private final InstantSource clock;

  ClaimsOfRemovedHosts(
      Ledger ledger, RecordSender sender, ClaimReleaseSignal ends, InstantSource clock) {
    this.ledger = ledger;
    this.sender = sender;
    this.ends = ends;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "claims-of-removed-hosts";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
    try {
      end();
    } catch (RuntimeException e) {
      LOG.warnf(
          "Claims of removed hosts could not be ended and are ended in the next run: %s",
          e.getMessage());
    }
  }

  void end() {
    List<Host> removed =
        ledger.inTransaction(
            session -> session.hosts().all().stream().filter(Host::isRemoved).toList());
    for (Host host : removed) {
      ledger
          .inTransaction(session -> session.claims().onHost(host.id()))
          .forEach(claim -> end(claim, host));
    }
  }

  private void end(Claim claim, Host host) {
    sender.send(ledger.inTransaction(session -> stopped(session, claim, host)));
    boolean ended = ledger.inTransaction(session -> free(session, claim));
    if (ended) {
      LOG.warnf(
          "Ended the claim of domain=%s generation=%d: its host=%s was removed",
          claim.domainId(), claim.generation(), host.id());
      ends.announce(claim.domainId());
    }
  }

  private List<OutgoingRecord> stopped(LedgerSession session, Claim claim, Host host) {
    Subject subject = session.subjects().lockKnown(claim.domainId()).orElseThrow();
    if (!isStill(session, claim)) {
      return List.of();
    }
    UUID cause = DerivedId.of(claim.startCommand().value(), "host-removed");
    String why = host.standing().reason();
    return session
        .outcomes()
        .find(cause)
        .orElseGet(
            () ->
                new OutcomeBuilder(session, cause, subject, clock.instant())
                    .event(
                        subject.projectId(),
                        claim.operationId(),
                        claim.generation(),
                        new DomainStopped(
                            host.id(),
                            StopReason.HOST_REMOVED,
                            "An operator has removed the host "
                                + host.name()
                                + (why.isBlank() ? "." : ": " + why)))
                    .keep());
  }

  private static boolean free(LedgerSession session, Claim claim) {
    Subject locked = session.subjects().lockKnown(claim.domainId()).orElseThrow();
    if (!isStill(session, claim)) {
      return false;
    }
    session.subjects().fence(locked.id(), claim.generation());
    return session.claims().free(locked.id(), claim.generation()).isPresent();
  }

  /** Neither an event of the host nor its return has changed that meanwhile. */
  private static boolean isStill(LedgerSession session, Claim claim) {
    Optional<Claim> now = session.claims().find(claim.domainId());
    return now.filter(it -> it.generation() == claim.generation()).isPresent()
        && session.hosts().find(claim.hostId()).filter(Host::isRemoved).isPresent();
  }
}
