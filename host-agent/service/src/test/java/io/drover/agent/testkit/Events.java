package io.drover.agent.testkit;

import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.Topics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The domain events that a broker has. */
public final class Events {
  private Events() {}

  public static Envelope<Object> read(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    return CloudEvents.read(headers, record.value());
  }

  /** All events from the topic's begin until these are enough. */
  public static List<Envelope<Object>> until(
      TestBroker broker, Duration deadline, Predicate<List<Envelope<Object>>> enough) {
    return broker
        .readUntil(
            Topics.DOMAIN_EVENTS,
            deadline,
            records -> enough.test(records.stream().map(Events::read).toList()))
        .stream()
        .map(Events::read)
        .toList();
  }

  /** Waits for an event of this type about this subject. */
  public static List<Envelope<Object>> untilSeen(TestBroker broker, String subject, Class<?> type) {
    return until(
        broker,
        Duration.ofSeconds(90),
        events ->
            events.stream()
                .anyMatch(e -> e.subject().equals(subject) && type.isInstance(e.data())));
  }
}
