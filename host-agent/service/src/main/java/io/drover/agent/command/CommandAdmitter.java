package io.drover.agent.command;

import io.drover.agent.event.EventCause;
import io.drover.agent.event.EventPublisher;
import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.command.StartDomain;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.CommandSuperseded;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.DomainId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.signature.SignedRecord;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each record of the host's topic: dead letter, refused, known already, or
 * journalled. Called by the intake's thread alone.
 */
final class CommandAdmitter {
  private static final Logger LOG = Logger.getLogger(CommandAdmitter.class);

  /** The host's topic has no other. */
  private static final int ONLY_PARTITION = 0;

  private final CommandAuthenticator authenticator;
  private final CommandJournal journal;
  private final Generations generations;
  private final EventPublisher events;
  private final Predicate<DomainId> isHere;
  private final InstantSource clock;
  private final Epochs epochs;

  CommandAdmitter(
      CommandAuthenticator authenticator,
      CommandJournal journal,
      Generations generations,
      EventPublisher events,
      Predicate<DomainId> isHere,
      InstantSource clock,
      Epochs epochs) {
    this.authenticator = authenticator;
    this.journal = journal;
    this.generations = generations;
    this.events = events;
    this.isHere = isHere;
    this.clock = clock;
    this.epochs = epochs;
  }

  /** The entry to dispatch; null when there is nothing to do. What it decided is on disk then. */
  @Nullable CommandEntry receive(
      String topic, long offset, @Nullable String key, Map<String, byte[]> headers, byte[] value) {
    SignedRecord record = new SignedRecord(topic, key == null ? "" : key, headers, value);
    HostCommand command;
    try {
      authenticator.requireSigned(record, offset);
    } catch (ProblemException e) {
      deadLetter(record, offset, e); // it says nothing of an operation that could be believed
      events.force();
      return null;
    }
    try {
      command = parse(headers, value);
    } catch (ProblemException e) {
      deadLetter(record, offset, e);
      failOperation(headers, e.problem());
      events.force();
      return null;
    }
    if (journal.isKnown(command)) {
      LOG.debugf("Command %s is ignored, it was received before", command.header().id());
      return null;
    }
    CommandHeader header = command.header();
    Optional<Problem> refusal =
        CommandAdmission.refuse(
            command, epochs, generations.newest(header.subject()), clock.instant());
    if (refusal.isPresent()) {
      LOG.warnf("Command %s refused: %s", header.id(), refusal.get().detail());
      events.announce(
          EventCause.of(header.id()),
          EventSubject.of(header),
          new CommandSuperseded(header.id(), refusal.get()));
      events.force();
      return null;
    }
    // Noted once it is kept: one that could not be, as on a full disk, comes again.
    CommandEntry entry = journal.accept(command, headers, value);
    generations.note(header.subject(), header.generation());
    return entry;
  }

  private void deadLetter(SignedRecord record, long offset, ProblemException why) {
    LOG.errorf(
        "Record %s@%d becomes a dead letter, it is no valid command: %s",
        record.topic(), offset, why.getMessage());
    events.deadLetter(
        record.topic(),
        ONLY_PARTITION,
        offset,
        record.key(),
        record.headers(),
        record.value(),
        why.problem().detail());
  }

  private static HostCommand parse(Map<String, byte[]> headers, byte[] value) {
    Object data = CloudEvents.read(headers, value).data();
    if (!(data instanceof HostCommand command)) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "A " + CloudEvents.type(headers) + " is not a command to a host.");
    }
    if (command.header() == null
        || command.header().id() == null
        || command.header().subject() == null
        || command.header().operationId() == null
        || command.header().projectId() == null
        || command.header().expiresAt() == null) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST, "The command's header lacks an id or the expiry.");
    }
    return command;
  }

  /** A dead letter always fails its operation, as far as the headers still name it. */
  private void failOperation(Map<String, byte[]> headers, Problem problem) {
    Optional<EventSubject> about = EventSubject.ofOperation(headers);
    if (about.isEmpty()) {
      LOG.warn("The dead letter names no operation that could be failed");
      return;
    }
    DomainId id = new DomainId(about.get().subject().value());
    boolean volume = CloudEvents.type(headers).toLowerCase(Locale.ROOT).contains("volume");
    Event failed =
        volume
            ? new VolumeFailed(problem, "read-command")
            : new DomainFailed(problem, "read-command", mayRun(id));
    events.announce(about.get(), failed);
  }

  /** What the record asked is not known: a claim may be freed only when nothing of it is here. */
  private boolean mayRun(DomainId id) {
    return isHere.test(id)
        || journal.unfinished().stream()
            .map(CommandEntry::command)
            .anyMatch(
                command ->
                    command instanceof StartDomain
                        && command.header().subject().equals(id.value()));
  }
}
