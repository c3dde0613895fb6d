package io.drover.scheduler.host;

import io.drover.contracts.report.HostReport;
import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.scheduler.claim.ReconcilingClaims;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.feed.HostTopics;
import io.drover.scheduler.ledger.HostSnapshot;
import io.drover.scheduler.ledger.Hosts;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.HostStanding;
import io.drover.scheduler.ledger.model.ReportedFacts;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps the registry of hosts by their reports. Thread-safe; calls block. */
@ApplicationScoped
public class RegisteringHost {
  private static final Logger LOG = Logger.getLogger(RegisteringHost.class);

  private final Ledger ledger;
  private final HostSnapshot snapshot;
  private final HostTopics topics;
  private final ReconcilingClaims claims;
  private final InstantSource clock;

  RegisteringHost(
      Ledger ledger,
      HostSnapshot snapshot,
      HostTopics topics,
      ReconcilingClaims claims,
      InstantSource clock,
      SchedulerSettings settings,
      MeterRegistry metrics) {
    this.ledger = ledger;
    this.snapshot = snapshot;
    this.topics = topics;
    this.claims = claims;
    this.clock = clock;
    metrics.gauge(
        "drover.hosts.up",
        snapshot,
        hosts -> hosts.countUp(clock.instant(), settings.hostDownAfter()));
  }

  /**
   * The topic is there before the host can be chosen, so that no first command waits for it.
   *
   * @param appended when the report came to Kafka, by the broker's clock; the host's own says
   *     nothing about its age
   */
  public void register(HostReport report, Instant appended) {
    topics.ensure(report.hostId());
    Instant now = clock.instant();
    Instant seenAt = appended.isAfter(now) ? now : appended;
    Host host =
        ledger.inTransaction(
            session -> session.hosts().report(host(report, seenAt), furtherFacts(report)));
    if (host.isRemoved()) {
      claims.reconcileRemoved(report);
      return;
    }
    if (snapshot.find(host.id()).map(known -> known.epoch() != host.epoch()).orElse(true)) {
      LOG.infof(
          "Host registered: host=%s name=%s epoch=%d, %d vCPUs, %d MiB, accelerators %s",
          host.id(),
          host.name(),
          host.epoch(),
          host.vcpus(),
          host.memoryMib(),
          host.accelerators());
    }
    snapshot.note(host);
    if (host.epoch() == report.epoch() && host.reportSequence() == report.sequence()) {
      claims.reconcile(report, seenAt);
    }
  }

  private Hosts.FurtherFacts furtherFacts(HostReport report) {
    HostReport.Intake intake = report.intake();
    Long next = intake == null ? null : intake.next();
    return new Hosts.FurtherFacts(
        new ReportedFacts(report.accelerators(), report.emulatorVersion(), report.domains().size()),
        next,
        next != null && topics.end(report.hostId()) > next);
  }

  private static Host host(HostReport report, Instant seenAt) {
    return new Host(
        report.hostId(),
        report.name(),
        report.epoch(),
        report.sequence(),
        seenAt,
        report.vcpus(),
        report.memoryMib(),
        disk(report.disk()),
        report.accelerators().stream()
            .filter(Accelerator::usable)
            .map(Accelerator::name)
            .collect(Collectors.toSet()),
        report.isolation() == null ? null : report.isolation().reason(),
        report.agentUrl().toString(),
        1,
        0,
        0,
        Duration.between(seenAt, report.at()).toMillis(),
        HostStanding.good(seenAt));
  }

  /** A host that does not say what it has gets no volumes. */
  private static Host.DiskLedger disk(HostReport.@Nullable DiskSpace reported) {
    return reported == null
        ? new Host.DiskLedger(0, 0, 0)
        : new Host.DiskLedger(reported.totalBytes(), reported.freeBytes(), 0);
  }
}
