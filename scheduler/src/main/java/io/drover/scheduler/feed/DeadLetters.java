package io.drover.scheduler.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainFailed;
import io.drover.contracts.event.Event;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.id.DerivedId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.DeadLetter;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.EventSubject;
import io.drover.contracts.message.Topics;
import io.drover.contracts.message.UntrustedRecord;
import io.drover.contracts.message.UntrustedRecordException;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/**
 * Puts aside what cannot be handled, with its cause and where it stood, and fails its operation: a
 * tenant never waits for a record that nobody will handle. Thread-safe; calls block.
 */
@ApplicationScoped
class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final KafkaRecordSender sender;
  private final InstantSource clock;
  private final MeterRegistry metrics;

  DeadLetters(KafkaRecordSender sender, InstantSource clock, MeterRegistry metrics) {
    this.sender = sender;
    this.clock = clock;
    this.metrics = metrics;
  }

  void send(ReceivedCommand record, RuntimeException why) {
    Problem problem =
        why instanceof ProblemException known
            ? known.problem()
            : Problem.of(
                ErrorCode.INTERNAL_ERROR,
                "The scheduler cannot handle " + record.place() + "; see its log.");
    forward(record, letter(record, problem));
    if (why instanceof UntrustedRecordException untrusted) {
      note(
          UntrustedRecord.of(
              record.topic(), record.partition(), record.offset(), record.headers(), untrusted));
    } else {
      LOG.errorf("Record %s becomes a dead letter: %s", record.place(), problem.detail());
      failure(record, problem).ifPresent(event -> sender.send(List.of(event)));
    }
    metrics.counter("drover.dead.letters", "topic", record.topic()).increment();
  }

  /** Its writer may not speak for the operation that it names, which goes on. */
  private void note(UntrustedRecord record) {
    LOG.warn(record.sentence());
    Counter.builder(UntrustedRecord.METRIC)
        .description(UntrustedRecord.DESCRIPTION)
        .tags(record.tags())
        .register(metrics)
        .increment();
  }

  private void forward(ReceivedCommand record, DeadLetter letter) {
    try {
      sender.forward(Topics.DEAD_LETTERS, record, letter.headers(record.headers()));
    } catch (KafkaException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
      // Only where it stands then: its operation has to fail all the same.
      sender.forward(Topics.DEAD_LETTERS, record.withoutValue(), letter.headers());
    }
  }

  private static DeadLetter letter(ReceivedCommand record, Problem problem) {
    return new DeadLetter(
        problem.code() + ": " + problem.detail(),
        record.topic(),
        record.partition(),
        record.offset(),
        EventSource.SCHEDULER);
  }

  /** The event that fails the operation; empty when the record names none. */
  private Optional<OutgoingRecord> failure(ReceivedCommand record, Problem problem) {
    Optional<EventSubject> about = EventSubject.ofOperation(record.headers());
    if (about.isEmpty()) {
      LOG.warnf("Dead letter %s names no operation that could be failed", record.place());
    }
    return about.map(
        subject ->
            write(
                new Envelope<>(
                    DerivedId.of(subject.subject().value(), "dead-letter/" + record.place()),
                    EventSource.SCHEDULER.uri(),
                    subject.subject().toString(),
                    clock.instant(),
                    0,
                    0,
                    subject.projectId(),
                    subject.operationId(),
                    0,
                    event(record.type(), problem))));
  }

  private static Event event(String type, Problem problem) {
    if (type.contains(".place-")) {
      return new PlacementRefused(problem, 0, List.of(), "");
    }
    if (type.contains("-volume")) {
      return new VolumeFailed(problem, "scheduler");
    }
    // Nothing was done about the domain: if it runs, it still does.
    return new DomainFailed(problem, "scheduler", true);
  }

  private static OutgoingRecord write(Envelope<?> envelope) {
    Map<String, String> headers = new TreeMap<>();
    CloudEvents.headers(envelope)
        .forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
    return new OutgoingRecord(
        Topics.PLACEMENTS,
        envelope.subject(),
        headers,
        new String(ContractJson.write(envelope.data()), UTF_8));
  }
}
