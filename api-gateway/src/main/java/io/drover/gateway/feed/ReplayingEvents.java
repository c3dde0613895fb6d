package io.drover.gateway.feed;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.NanoTicker;
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
import java.util.function.Consumer;
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
   * Applies them, in the order in which they came.
   *
   * @return how many there were, known ones included
   * @throws KafkaException when they cannot be read now
   */
  int replay() {
    Map<String, Object> settings = kafka.reader("drover-gateway-replay");
    settings.put("group.id", group); // to be told how far the group has read; it joins nothing
    settings.put("fetch.max.wait.ms", "50"); // one partition is read after the other
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      return progress.replay(() -> replay(consumer));
    }
  }

  private int replay(KafkaConsumer<String, byte[]> consumer) {
    Map<TopicPartition, Partition> all = partitions(consumer);
    Map<TopicPartition, ReplayRange> ranges = ranges(all);
    Map<Integer, Map<TopicPartition, ReplayRange>> byNumber = new TreeMap<>();
    ranges.forEach(
        (partition, range) ->
            byNumber
                .computeIfAbsent(partition.partition(), any -> new LinkedHashMap<>())
                .put(partition, range));
    int replayed = 0;
    for (Map<TopicPartition, ReplayRange> together : byNumber.values()) {
      claims(consumer, together);
      replayed += each(consumer, together, applying::applyAgain);
    }
    Map<TopicPlace, Long> read = new LinkedHashMap<>();
    Map<TopicPlace, Long> ends = new LinkedHashMap<>();
    all.forEach(
        (partition, one) -> {
          read.put(place(partition), one.read() == null ? 0 : one.read());
          ends.put(place(partition), one.next());
        });
    progress.former(ends);
    progress.kept(read);
    return replayed;
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
      Consumer<ReceivedEvent> work) {
    if (ranges.isEmpty()) {
      return 0;
    }
    MergedRecords records = new MergedRecords(consumer, ranges, ticker);
    int count = 0;
    for (Optional<ConsumerRecord<String, byte[]>> record = records.next();
        record.isPresent();
        record = records.next()) {
      work.accept(DomainEventConsumer.received(record.get()));
      count++;
      if (count % 10_000 == 0) {
        LOG.infof("Replayed %d events that the database may have forgotten, more follow", count);
      }
    }
    return count;
  }

  private Map<TopicPartition, ReplayRange> ranges(Map<TopicPartition, Partition> all) {
    NeverKept neverKept =
        QuarkusTransaction.requiringNew().call(positions::olderThanPositions)
            ? NeverKept.HAS_ALL
            : NeverKept.HAS_NOTHING;
    Map<TopicPartition, ReplayRange> ranges = new LinkedHashMap<>();
    all.forEach(
        (partition, one) ->
            ReplayRange.of(one, neverKept).ifPresent(range -> ranges.put(partition, range)));
    return ranges;
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
      // This process does not read again what it has applied, although the group has not said so.
      Long read = applied.getOrDefault(place(name), group == null ? null : (Long) group.offset());
      all.put(
          name,
          new Partition(
              kept.get(place(name)),
              read,
              oldest.getOrDefault(name, 0L),
              next.getOrDefault(name, 0L)));
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
