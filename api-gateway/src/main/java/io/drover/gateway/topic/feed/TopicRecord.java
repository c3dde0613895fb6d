package io.drover.gateway.topic.feed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read.
 *
 * @param partition its number among those of all topics that are read together
 * @param key empty where it has none
 * @param headers by name; the last one of a name
 */
public record TopicRecord(
    String topic,
    int partition,
    long offset,
    String key,
    Map<String, byte[]> headers,
    byte @Nullable [] value) {
  static TopicRecord of(TopicNames topics, ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    headers.values().removeAll(Collections.singleton(null));
    int number = topics.number(new TopicPartition(record.topic(), record.partition()));
    String key = record.key() == null ? "" : record.key();
    return new TopicRecord(record.topic(), number, record.offset(), key, headers, record.value());
  }
}
