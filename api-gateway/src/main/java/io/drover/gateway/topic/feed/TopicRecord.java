package io.drover.gateway.topic.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read.
 *
 * @param headers by name; the last one of a name
 */
public record TopicRecord(
    int partition, long offset, Map<String, byte[]> headers, byte @Nullable [] value) {
  static TopicRecord of(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    headers.values().removeAll(Collections.singleton(null));
    return new TopicRecord(record.partition(), record.offset(), headers, record.value());
  }
}
