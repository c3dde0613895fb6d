package io.drover.scheduler.claim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.report.HostReport.RunningDomain;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.StopWish;
import io.drover.scheduler.ledger.model.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Compares what a host really runs with the claims on it. What runs is the truth: it is counted,
 * and never started elsewhere. Thread-safe; calls block.
 */
@ApplicationScoped
public class ReconcilingClaims {
  private static final Logger LOG = Logger.getLogger(ReconcilingClaims.class);

  private final Ledger ledger;
  private final HostSnapshot snapshot;
  private final RecordSender sender;
  private final ClaimReleaseSignal ends;
  private final AbsentDomains absent;
  private final RunningWithoutClaim without;
  private final InstantSource clock;

  ReconcilingClaims(
      Ledger ledger,
      HostSnapshot snapshot,
      RecordSender sender,
      ClaimReleaseSignal ends,
      AbsentDomains absent,
      RunningWithoutClaim without,
      InstantSource clock) {
    this.ledger = ledger;
    this.snapshot = snapshot;
    this.sender = sender;
    this.ends = ends;
    this.absent = absent;
    this.without = without;
    this.clock = clock;
  }

  /**
   * @param seenAt when the report came to Kafka
   */
  public void reconcile(HostReport report, Instant seenAt) {
    Map<UUID, Claim> unseen = new HashMap<>();
    for (Claim claim : ledger.inTransaction(session -> session.claims().onHost(report.hostId()))) {
      unseen.put(claim.domainId(), claim);
    }
    Map<RunningDomain, String> drift = new HashMap<>();
    for (RunningDomain running : report.domains()) {
      Claim claim = unseen.remove(running.domainId().value());
      if (claim == null
          || claim.generation() != running.generation()
          || claim.state() == Claim.State.FOUND) {
        look(report, running, drift);
      } else {
        confirm(claim, report);
      }
    }
    without.report(report.hostId(), drift);
    unseen.values().forEach(claim -> notRunning(claim, report, seenAt));
  }

  /** The report of a host that was removed and runs on: what it runs is given up. */
  public void reconcileRemoved(HostReport report) {
    Map<RunningDomain, String> drift = new HashMap<>();
    report.domains().forEach(running -> look(report, running, drift));
    without.report(report.hostId(), drift);
  }

  private void confirm(Claim claim, HostReport report) {
    if (claim.state() == Claim.State.PLACED || claim.state() == Claim.State.REFUSED) {
      ledger.inTransaction(session -> confirm(session, claim));
    }
    StopWish wish = claim.stop();
    if (wish != null && wish.epoch() != report.epoch()) {
      sender.send(ledger.inTransaction(session -> absent.stopAgain(session, claim, report)));
    }
  }

  private boolean confirm(LedgerSession session, Claim claim) {
    session
        .claims()
        .changeState(claim.domainId(), claim.generation(), Claim.State.RUNNING, clock.instant());
    return true;
  }

  /** The host runs a domain that it has no claim for, or one that was only found. */
  private void look(HostReport report, RunningDomain running, Map<RunningDomain, String> drift) {
    RunningWithoutClaim.Finding found =
        ledger.inTransaction(session -> without.look(session, report, running));
    sender.send(found.orders());
    if (!found.kind().isEmpty()) {
      drift.put(running, found.kind());
    }
  }

  private void notRunning(Claim claim, HostReport report, Instant seenAt) {
    if (claim.state() == Claim.State.FOUND) {
      end(claim);
    } else if (claim.state() == Claim.State.REFUSED
        && claim.refusal() != null
        && seenAt.isAfter(claim.refusal().at())) {
      end(claim);
    } else if (claim.state() == Claim.State.RUNNING || claim.state() == Claim.State.PLACED) {
      sender.send(ledger.inTransaction(session -> absent.missing(session, claim, report, seenAt)));
    }
  }

  /**
   * The host does not run it and will not start it: the start has failed, and the claim ends. It
   * ends last, because only a claim that is still there has the failure said again after a crash.
   */
  private void end(Claim claim) {
    sender.send(ledger.inTransaction(session -> failure(session, claim)));
    ledger
        .inTransaction(
            session ->
                session
                    .subjects()
                    .lockKnown(claim.domainId())
                    .flatMap(locked -> asSeen(session, claim))
                    .flatMap(same -> session.claims().free(same.domainId(), same.generation())))
        .ifPresent(
            host -> {
              snapshot.note(host);
              LOG.infof(
                  "Released the claim of domain=%s on host=%s: the host neither runs nor starts it",
                  claim.domainId(), host.id());
              ends.announce(claim.domainId());
            });
  }

  /** What is said about a start that the host refused; nothing when nobody waits for it. */
  private List<OutgoingRecord> failure(LedgerSession session, Claim claim) {
    Subject subject = session.subjects().lockKnown(claim.domainId()).orElseThrow();
    Claim.Refusal refusal = claim.refusal();
    OperationId operation = claim.operationId();
    if (refusal == null || operation == null || asSeen(session, claim).isEmpty()) {
      return List.of();
    }
    UUID cause = DerivedId.of(claim.startCommand().value(), "refused");
    Problem problem = ContractJson.read(refusal.problem().getBytes(UTF_8), Problem.class);
    return session
        .outcomes()
        .find(cause)
        .orElseGet(
            () ->
                new OutcomeBuilder(session, cause, subject, clock.instant())
                    .event(
                        subject.projectId(),
                        operation,
                        claim.generation(),
                        new DomainFailed(problem, "start-domain", false))
                    .keep());
  }

  /** The claim, if no event has changed it since the report was compared with it. */
  private static Optional<Claim> asSeen(LedgerSession session, Claim claim) {
    return session.claims().find(claim.domainId()).filter(claim::equals);
  }
}
