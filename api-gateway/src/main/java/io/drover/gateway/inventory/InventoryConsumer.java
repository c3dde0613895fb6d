package io.drover.gateway.inventory;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.time.NanoTicker;
import io.drover.gateway.inventory.model.InventoryChanges;
import io.drover.gateway.inventory.model.InventoryChanges.Change;
import io.drover.gateway.inventory.model.InventoryKey;
import io.drover.gateway.inventory.model.InventoryKind;
import io.drover.gateway.topic.TopicPositions;
import io.drover.gateway.topic.TopicPositions.TopicPlace;
import io.drover.gateway.topic.feed.TopicCursor;
import io.drover.gateway.topic.feed.TopicCursor.TopicUnavailable;
import io.drover.gateway.topic.feed.TopicRecord;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the gateway's own records of the inventory from where its database has them all. Contents
 * of domains, which may be large, are read when their turn comes. Thread-safe; calls block.
 */
@ApplicationScoped
public class InventoryConsumer {
  private static final Logger LOG = Logger.getLogger(InventoryConsumer.class);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Without a record for so long the topic cannot be read. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final KafkaSettings kafka;
  private final TopicPositions positions;
  private final InventoryRecords records;
  private final RecallingInventory recalling;
  private final NanoTicker ticker;
  private @Nullable TopicCursor cursor;
  private boolean complete;

  InventoryConsumer(
      KafkaSettings kafka,
      TopicPositions positions,
      InventoryRecords records,
      RecallingInventory recalling,
      NanoTicker ticker) {
    this.kafka = kafka;
    this.positions = positions;
    this.records = records;
    this.recalling = recalling;
    this.ticker = ticker;
  }

  /**
   * Where reading begins and ends, by partition.
   *
   * @param recreated whether the database has a position behind the end: of a topic that was
   *     recreated
   */
  private record Range(Map<Integer, Long> begins, Map<Integer, Long> ends, boolean recreated) {}

  /** What is done with records that were read together. */
  private interface Reading {
    void take(List<TopicRecord> read);
  }

  /**
   * Takes over what the database has forgotten, and publishes what it has and the topic never had.
   *
   * @return how many things the database had forgotten
   * @throws TopicUnavailable when the topic cannot be read to its end now
   */
  public synchronized int readOn() throws TopicUnavailable, InterruptedException {
    try {
      TopicCursor from = opened();
      Range range = range(from);
      int recalled = range.recreated() ? comparedWithRecreated(from, range) : recall(from, range);
      publishMissing();
      recalling.forgetGone();
      return recalled;
    } catch (TopicUnavailable | RuntimeException e) {
      close();
      throw e;
    }
  }

  private TopicCursor opened() throws TopicUnavailable {
    TopicCursor known = cursor;
    TopicCursor open = known == null ? TopicCursor.open(kafka, List.of(Topics.INVENTORY)) : known;
    cursor = open;
    return open;
  }

  private Range range(TopicCursor from) throws TopicUnavailable {
    Map<Integer, Long> ends = from.end();
    Map<TopicPlace, Long> kept = QuarkusTransaction.requiringNew().call(positions::all);
    Map<Integer, Long> begins = new LinkedHashMap<>();
    from.beginning()
        .forEach(
            (partition, oldest) ->
                begins.put(partition, Math.max(oldest, kept.getOrDefault(place(partition), 0L))));
    boolean recreated =
        begins.entrySet().stream().anyMatch(at -> at.getValue() > ends.get(at.getKey()));
    return new Range(recreated ? from.beginning() : begins, ends, recreated);
  }

  private static TopicPlace place(int partition) {
    return new TopicPlace(Topics.INVENTORY, partition);
  }

  private static Map<TopicPlace, Long> places(Map<Integer, Long> offsets) {
    Map<TopicPlace, Long> places = new LinkedHashMap<>();
    offsets.forEach((partition, offset) -> places.put(place(partition), offset));
    return places;
  }

  private int comparedWithRecreated(TopicCursor from, Range range)
      throws TopicUnavailable, InterruptedException {
    recalling.forgetSeen();
    int recalled = recall(from, range);
    LOG.warnf(
        "The topic %s was recreated: %d records that it lacks are published again",
        Topics.INVENTORY, recalling.publishUnseen());
    QuarkusTransaction.requiringNew().run(() -> positions.replace(places(range.ends())));
    return recalled;
  }

  private int recall(TopicCursor from, Range range) throws TopicUnavailable, InterruptedException {
    if (range.begins().equals(range.ends())) {
      return 0;
    }
    InventoryChanges changes = new InventoryChanges();
    Map<InventoryKey, byte[]> contents = new HashMap<>();
    read(from, range, read -> records.take(read, changes, contents));
    int recalled = 0;
    for (Change gone : changes.removed()) {
      recalled += recalling.recall(gone.key(), gone.version(), null) ? 1 : 0;
    }
    for (InventoryKind kind : InventoryKind.values()) {
      for (Change change : changes.present(kind)) {
        byte[] content = contents.get(change.key());
        recalled += content != null && recall(change, content) ? 1 : 0;
      }
    }
    recalled += recallDomains(from, range, changes.present(InventoryKind.DOMAIN));
    recalling.see(changes.seen());
    changes.late().forEach(recalling::repair);
    QuarkusTransaction.requiringNew().run(() -> positions.keep(places(range.ends())));
    return recalled;
  }

  private boolean recall(Change change, byte[] content) {
    return recalling.recall(change.key(), change.version(), content);
  }

  /** They are read once more, for their contents. */
  private int recallDomains(TopicCursor from, Range range, List<Change> domains)
      throws TopicUnavailable, InterruptedException {
    if (domains.isEmpty()) {
      return 0;
    }
    Map<InventoryKey, Change> wanted = new HashMap<>();
    domains.forEach(change -> wanted.put(change.key(), change));
    int[] recalled = {0};
    read(
        from,
        range,
        read -> {
          for (TopicRecord record : read) {
            Change change = InventoryKey.parse(record.key()).map(wanted::get).orElse(null);
            byte[] content = record.value();
            if (change != null
                && change.isAt(record.partition(), record.offset())
                && content != null) {
              recalled[0] += recall(change, content) ? 1 : 0;
            }
          }
        });
    return recalled[0];
  }

  private void read(TopicCursor from, Range range, Reading reading)
      throws TopicUnavailable, InterruptedException {
    range.begins().forEach(from::seek);
    long last = ticker.nanos();
    while (!from.reached(range.ends())) {
      List<TopicRecord> read = from.read(POLL);
      if (!read.isEmpty()) {
        reading.take(read);
        last = ticker.nanos();
      } else if (ticker.since(last).compareTo(PATIENCE) > 0) {
        throw new KafkaException(
            "No record of " + Topics.INVENTORY + " came for " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  private void publishMissing() {
    if (!complete) {
      int published = recalling.publishMissing();
      if (published > 0) {
        LOG.infof("Published %d things of the inventory that had no record yet", published);
      }
      complete = true;
    }
  }

  @PreDestroy
  synchronized void close() {
    TopicCursor old = cursor;
    cursor = null;
    if (old != null) {
      old.close();
    }
  }
}
