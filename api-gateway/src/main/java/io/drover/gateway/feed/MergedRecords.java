package io.drover.gateway.feed;

import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.feed.model.ReplayRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Ranges of partitions as one sequence: each in its own order, and between them by the time at
 * which records were written, as they were read when they came. For one thread.
 */
final class MergedRecords {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Without a record for so long they cannot be read. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<TopicPartition, ReplayRange> ranges;
  private final NanoTicker ticker;
  private final Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> waiting =
      new LinkedHashMap<>();

  MergedRecords(
      KafkaConsumer<String, byte[]> consumer,
      Map<TopicPartition, ReplayRange> ranges,
      NanoTicker ticker) {
    this.consumer = consumer;
    this.ranges = Map.copyOf(ranges);
    this.ticker = ticker;
    consumer.assign(ranges.keySet());
    ranges.forEach(
        (partition, range) -> {
          consumer.seek(partition, range.begin());
          waiting.put(partition, new ArrayDeque<>());
        });
  }

  /**
   * The next record; empty behind the last.
   *
   * @throws KafkaException when it cannot be read now
   */
  Optional<ConsumerRecord<String, byte[]>> next() {
    long begun = ticker.nanos();
    while (waiting.keySet().stream().anyMatch(this::lacks)) {
      if (ticker.since(begun).compareTo(PATIENCE) > 0) {
        throw new KafkaException("No event came for " + PATIENCE.toSeconds() + " s");
      }
      poll();
    }
    return waiting.values().stream()
        .filter(queue -> !queue.isEmpty())
        .min(Comparator.comparingLong(queue -> queue.element().timestamp()))
        .map(Deque::remove);
  }

  private boolean lacks(TopicPartition partition) {
    return waiting.get(partition).isEmpty()
        && consumer.position(partition) < ranges.get(partition).end();
  }

  private void poll() {
    List<TopicPartition> enough =
        waiting.keySet().stream().filter(partition -> !lacks(partition)).toList();
    consumer.resume(waiting.keySet());
    consumer.pause(enough);
    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      if (record.offset() < ranges.get(partition).end()) {
        waiting.get(partition).add(record);
      }
    }
  }
}
