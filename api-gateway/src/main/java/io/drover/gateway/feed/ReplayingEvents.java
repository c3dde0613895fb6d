package io.drover.gateway.feed;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.feed.ApplyingEvent.Pass;
import io.drover.gateway.feed.model.ReplayRange;
import io.drover.gateway.feed.model.ReplayRange.NeverKept;
import io.drover.gateway.feed.model.ReplayRange.Partition;
import io.drover.gateway.topic.TopicPositions;
import io.drover.gateway.topic.TopicPositions.TopicPlace;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Applies once more the events that this gateway's group has read and its database has forgotten:
 * how domains and volumes are, who has which claim, and what became of operations. What the
 * database has, it has by the event's id. Calls block.
 */
@ApplicationScoped
class ReplayingEvents {
  private static final Logger LOG = Logger.getLogger(ReplayingEvents.class);
  private static final List<String> TOPICS = List.of(Topics.DOMAIN_EVENTS, Topics.PLACEMENTS);

  private final KafkaSettings kafka;
  private final TopicPositions positions;
  private final ApplyingEvent applying;
  private final EventProgress progress;
  private final NanoTicker ticker;
  private final String group;

  ReplayingEvents(
      KafkaSettings kafka,
      TopicPositions positions,
      ApplyingEvent applying,
      EventProgress progress,
      NanoTicker ticker,
      @ConfigProperty(name = "mp.messaging.incoming.domain-events.group.id") String group) {
    this.kafka = kafka;
    this.positions = positions;
    this.applying = applying;
    this.progress = progress;
    this.ticker = ticker;
    this.group = group;
  }

  /**
   * Applies them, in the order in which they came. Where one was forgotten, those follow that the
   * group has not read yet, so that what is shown is not of some seconds before.
   *
   * @param restored whether the database is known to have forgotten something
   * @return how many it had forgotten
   * @throws KafkaException when they cannot be read now
   */
  int replay(boolean restored) {
    Map<String, Object> settings = kafka.reader("drover-gateway-replay");
    settings.put("group.id", group); // to be told how far the group has read; it joins nothing
    settings.put("fetch.max.wait.ms", "50"); // one partition is read after the other
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      return progress.replay(() -> replay(consumer, restored));
    }
  }

  private int replay(KafkaConsumer<String, byte[]> consumer, boolean restored) {
    Map<TopicPartition, Partition> all = partitions(consumer);
    NeverKept neverKept =
        QuarkusTransaction.requiringNew().call(positions::olderThanPositions)
            ? NeverKept.HAS_ALL
            : NeverKept.HAS_NOTHING;
    int forgotten =
        replay(consumer, ranges(all, one -> ReplayRange.read(one, neverKept)), Pass.AGAIN);
    boolean on = restored || forgotten > 0;
    if (on) {
      forgotten += replay(consumer, ranges(all, ReplayRange::unread), Pass.FORMER);
    }
    Map<TopicPlace, Long> applied = new LinkedHashMap<>();
    Map<TopicPlace, Long> ends = new LinkedHashMap<>();
    all.forEach(
        (partition, one) -> {
          applied.put(place(partition), on ? one.next() : one.read());
          ends.put(place(partition), one.next());
        });
    progress.former(ends);
    progress.kept(applied);
    return forgotten;
  }

  private static Map<TopicPartition, ReplayRange> ranges(
      Map<TopicPartition, Partition> all, Function<Partition, Optional<ReplayRange>> range) {
    Map<TopicPartition, ReplayRange> ranges = new LinkedHashMap<>();
    all.forEach(
        (partition, one) -> range.apply(one).ifPresent(found -> ranges.put(partition, found)));
    return ranges;
  }

  /** Partitions of the same number have the same domains and volumes: they are read together. */
  private int replay(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, ReplayRange> ranges, Pass pass) {
    Map<Integer, Map<TopicPartition, ReplayRange>> byNumber = new TreeMap<>();
    ranges.forEach(
        (partition, range) ->
            byNumber
                .computeIfAbsent(partition.partition(), any -> new LinkedHashMap<>())
                .put(partition, range));
    int forgotten = 0;
    for (Map<TopicPartition, ReplayRange> together : byNumber.values()) {
      claims(consumer, together);
      forgotten += each(consumer, together, received -> applying.replay(received, pass));
    }
    return forgotten;
  }

  /** First who has which claim, so that no event waits for that. */
  private void claims(
      KafkaConsumer<String, byte[]> consumer, Map<TopicPartition, ReplayRange> together) {
    Map<TopicPartition, ReplayRange> placements = new LinkedHashMap<>(together);
    placements.keySet().removeIf(partition -> !partition.topic().equals(Topics.PLACEMENTS));
    each(consumer, placements, applying::noteClaim);
  }

  private int each(
      KafkaConsumer<String, byte[]> consumer,
      Map<TopicPartition, ReplayRange> ranges,
      Predicate<ReceivedEvent> work) {
    if (ranges.isEmpty()) {
      return 0;
    }
    MergedRecords records = new MergedRecords(consumer, ranges, ticker);
    int count = 0;
    int taken = 0;
    for (Optional<ConsumerRecord<String, byte[]>> record = records.next();
        record.isPresent();
        record = records.next()) {
      taken += work.test(DomainEventConsumer.received(record.get())) ? 1 : 0;
      count++;
      if (count % 10_000 == 0) {
        LOG.infof("Replayed %d events that the database may have forgotten, more follow", count);
      }
    }
    return taken;
  }

  private Map<TopicPartition, Partition> partitions(KafkaConsumer<String, byte[]> consumer) {
    List<TopicPartition> names =
        TOPICS.stream().flatMap(topic -> partitions(consumer, topic)).toList();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(names));
    Map<TopicPartition, Long> oldest = consumer.beginningOffsets(names);
    Map<TopicPartition, Long> next = consumer.endOffsets(names);
    Map<TopicPlace, Long> kept = QuarkusTransaction.requiringNew().call(positions::all);
    Map<TopicPlace, Long> applied = progress.applied();
    Map<TopicPartition, Partition> all = new LinkedHashMap<>();
    for (TopicPartition name : names) {
      OffsetAndMetadata group = committed.get(name);
      long read = group == null ? 0 : group.offset();
      // This process goes on by itself behind what it has applied.
      Long own = applied.get(place(name));
      all.put(
          name,
          new Partition(
              kept.get(place(name)),
              own == null ? read : own,
              oldest.getOrDefault(name, 0L),
              own == null ? next.getOrDefault(name, 0L) : own));
    }
    return all;
  }

  private static Stream<TopicPartition> partitions(
      KafkaConsumer<String, byte[]> consumer, String topic) {
    List<TopicPartition> found =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    if (found.isEmpty()) {
      throw new KafkaException("The topic " + topic + " does not exist yet");
    }
    return found.stream();
  }

  private static TopicPlace place(TopicPartition partition) {
    return new TopicPlace(partition.topic(), partition.partition());
  }
}
