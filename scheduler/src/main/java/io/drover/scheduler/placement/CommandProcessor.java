package io.drover.scheduler.placement;

import io.drover.contracts.command.AdministerHost;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.time.NanoTicker;
import io.drover.scheduler.claim.ClaimReleaseSignal;
import io.drover.scheduler.config.SchedulerSettings;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.LedgerSession;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.Outcomes;
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.WaitingPlacement;
import io.drover.scheduler.ledger.model.WaitingPlacement.Awaited;
import io.drover.scheduler.placement.model.PlacementDecision.NoHost;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Carries out a command of the gateway: decide, keep the outcome, send it. A command that comes
 * again finds its outcome and sends the same records. A placement that waits for what other records
 * tell is kept until then, and holds up nobody. Thread-safe; calls block.
 */
@ApplicationScoped
public class CommandProcessor {
  private final Ledger ledger;
  private final RecordSender sender;
  private final InstantSource clock;
  private final NanoTicker ticker;
  private final Map<Awaited, Duration> patience;
  private final CommandAnswers answers;

  CommandProcessor(
      Ledger ledger,
      RecordSender sender,
      ClaimReleaseSignal ends,
      InstantSource clock,
      NanoTicker ticker,
      SchedulerSettings settings,
      CommandAnswers answers) {
    this.ledger = ledger;
    this.sender = sender;
    this.clock = clock;
    this.ticker = ticker;
    this.patience =
        Map.of(
            Awaited.FORMER_CLAIM, settings.formerClaimPatience(),
            Awaited.HOST_REPORT, settings.hostReportPatience());
    this.answers = answers;
    ends.listen(domain -> release(domain, false));
  }

  /** How one kind of command is answered. */
  interface Answer {
    /**
     * Decides and writes the outcome down.
     *
     * @return what is to be waited for before it can be decided; empty once it is, and always when
     *     it has waited long enough
     */
    Optional<Awaited> answer(Asked asked, SchedulerCommand command, OutcomeBuilder draft);
  }

  /**
   * What every answer needs.
   *
   * @param claim the claim that the domain has; empty for a volume
   * @param since when the scheduler took the command
   * @param sinceNanos the same by the ticker
   * @param last whether it is to be decided now, and not to wait any longer
   */
  record Asked(
      LedgerSession session,
      Subject subject,
      Optional<Claim> claim,
      Instant since,
      long sinceNanos,
      boolean last) {
    /** What a placement that found no host waits for; nothing if no report can change it. */
    Optional<Awaited> awaits(NoHost none) {
      return last || !none.endsWithReport() ? Optional.empty() : Optional.of(Awaited.HOST_REPORT);
    }
  }

  void answer(Envelope<Object> envelope) {
    if (!(envelope.data() instanceof SchedulerCommand command)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "A " + envelope.data().getClass().getSimpleName() + " is no command to the scheduler.");
    }
    if (!(command instanceof PlaceDomain)) {
      release(command.header().subject(), true); // what was asked for later is not done before
    }
    sender.send(decide(command));
  }

  /**
   * Decides the placement of this domain or volume that waits, if one does.
   *
   * @param last whether it is refused if what it waits for has not come
   */
  void release(UUID subject, boolean last) {
    Optional<SchedulerCommand> placement =
        ledger
            .inTransaction(session -> session.waitingPlacements().find(subject))
            .map(WaitingPlacement::command);
    if (placement.isEmpty()) {
      return;
    }
    Optional<List<OutgoingRecord>> outcome = decide(placement.get(), last);
    if (outcome.isPresent()) {
      // It waits until its outcome is sent: only one that is still there is tried again.
      sender.send(outcome.get());
      ledger.inTransaction(session -> removed(session, subject));
    }
  }

  private static boolean removed(LedgerSession session, UUID subject) {
    session.waitingPlacements().remove(subject);
    return true;
  }

  /** The outcome; none of a placement that waits. */
  private List<OutgoingRecord> decide(SchedulerCommand command) {
    return decide(command, false).orElse(List.of());
  }

  private Optional<List<OutgoingRecord>> decide(SchedulerCommand command, boolean last) {
    Instant since = clock.instant();
    long sinceNanos = ticker.nanos();
    CommandHeader header = command.header();
    return ledger.inTransaction(
        session -> {
          Subject subject =
              session.subjects().lock(header.subject(), kind(command), header.projectId());
          Optional<Claim> claim = Optional.empty();
          if (!subject.isNew()) {
            Optional<List<OutgoingRecord>> known = outcome(session, command);
            if (known.isPresent()) {
              return known;
            }
            claim = session.claims().find(header.subject());
          }
          OutcomeBuilder draft = new OutcomeBuilder(session, header.id().value(), subject, since);
          Optional<Awaited> awaited =
              answers
                  .to(command)
                  .answer(
                      new Asked(session, subject, claim, since, sinceNanos, last), command, draft);
          if (awaited.isPresent()) {
            session.waitingPlacements().keep(header.subject(), waiting(command, awaited.get()));
            return Optional.empty();
          }
          return Optional.of(draft.keep());
        });
  }

  private WaitingPlacement waiting(SchedulerCommand command, Awaited awaited) {
    Duration longest = Objects.requireNonNull(patience.get(awaited));
    return new WaitingPlacement(command, awaited, clock.instant().plus(longest));
  }

  /** A placement that a restored database has forgotten was sent, and is not made once more. */
  private static Optional<List<OutgoingRecord>> outcome(
      LedgerSession session, SchedulerCommand command) {
    CommandHeader header = command.header();
    Optional<List<OutgoingRecord>> known = session.outcomes().find(header.id().value());
    boolean places = command instanceof PlaceDomain || command instanceof PlaceVolume;
    return places
        ? known.or(() -> session.outcomes().find(Outcomes.recalledCauseOf(header.operationId())))
        : known;
  }

  private static Subject.Kind kind(SchedulerCommand command) {
    return command instanceof PlaceVolume || command instanceof DeleteVolume
        ? Subject.Kind.VOLUME
        : command instanceof AdministerHost ? Subject.Kind.HOST : Subject.Kind.DOMAIN;
  }
}
