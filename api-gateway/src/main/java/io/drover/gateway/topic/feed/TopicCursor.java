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
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads all partitions of a topic from given offsets on. For one thread. */
public final class TopicCursor implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<TopicPartition> partitions;

  /** Kafka is unavailable, or has not what was asked for. */
  public static final class TopicUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    TopicUnavailable(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  private TopicCursor(KafkaConsumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    this.consumer = consumer;
    this.partitions = partitions;
  }

  /** Opens a cursor; {@link #seek} it before it is read. */
  public static TopicCursor open(KafkaSettings kafka, String topic) throws TopicUnavailable {
    KafkaConsumer<String, byte[]> consumer = consumer(kafka);
    try {
      List<TopicPartition> partitions = partitions(consumer, topic);
      if (partitions.isEmpty()) {
        throw new KafkaException("the topic does not exist");
      }
      consumer.assign(partitions);
      return new TopicCursor(consumer, partitions);
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

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    Map<Integer, Long> numbered = new LinkedHashMap<>();
    offsets.forEach((partition, offset) -> numbered.put(partition.partition(), offset));
    return numbered;
  }

  public void seek(int partition, long offset) {
    partitions.stream()
        .filter(one -> one.partition() == partition)
        .forEach(one -> consumer.seek(one, offset));
  }

  /** What there is, or comes within this time. */
  public List<TopicRecord> read(Duration atMost) throws TopicUnavailable, InterruptedException {
    try {
      List<TopicRecord> records = new ArrayList<>();
      for (ConsumerRecord<String, byte[]> record : consumer.poll(atMost)) {
        records.add(TopicRecord.of(record));
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

  /** The partitions of the topic, or none when it does not exist. */
  static List<TopicPartition> partitions(KafkaConsumer<String, byte[]> consumer, String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    List<PartitionInfo> found = consumer.partitionsFor(topic, Duration.ofSeconds(5));
    if (found != null) {
      found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
    return partitions;
  }

  /** A consumer without a group that gives each record as soon as it is there. */
  static KafkaConsumer<String, byte[]> consumer(KafkaSettings kafka) {
    return new KafkaConsumer<>(
        kafka.reader("drover-gateway-reader"),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }
}
