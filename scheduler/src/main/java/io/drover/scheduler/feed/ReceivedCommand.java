package io.drover.scheduler.feed;

import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as it came from Kafka. */
public record ReceivedCommand(
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    Map<String, byte[]> headers,
    byte[] value) {

  static ReceivedCommand of(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value() == null ? new byte[0] : header.value());
    }
    byte[] value = record.value() == null ? new byte[0] : record.value();
    return new ReceivedCommand(
        record.topic(), record.partition(), record.offset(), record.key(), headers, value);
  }

  /** The CloudEvents type; empty for what is no CloudEvent. */
  String type() {
    return CloudEvents.type(headers);
  }

  Envelope<Object> envelope() {
    return CloudEvents.read(headers, value);
  }

  /** The same without its headers and value, which stay where the place says. */
  ReceivedCommand withoutValue() {
    return new ReceivedCommand(topic, partition, offset, key, Map.of(), new byte[0]);
  }

  String place() {
    return topic + "-" + partition + "@" + offset;
  }
}
