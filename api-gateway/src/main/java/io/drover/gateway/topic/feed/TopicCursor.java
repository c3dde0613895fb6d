package io.drover.gateway.topic.feed;

import io.drover.contracts.message.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all partitions of some topics from given offsets on. For one thread. */
public final class TopicCursor implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final TopicNames topics;
  private final List<TopicPartition> partitions;

  /** Kafka is unavailable, or has not what was asked for. */
  public static final class TopicUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    TopicUnavailable(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  private TopicCursor(
      KafkaConsumer<String, byte[]> consumer, TopicNames topics, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.topics = topics;
    this.partitions = partitions;
  }

  /** Opens a cursor; {@link #seek} it before it is read. */
  public static TopicCursor open(KafkaSettings kafka, List<String> names) throws TopicUnavailable {
    KafkaConsumer<String, byte[]> consumer = consumer(kafka);
    TopicNames topics = new TopicNames(names);
    try {
      List<TopicPartition> partitions = topics.partitions(consumer);
      consumer.assign(partitions);
      return new TopicCursor(consumer, topics, partitions);
    } catch (KafkaException e) {
      consumer.close();
      throw new TopicUnavailable(e);
    }
  }

  /** The oldest offset that each partition still has. */
  public Map<Integer, Long> beginning() throws TopicUnavailable {
    try {
      return byNumber(consumer.beginningOffsets(partitions));
    } catch (KafkaException e) {
      throw new TopicUnavailable(e);
    }
  }

  /** The offset that the next record of each partition will have. */
  public Map<Integer, Long> end() throws TopicUnavailable {
    try {
      return byNumber(consumer.endOffsets(partitions));
    } catch (KafkaException e) {
      throw new TopicUnavailable(e);
    }
  }

  private Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> numbered = new LinkedHashMap<>();
    offsets.forEach((partition, offset) -> numbered.put(topics.number(partition), offset));
    return numbered;
  }

  public void seek(int partition, long offset) {
    partitions.stream()
        .filter(one -> topics.number(one) == partition)
        .forEach(one -> consumer.seek(one, offset));
  }

  /** Whether all up to these offsets was read. */
  public boolean reached(Map<Integer, Long> ends) throws TopicUnavailable {
    try {
      return partitions.stream()
          .allMatch(one -> consumer.position(one) >= ends.getOrDefault(topics.number(one), 0L));
    } catch (KafkaException e) {
      throw new TopicUnavailable(e);
    }
  }

  /** What there is, or comes within this time. */
  public List<TopicRecord> read(Duration atMost) throws TopicUnavailable, InterruptedException {
    try {
      List<TopicRecord> records = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
        records.add(TopicRecord.of(topics, record));
      }
      return records;
    } catch (InterruptException e) {
      throw (InterruptedException) new InterruptedException("reading").initCause(e);
    } catch (KafkaException e) {
      throw new TopicUnavailable(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  /** A consumer without a group that gives each record as soon as it is there. */
  static KafkaConsumer<String, byte[]> consumer(KafkaSettings kafka) {
    Map<String, Object> settings = kafka.reader("drover-gateway-reader");
    // How late a partition that is added to a topic is noticed; Kafka's own five minutes are long.
    settings.put("metadata.max.age.ms", "10000");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }
}
