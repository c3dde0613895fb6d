package io.drover.scheduler.claim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.HostId;
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
import io.drover.scheduler.ledger.model.Subject;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Compares what a host really runs with the claims on it. What runs is the truth: it is counted,
 * and never started elsewhere. What is stopped is what was deleted, or what its host shows no
 * longer. Thread-safe; calls block.
 */
@ApplicationScoped
public class ReconcilingClaims {
  private static final Logger LOG = Logger.getLogger(ReconcilingClaims.class);

  private final Ledger ledger;
  private final HostSnapshot snapshot;
  private final RecordSender sender;
  private final ClaimReleaseSignal ends;
  private final AbsentDomains absent;
  private final InstantSource clock;
  private final MeterRegistry metrics;

  ReconcilingClaims(
      Ledger ledger,
      HostSnapshot snapshot,
      RecordSender sender,
      ClaimReleaseSignal ends,
      AbsentDomains absent,
      InstantSource clock,
      MeterRegistry metrics) {
    this.ledger = ledger;
    this.snapshot = snapshot;
    this.sender = sender;
    this.ends = ends;
    this.absent = absent;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * @param seenAt when the report came to Kafka
   */
  public void reconcile(HostReport report, Instant seenAt) {
    Map<UUID, Claim> unseen = new HashMap<>();
    for (Claim claim : ledger.inTransaction(session -> session.claims().onHost(report.hostId()))) {
      unseen.put(claim.domainId(), claim);
    }
    for (RunningDomain running : report.domains()) {
      Claim claim = unseen.remove(running.domainId().value());
      if (claim == null || claim.generation() != running.generation()) {
        drift(report, running);
      } else if (claim.state() == Claim.State.PLACED || claim.state() == Claim.State.REFUSED) {
        ledger.inTransaction(session -> confirm(session, claim));
      }
    }
    unseen.values().forEach(claim -> notRunning(claim, report, seenAt));
  }

  private boolean confirm(LedgerSession session, Claim claim) {
    session
        .claims()
        .changeState(claim.domainId(), claim.generation(), Claim.State.RUNNING, clock.instant());
    return true;
  }

  /** The host runs a domain that it has no claim for. */
  private void drift(HostReport report, RunningDomain running) {
    HostId host = report.hostId();
    UUID domain = running.domainId().value();
    List<OutgoingRecord> orders = new ArrayList<>();
    String found =
        ledger.inTransaction(
            session -> {
              Optional<Subject> subject = session.subjects().lockKnown(domain);
              if (subject.isEmpty()) {
                return "unknown";
              }
              // A restored database has forgotten what was placed after its backup.
              session.subjects().seen(domain, running.generation());
              Optional<Claim> claim = session.claims().find(domain);
              if (claim.isPresent()) {
                return claim.get().hostId().equals(host)
                        && claim.get().generation() == running.generation()
                    ? ""
                    : "claimed-elsewhere";
              }
              if (subject.get().deleted()) {
                orders.addAll(absent.orphan(session, subject.get(), running, report));
                return "deleted";
              }
              recognise(session, subject.get(), host, running);
              return "claim-ended";
            });
    sender.send(orders);
    if (!found.isEmpty()) {
      LOG.warnf(
          "domain=%s generation=%d runs on host=%s: %s", domain, running.generation(), host, found);
      metrics.counter("drover.drift", "kind", found).increment();
    }
  }

  private void recognise(
      LedgerSession session, Subject subject, HostId host, RunningDomain running) {
    session
        .claims()
        .recognise(
            new Claim(
                subject.id(),
                host,
                running.generation(),
                subject.resources(),
                Claim.State.FOUND,
                null,
                Claim.startCommandOf(subject.id(), running.generation()),
                null));
    session.hosts().find(host).ifPresent(snapshot::note);
  }

  private void notRunning(Claim claim, HostReport report, Instant seenAt) {
    if (claim.state() == Claim.State.FOUND) {
      end(claim);
    } else if (claim.state() == Claim.State.REFUSED
        && claim.refusal() != null
        && report.at().isAfter(claim.refusal().at())) {
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
              ends.announce();
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
