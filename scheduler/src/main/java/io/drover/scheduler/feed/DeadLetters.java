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
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.ContractJson;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import io.drover.scheduler.ledger.OutcomeBuilder;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Puts aside what cannot be handled, with its cause and where it stood, and fails its operation: a
 * tenant never waits for a record that nobody will handle. Thread-safe; calls block.
 */
@ApplicationScoped
class DeadLetters {
  private static final Logger LOG = Logger.getLogger(DeadLetters.class);
  private static final int MAX_CAUSE_CHARS = 1_000;

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
    LOG.errorf("Dead letter %s: %s", record.place(), problem.detail());
    forward(record, headers(record, problem));
    failure(record, problem).ifPresent(event -> sender.send(List.of(event)));
    metrics.counter("drover.dead.letters", "topic", record.topic()).increment();
  }

  private void forward(ReceivedCommand record, Map<String, byte[]> own) {
    Map<String, byte[]> headers = new LinkedHashMap<>(record.headers());
    headers.putAll(own);
    try {
      sender.forward(Topics.DEAD_LETTERS, record, headers);
    } catch (KafkaException e) {
      if (!(e.getCause() instanceof RecordTooLargeException)) {
        throw e;
      }
      // Only where it stands then: its operation has to fail all the same.
      sender.forward(Topics.DEAD_LETTERS, record.withoutValue(), own);
    }
  }

  private static Map<String, byte[]> headers(ReceivedCommand record, Problem problem) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    headers.put(
        "drover_cause", shortened(problem.code() + ": " + problem.detail()).getBytes(UTF_8));
    headers.put("drover_topic", record.topic().getBytes(UTF_8));
    headers.put("drover_partition", Integer.toString(record.partition()).getBytes(UTF_8));
    headers.put("drover_offset", Long.toString(record.offset()).getBytes(UTF_8));
    headers.put("drover_consumer", "scheduler".getBytes(UTF_8));
    return headers;
  }

  /** The event that fails the operation; empty when the record names none. */
  private Optional<OutgoingRecord> failure(ReceivedCommand record, Problem problem) {
    try {
      String operation = record.attribute("operationid");
      String subject = record.attribute("subject");
      if (operation == null || subject == null) {
        return Optional.empty();
      }
      UUID id = UUID.fromString(subject);
      Event event = event(record.type(), problem);
      return Optional.of(
          write(
              new Envelope<>(
                  DerivedId.of(id, "dead-letter/" + record.place()),
                  OutcomeBuilder.SOURCE,
                  id.toString(),
                  clock.instant(),
                  0,
                  0,
                  project(record.attribute("projectid")),
                  OperationId.parse(operation),
                  0,
                  event)));
    } catch (IllegalArgumentException | ProblemException e) {
      LOG.warnf("The dead letter %s names no operation that can be failed", record.place());
      return Optional.empty();
    }
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

  private static @Nullable ProjectId project(@Nullable String text) {
    return text == null ? null : ProjectId.parse(text);
  }

  private static OutgoingRecord write(Envelope<?> envelope) {
    Map<String, String> headers = new TreeMap<>();
    CloudEvents.headers(envelope)
        .forEach((name, value) -> headers.put(name, new String(value, UTF_8)));
    return new OutgoingRecord(
        Topics.DOMAIN_EVENTS,
        envelope.subject(),
        headers,
        new String(ContractJson.write(envelope.data()), UTF_8));
  }

  private static String shortened(String cause) {
    return cause.length() <= MAX_CAUSE_CHARS ? cause : cause.substring(0, MAX_CAUSE_CHARS);
  }
}
