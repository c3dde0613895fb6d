package io.drover.scheduler.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.command.CommandHeader;
import io.drover.contracts.command.HostCommand;
import io.drover.contracts.event.Event;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.Topics;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.drover.scheduler.ledger.model.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one command or event leads to; ids derive from the cause, so they repeat. The
 * subject must be locked by the session: its events are numbered here.
 */
public final class OutcomeBuilder {
  private final LedgerSession session;
  private final UUID cause;
  private final UUID subject;
  private long sequence;
  private final Instant now;
  private final List<OutgoingRecord> records = new ArrayList<>();

  public OutcomeBuilder(LedgerSession session, UUID cause, Subject subject, Instant now) {
    this.session = session;
    this.cause = cause;
    this.subject = subject.id();
    this.sequence = subject.eventSequence();
    this.now = now;
  }

  /** An event about the subject, for the operation of {@code header}. */
  public OutcomeBuilder event(CommandHeader header, long generation, Event event) {
    return event(header.projectId(), header.operationId(), generation, event);
  }

  public OutcomeBuilder event(
      ProjectId project, @Nullable OperationId operation, long generation, Event event) {
    sequence++;
    records.add(
        write(
            Topics.PLACEMENTS,
            new Envelope<>(
                idOf(event),
                EventSource.SCHEDULER.uri(),
                subject.toString(),
                now,
                sequence,
                0,
                project,
                operation,
                generation,
                event)));
    return this;
  }

  /** A command to one host, with its header already addressed. */
  public OutcomeBuilder command(HostId host, HostCommand command) {
    CommandHeader header = command.header();
    records.add(
        write(
            Topics.hostCommands(host),
            new Envelope<>(
                idOf(command),
                EventSource.SCHEDULER.uri(),
                subject.toString(),
                now,
                0,
                0,
                header.projectId(),
                header.operationId(),
                header.generation(),
                command)));
    return this;
  }

  /** Keeps the outcome for replays. */
  public List<OutgoingRecord> keep() {
    List<OutgoingRecord> outcome = List.copyOf(records);
    session.outcomes().keep(cause, subject, sequence, outcome, now);
    return outcome;
  }

  private UUID idOf(Object message) {
    return DerivedId.of(cause, MessageTypes.of(message.getClass()) + "/" + records.size());
  }

  private static OutgoingRecord write(String topic, Envelope<?> envelope) {
    Map<String, String> headers = new TreeMap<>();
    CloudEvents.headers(envelope)
        .forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
    return new OutgoingRecord(
        topic, envelope.subject(), headers, new String(ContractJson.write(envelope.data()), UTF_8));
  }
}
