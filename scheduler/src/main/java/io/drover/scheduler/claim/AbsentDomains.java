package io.drover.scheduler.claim;

import io.drover.contracts.command.Cause;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.HostCommand;
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
import io.drover.scheduler.ledger.model.StopWish;
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
 * domain it shows no longer, the stop that it has not heard of, and the end of what was deleted or
 * given up. A claim never ends by a report, which may be older than the start or come while the
 * start is under way: the host is asked, in the order of the domain's commands, and its answer ends
 * the claim or does not. Every call is within a transaction.
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

  /** The question about a claim that two reports have not shown. */
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
            + " whether it runs",
        subject.id(), claim.generation(), claim.hostId(), absences);
    UUID cause = cause(subject, claim.generation(), report, "missing");
    CommandHeader header = header(session, cause, subject, claim.generation(), report);
    OperationId start = claim.operationId();
    return send(
        session,
        cause,
        subject,
        report,
        new StopDomain(start == null ? header : of(start, header), StopMode.CONFIRM_END));
  }

  /** The stop of a domain whose host was away when it was asked for. */
  List<OutgoingRecord> stopAgain(LedgerSession session, Claim claim, HostReport report) {
    StopWish wish = claim.stop();
    if (wish == null || wish.epoch() == report.epoch()) {
      return List.of();
    }
    Subject subject = session.subjects().lockKnown(claim.domainId()).orElseThrow();
    session
        .claims()
        .wantStop(
            claim.domainId(),
            claim.generation(),
            new StopWish(wish.command(), wish.operation(), wish.mode(), report.epoch()));
    LOG.infof(
        "host=%s has come back with domain=%s, which was to be stopped (%s): it is asked again",
        report.hostId(), claim.domainId(), wish.mode());
    UUID cause = DerivedId.of(wish.command().value(), report.epoch() + "/" + report.sequence());
    CommandHeader header = header(session, cause, subject, claim.generation(), report);
    return send(
        session, cause, subject, report, new StopDomain(of(wish.operation(), header), wish.mode()));
  }

  /** The end of a domain that was deleted or given up while its host was away. */
  List<OutgoingRecord> leftover(
      LedgerSession session, Subject subject, RunningDomain running, HostReport report) {
    if (report.sequence() != 1 && report.sequence() % AGAIN != 0) {
      return List.of();
    }
    UUID cause = cause(subject, running.generation(), report, "leftover");
    CommandHeader header = header(session, cause, subject, running.generation(), report);
    return send(
        session,
        cause,
        subject,
        report,
        subject.deleted() ? new DeleteDomain(header) : new StopDomain(header, StopMode.DESTROY));
  }

  private List<OutgoingRecord> send(
      LedgerSession session, UUID cause, Subject subject, HostReport report, HostCommand command) {
    return session
        .outcomes()
        .find(cause)
        .orElseGet(
            () ->
                new OutcomeBuilder(session, cause, subject, clock.instant())
                    .command(report.hostId(), command)
                    .keep());
  }

  private static UUID cause(Subject subject, long generation, HostReport report, String why) {
    return DerivedId.of(
        subject.id(), generation + "/" + why + "/" + report.epoch() + "/" + report.sequence());
  }

  private static CommandHeader of(OperationId operation, CommandHeader header) {
    return new CommandHeader(
        header.id(),
        operation,
        header.projectId(),
        header.subject(),
        header.generation(),
        header.hostEpoch(),
        header.expiresAt(),
        header.cause(),
        header.operator());
  }

  private CommandHeader header(
      LedgerSession session, UUID cause, Subject subject, long generation, HostReport report) {
    return new CommandHeader(
        new CommandId(cause),
        new OperationId(cause),
        subject.projectId(),
        subject.id(),
        generation,
        report.epoch(),
        clock.instant().plus(EXPIRY),
        CAUSE,
        false);
  }
}
