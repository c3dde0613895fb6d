package io.drover.scheduler.claim;

import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.StopDomain;
import io.drover.contracts.command.StopMode;
import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.report.HostReport;
import io.drover.contracts.report.HostReport.RunningDomain;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.ledger.Claims;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What is said to a host whose reports do not fit what is known: a question about a claim whose
 * domain it shows no longer, and the removal of a domain that was deleted meanwhile. A claim never
 * ends by a report, which may be older than the start or come while the start is under way: the
 * host is asked, in the order of the domain's commands, and its answer ends the claim or does not.
 */
@ApplicationScoped
class AbsentDomains {
  private static final Logger LOG = Logger.getLogger(AbsentDomains.class);
  private static final Cause CAUSE = new Cause("scheduler", "reconciliation");
  private static final Duration EXPIRY = Duration.ofMinutes(10);

  /** A returning host is told at its first report, then again after so many. */
  private static final int AGAIN = 16;

  private final InstantSource clock;
  private final Duration placedPatience;

  AbsentDomains(InstantSource clock, SchedulerSettings settings) {
    this.clock = clock;
    this.placedPatience = settings.placedPatience();
  }

  /** The question about a claim that two reports have not shown; within the transaction. */
  List<OutgoingRecord> missing(
      LedgerSession session, Claim claim, HostReport report, Instant seenAt) {
    Claims.Sighting sighting = new Claims.Sighting(report.epoch(), report.sequence(), seenAt);
    int absences = session.claims().absent(claim, sighting, seenAt.minus(placedPatience));
    if (absences < 2 || Integer.bitCount(absences) != 1) {
      return List.of();
    }
    Subject subject = session.subjects().lockKnown(claim.domainId()).orElseThrow();
    LOG.warnf(
        "domain=%s generation=%d is claimed on host=%s and missing in %d reports: its host is asked"
            + " to end it",
        subject.id(), claim.generation(), claim.hostId(), absences);
    UUID cause = cause(subject, claim.generation(), report, "missing");
    return new OutcomeBuilder(session, cause, subject, clock.instant())
        .command(
            report.hostId(),
            new StopDomain(
                header(session, cause, subject, claim.generation(), report), StopMode.CONFIRM_END))
        .keep();
  }

  /** The end of a domain that was deleted while its host was away; within the transaction. */
  List<OutgoingRecord> orphan(
      LedgerSession session, Subject subject, RunningDomain running, HostReport report) {
    if (report.sequence() != 1 && report.sequence() % AGAIN != 0) {
      return List.of();
    }
    UUID cause = cause(subject, running.generation(), report, "orphan");
    return new OutcomeBuilder(session, cause, subject, clock.instant())
        .command(
            report.hostId(),
            new DeleteDomain(header(session, cause, subject, running.generation(), report)))
        .keep();
  }

  private static UUID cause(Subject subject, long generation, HostReport report, String why) {
    return DerivedId.of(
        subject.id(), generation + "/" + why + "/" + report.epoch() + "/" + report.sequence());
  }

  private CommandHeader header(
      LedgerSession session, UUID cause, Subject subject, long generation, HostReport report) {
    Instant expiresAt = clock.instant().plus(EXPIRY);
    Instant there =
        session
            .hosts()
            .find(report.hostId())
            .map(host -> host.onItsClock(expiresAt))
            .orElse(expiresAt);
    return new CommandHeader(
        new CommandId(cause),
        new OperationId(cause),
        subject.projectId(),
        subject.id(),
        generation,
        report.epoch(),
        there,
        CAUSE,
        false);
  }
}
