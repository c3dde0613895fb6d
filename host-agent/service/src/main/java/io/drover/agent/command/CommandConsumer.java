package io.drover.agent.command;

import io.drover.contracts.message.KafkaSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host's own topic on one thread. The next offset is kept beside the journal, not in a
 * consumer group: what is on this disk is what this host has taken. For each record: journal,
 * dispatch, offset, in this order: a journalled command that is read again is known.
 */
final class CommandConsumer implements Runnable {
  private static final Logger LOG = Logger.getLogger(CommandConsumer.class);
  private static final Duration POLL = Duration.ofMinutes(1);

  /** Short: that all is well is known once it has returned. */
  private static final Duration FIRST_POLL = Duration.ofMillis(200);

  private static final long RETRY_MILLIS = 500;
  private static final long UNKNOWN = -1;

  private final KafkaSettings kafka;
  private final String topic;
  private final CommandJournal journal;
  private final CommandAdmitter receipt;
  private final CommandDispatch dispatch;
  private final LongConsumer lagMillis;
  private volatile boolean stopped;
  private volatile boolean reading;
  private volatile long next = UNKNOWN;
  private volatile @Nullable KafkaConsumer<String, byte[]> consumer;

  CommandConsumer(
      KafkaSettings kafka,
      String topic,
      CommandJournal journal,
      CommandAdmitter receipt,
      CommandDispatch dispatch,
      LongConsumer lagMillis) {
    this.kafka = kafka;
    this.topic = topic;
    this.journal = journal;
    this.receipt = receipt;
    this.dispatch = dispatch;
    this.lagMillis = lagMillis;
  }

  /** The offset behind the last command that was taken; empty before the topic was reached. */
  OptionalLong next() {
    long known = next;
    return known == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(known);
  }

  /**
   * Whether the topic was reached and what comes can be taken; it stays so while the broker is away
   * for a while.
   */
  boolean reading() {
    return reading;
  }

  /** Makes {@link #run} return after the record in hand. */
  void stop() {
    stopped = true;
    KafkaConsumer<String, byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    synchronized (this) {
      notifyAll();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      try {
        read(requireTopic());
      } catch (WakeupException e) {
        LOG.debug("The consumer of commands was woken up to stop");
      } catch (KafkaException e) {
        LOG.warnf(
            "Reading the commands of topic %s failed and is retried: %s", topic, e.getMessage());
      } catch (RuntimeException | Error e) {
        // Also an error: a host that ends to read in silence looks well to everybody else.
        reading = false;
        LOG.errorf(e, "Taking a command of topic %s failed and is retried", topic);
      }
      if (!pause()) {
        return;
      }
    }
  }

  private void read(String topicId) {
    TopicPartition partition = new TopicPartition(topic, 0);
    try (KafkaConsumer<String, byte[]> from = newConsumer()) {
      consumer = from;
      from.assign(List.of(partition));
      long first = firstOffset(from, partition, topicId);
      from.seek(partition, first);
      LOG.infof("Reading commands of topic %s from offset %d", topic, first);
      next = first;
      while (!stopped) {
        for (ConsumerRecord<String, byte[]> record : from.poll(reading ? POLL : FIRST_POLL)) {
          take(record, topicId);
        }
        reading = true;
      }
    } finally {
      consumer = null;
    }
  }

  private void take(ConsumerRecord<String, byte[]> record, String topicId) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    byte[] value = record.value() == null ? new byte[0] : record.value();
    CommandEntry entry = receipt.receive(topic, record.offset(), record.key(), headers, value);
    if (entry != null) {
      // It is journalled: a record that is read again is known, so its offset need not come first.
      dispatch.dispatch(entry, false);
    }
    journal.moveTo(new CommandJournal.Position(topicId, record.offset() + 1));
    next = record.offset() + 1;
    lagMillis.accept(record.timestamp());
  }

  /** Where the last run of this agent ended, if the topic is still the same one. */
  private long firstOffset(
      KafkaConsumer<String, byte[]> from, TopicPartition partition, String topicId) {
    CommandJournal.Position kept = journal.position();
    long begin = from.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long end = from.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    if (kept == null || !kept.topicId().equals(topicId) || kept.next() > end) {
      return begin;
    }
    return Math.max(begin, kept.next());
  }

  /** The id of the host's topic; one that is missing is created where the agent may do that. */
  private String requireTopic() {
    try (Admin admin = Admin.create(kafka.admin("drover-agent-topics"))) {
      Optional<String> id = topicId(admin);
      if (id.isEmpty()) {
        create(admin);
        id = topicId(admin);
      }
      return id.orElseThrow(() -> new KafkaException("The topic " + topic + " does not exist yet"));
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Optional<String> topicId(Admin admin) throws InterruptedException {
    try {
      return Optional.ofNullable(
              admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic))
          .map(description -> description.topicId().toString());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw new KafkaException(e.getCause());
    }
  }

  private void create(Admin admin) throws InterruptedException {
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
          .all()
          .get();
      LOG.infof("Created topic %s", topic);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicAuthorizationException) {
        // The usual case: the scheduler makes it, as soon as it has read this host's first report.
        LOG.debugf("Topic %s is not there yet and is the scheduler's to make", topic);
      } else if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(e.getCause());
      }
    }
  }

  private KafkaConsumer<String, byte[]> newConsumer() {
    Map<String, Object> settings = kafka.reader("drover-agent-commands");
    // Each record is written to disk before the next: a poll must not take minutes.
    settings.put("max.poll.records", "100");
    return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
  }

  private synchronized boolean pause() {
    try {
      if (!stopped) {
        wait(RETRY_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
