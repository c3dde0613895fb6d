package io.drover.scheduler.claim;

import io.drover.contracts.id.HostId;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.report.HostReport.RunningDomain;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What a host runs without a claim of that generation. It is counted, because it runs. It is ended
 * where it was deleted, where an operator has given it up, and where the domain's claim is on
 * another host and later; all else is reported and left alone. Thread-safe.
 */
@ApplicationScoped
class RunningWithoutClaim {
  private static final Logger LOG = Logger.getLogger(RunningWithoutClaim.class);

  private final HostSnapshot snapshot;
  private final AbsentDomains absent;
  private final MeterRegistry metrics;
  private final Map<HostId, Map<RunningDomain, String>> reported = new ConcurrentHashMap<>();

  RunningWithoutClaim(HostSnapshot snapshot, AbsentDomains absent, MeterRegistry metrics) {
    this.snapshot = snapshot;
    this.absent = absent;
    this.metrics = metrics;
  }

  /**
   * What was found.
   *
   * @param kind empty when all is as it should be
   * @param orders what is to be said to the host
   */
  record Finding(String kind, List<OutgoingRecord> orders) {
    static final Finding NOTHING = new Finding("", List.of());
  }

  /** Within a transaction. */
  Finding look(LedgerSession session, HostReport report, RunningDomain running) {
    Optional<Subject> known = session.subjects().lockKnown(running.domainId().value());
    if (known.isEmpty()) {
      return new Finding("unknown", List.of());
    }
    Subject subject = known.get();
    // A restored database has forgotten what was placed after its backup.
    session.subjects().seen(subject.id(), running.generation());
    Optional<Claim> claim = session.claims().find(subject.id());
    boolean here =
        claim
            .filter(it -> it.hostId().equals(report.hostId()))
            .filter(it -> it.generation() == running.generation())
            .isPresent();
    boolean over = subject.deleted() || running.generation() <= subject.fencedGeneration();
    if (claim.isEmpty()) {
      recognise(session, subject, report.hostId(), running);
    } else if (!here) {
      boolean superseded =
          running.generation() < claim.get().generation()
              && !claim.get().hostId().equals(report.hostId());
      return new Finding(
          "claimed-elsewhere",
          superseded ? absent.leftover(session, subject, running, report) : List.of());
    }
    if (over && claim.filter(it -> it.state() != Claim.State.FOUND).isEmpty()) {
      String kind = subject.deleted() ? "deleted" : "given-up";
      return new Finding(kind, absent.leftover(session, subject, running, report));
    }
    return here ? Finding.NOTHING : new Finding("claim-ended", List.of());
  }

  private void recognise(
      LedgerSession session, Subject subject, HostId host, RunningDomain running) {
    if (session.hosts().find(host).filter(it -> !it.isRemoved()).isEmpty()) {
      return;
    }
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
                null,
                null));
    session.hosts().find(host).ifPresent(snapshot::note);
  }

  /** Says and counts what this report shows for the first time. */
  void report(HostId host, Map<RunningDomain, String> found) {
    Map<RunningDomain, String> byIdentity = new HashMap<>();
    found.forEach(
        (running, kind) ->
            byIdentity.put(new RunningDomain(running.domainId(), running.generation(), ""), kind));
    Map<RunningDomain, String> before =
        Optional.ofNullable(reported.put(host, byIdentity)).orElse(Map.of());
    byIdentity.forEach(
        (running, kind) -> {
          if (!kind.equals(before.get(running))) {
            LOG.warnf(
                "domain=%s generation=%d runs on host=%s: %s",
                running.domainId(), running.generation(), host, kind);
            metrics.counter("drover.drift", "kind", kind).increment();
          }
        });
  }
}
