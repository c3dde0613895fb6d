package io.drover.scheduler.placement;

import io.drover.contracts.command.AbortOperation;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.DeleteDomain;
import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.OperateDomain;
import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.command.SchedulerCommand;
import io.drover.contracts.command.StopDomain;
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
import io.drover.scheduler.ledger.model.Claim;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out a command of the gateway: decide, keep the outcome, send it. A command that comes
 * again finds its outcome and sends the same records. Thread-safe; calls block.
 */
@ApplicationScoped
public class CommandProcessor {
  private final Ledger ledger;
  private final RecordSender sender;
  private final ClaimReleaseSignal ends;
  private final InstantSource clock;
  private final NanoTicker ticker;
  private final MeterRegistry metrics;
  private final Duration patience;
  private final Map<Class<? extends SchedulerCommand>, Answer> answers;

  CommandProcessor(
      Ledger ledger,
      RecordSender sender,
      ClaimReleaseSignal ends,
      InstantSource clock,
      NanoTicker ticker,
      MeterRegistry metrics,
      SchedulerSettings settings,
      PlacingDomain placingDomain,
      PlacingVolume placingVolume,
      ForwardingCommand routing) {
    this.ledger = ledger;
    this.sender = sender;
    this.ends = ends;
    this.clock = clock;
    this.ticker = ticker;
    this.metrics = metrics;
    this.patience = settings.formerClaimPatience();
    this.answers =
        Map.of(
            PlaceDomain.class, placingDomain,
            PlaceVolume.class, placingVolume,
            StopDomain.class, routing,
            DeleteDomain.class, routing,
            DeleteVolume.class, routing,
            OperateDomain.class, routing,
            AbortOperation.class, routing);
    if (!answers.keySet().equals(Set.copyOf(commands()))) {
      throw new IllegalStateException("A command has no answer: " + commands());
    }
  }

  /** How one kind of command is answered. */
  interface Answer {
    /** Decides and writes the outcome down. */
    void answer(Asked asked, SchedulerCommand command, OutcomeBuilder draft);
  }

  /**
   * What every answer needs.
   *
   * @param claim the claim that the domain has; empty for a volume
   * @param since when the scheduler took the command
   * @param sinceNanos the same by the ticker
   */
  record Asked(
      LedgerSession session,
      Subject subject,
      Optional<Claim> claim,
      Instant since,
      long sinceNanos) {}

  @SuppressWarnings("unchecked")
  private static List<Class<?>> commands() {
    return Arrays.asList(SchedulerCommand.class.getPermittedSubclasses());
  }

  void answer(Envelope<Object> envelope) {
    if (!(envelope.data() instanceof SchedulerCommand command)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "A " + envelope.data().getClass().getSimpleName() + " is no command to the scheduler.");
    }
    long began = ticker.nanos();
    sender.send(outcome(command, began + patience.toNanos()));
    metrics
        .timer("drover.commands", "command", command.getClass().getSimpleName())
        .record(Duration.ofNanos(ticker.nanos() - began));
  }

  /** Looks again at each end of a claim: the first one may be another domain's. */
  private List<OutgoingRecord> outcome(SchedulerCommand command, long deadline) {
    while (true) {
      long seen = ends.count();
      long left = deadline - ticker.nanos();
      Optional<List<OutgoingRecord>> outcome = decide(command, left <= 0);
      if (outcome.isPresent()) {
        return outcome.get();
      }
      ends.await(seen, Duration.ofNanos(left));
    }
  }

  /** The outcome; empty when a start should wait for the end of the former claim, unless final. */
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
            Optional<List<OutgoingRecord>> known = session.outcomes().find(header.id().value());
            if (known.isPresent()) {
              return known;
            }
            claim = session.claims().find(header.subject());
          }
          if (!last && command instanceof PlaceDomain && claim.isPresent()) {
            return Optional.empty();
          }
          OutcomeBuilder draft = new OutcomeBuilder(session, header.id().value(), subject, since);
          Answer answer = answers.get(command.getClass());
          if (answer == null) {
            throw new IllegalStateException("No answer to " + command.getClass());
          }
          answer.answer(new Asked(session, subject, claim, since, sinceNanos), command, draft);
          return Optional.of(draft.keep());
        });
  }

  private static Subject.Kind kind(SchedulerCommand command) {
    return command instanceof PlaceVolume || command instanceof DeleteVolume
        ? Subject.Kind.VOLUME
        : Subject.Kind.DOMAIN;
  }
}
