package io.drover.gateway.topic.feed;

import io.drover.contracts.message.KafkaSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of some topics without a group, on a thread of its own, from near the end
 * on. While Kafka is unavailable it waits, and continues where it was. Partitions that are added
 * later are read from their beginning.
 */
public final class TopicTail implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BACKOFF = Duration.ofMillis(500);

  private final KafkaSettings kafka;
  private final TopicNames topics;
  private final long backlog;
  private final Reader reader;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private volatile boolean connected;
  private @Nullable KafkaConsumer<String, byte[]> consumer;

  /** What is done with what was read; called by the tail's thread alone. */
  public interface Reader {
    /**
     * The partitions are known, and reading begins at these offsets; again with more of them when
     * partitions were added.
     */
    void begin(Map<Integer, Long> offsets);

    void read(TopicRecord record);

    /** Called between two reads, also when nothing was there; what failed before can be retried. */
    default void settle() {}

    /** How long the next read may wait for records. */
    default Duration patience() {
      return POLL;
    }
  }

  /**
   * @param backlog how many records of each partition before its end are read at the start; {@code
   *     Long.MAX_VALUE} for all
   */
  public TopicTail(KafkaSettings kafka, List<String> topics, long backlog, Reader reader) {
    this.kafka = kafka;
    this.topics = new TopicNames(topics);
    this.backlog = backlog;
    this.reader = reader;
    this.thread = new Thread(this::run, "tail-" + topics.get(0));
    this.thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Whether the partitions are known and the last poll did not fail. */
  public boolean connected() {
    return connected;
  }

  @Override
  public void close() {
    stopping.countDown();
    synchronized (this) {
      if (consumer != null) {
        consumer.wakeup();
      }
    }
    try {
      thread.join(3_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean warned = false;
    while (stopping.getCount() > 0) {
      try (KafkaConsumer<String, byte[]> opened = TopicCursor.consumer(kafka)) {
        publish(opened);
        follow(opened);
      } catch (WakeupException e) {
        LOG.debugf("The reader of topics %s stops", topics);
      } catch (KafkaException e) {
        if (!warned) {
          LOG.warnf(
              "Reading topics %s failed and is retried, Kafka is unavailable: %s",
              topics, e.getMessage());
        }
        warned = true;
      } catch (RuntimeException e) {
        LOG.errorf(e, "Reading topics %s failed and is retried from the same offset", topics);
      } finally {
        connected = false;
        publish(null);
      }
      if (pause()) {
        return;
      }
    }
  }

  private synchronized void publish(@Nullable KafkaConsumer<String, byte[]> opened) {
    consumer = opened;
  }

  private boolean pause() {
    try {
      return stopping.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void follow(KafkaConsumer<String, byte[]> opened) {
    List<TopicPartition> partitions = topics.partitions(opened);
    opened.assign(partitions);
    seek(opened, partitions, backlog);
    connected = true;
    while (stopping.getCount() > 0) {
      for (ConsumerRecord<String, byte[]> record : opened.poll(reader.patience())) {
        // First past it: a record that cannot be read is passed over, not read for ever.
        positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        reader.read(TopicRecord.of(topics, record));
      }
      reader.settle();
      follow(opened, topics.partitions(opened));
    }
  }

  /** Reads those too that were added since; which there are, the consumer remembers for a while. */
  private void follow(KafkaConsumer<String, byte[]> opened, List<TopicPartition> now) {
    List<TopicPartition> added =
        now.stream().filter(partition -> !opened.assignment().contains(partition)).toList();
    if (!added.isEmpty()) {
      LOG.infof("Partitions %s were added and are read from their beginning", added);
      opened.assign(now);
      seek(opened, added, Long.MAX_VALUE);
    }
  }

  private void seek(
      KafkaConsumer<String, byte[]> opened, List<TopicPartition> partitions, long atMost) {
    Map<TopicPartition, Long> first = opened.beginningOffsets(partitions);
    Map<TopicPartition, Long> end = opened.endOffsets(partitions);
    boolean fresh = positions.isEmpty();
    for (TopicPartition partition : partitions) {
      long oldest = first.getOrDefault(partition, 0L);
      long newest = end.getOrDefault(partition, oldest);
      long near = atMost == Long.MAX_VALUE ? oldest : Math.max(oldest, newest - atMost);
      long at = positions.getOrDefault(partition, fresh ? near : oldest);
      long within = Math.min(Math.max(at, oldest), newest);
      positions.put(partition, within);
      opened.seek(partition, within);
    }
    Map<Integer, Long> offsets = new LinkedHashMap<>();
    positions.forEach((partition, offset) -> offsets.put(topics.number(partition), offset));
    reader.begin(offsets);
  }
}
