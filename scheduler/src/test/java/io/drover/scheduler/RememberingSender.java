package io.drover.scheduler;

import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.scheduler.feed.RecordSender;
import io.drover.scheduler.ledger.model.OutgoingRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;

/** Keeps what was sent, and fails when told to, as Kafka would. */
public final class RememberingSender implements RecordSender {
  private final List<OutgoingRecord> sent = new ArrayList<>();
  private int failures;

  @Override
  public synchronized void send(List<OutgoingRecord> records) {
    if (failures > 0) {
      failures--;
      throw new KafkaException("The broker is away.");
    }
    sent.addAll(records);
  }

  public synchronized void failNext(int times) {
    failures = times;
  }

  /** What was sent since the last call. */
  public synchronized List<OutgoingRecord> take() {
    List<OutgoingRecord> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  /** The messages sent since the last call. */
  public List<Object> takeMessages() {
    return take().stream().map(RememberingSender::open).map(Envelope::data).toList();
  }

  public static Envelope<Object> open(OutgoingRecord record) {
    Map<String, byte[]> headers =
        record.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> e.getValue().getBytes(StandardCharsets.UTF_8)));
    return CloudEvents.read(headers, record.value().getBytes(StandardCharsets.UTF_8));
  }
}
