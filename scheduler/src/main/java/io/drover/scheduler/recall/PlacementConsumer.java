package io.drover.scheduler.recall;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.event.DomainPlaced;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.MessageTypes;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.RecordSigner;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.time.NanoTicker;
import io.drover.contracts.time.RecurringWork;
import io.drover.scheduler.ledger.Ledger;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scheduler's own placements from where its database has them all, at the start and every
 * few seconds. A decision is committed before it is published, so there is nothing new in them as
 * long as the database is not restored from a backup, which takes it back to an earlier offset.
 * Thread-safe; calls block.
 */
@ApplicationScoped
public class PlacementConsumer implements RecurringWork {
  private static final Logger LOG = Logger.getLogger(PlacementConsumer.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  /** The partition of a row that says that the database is older than its positions. */
  private static final int BEFORE_POSITIONS = -1;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Set<String> TYPES =
      Set.of(MessageTypes.of(DomainPlaced.class), MessageTypes.of(VolumePlaced.class));

  private final KafkaSettings kafka;
  private final RecordSigner signer;
  private final Ledger ledger;
  private final RecallingPlacements recalling;
  private final NanoTicker ticker;
  private @Nullable KafkaConsumer<String, byte[]> consumer;
  private volatile boolean caughtUp;

  PlacementConsumer(
      KafkaSettings kafka,
      RecordSigner signer,
      Ledger ledger,
      RecallingPlacements recalling,
      NanoTicker ticker) {
    this.kafka = kafka;
    this.signer = signer;
    this.ledger = ledger;
    this.recalling = recalling;
    this.ticker = ticker;
  }

  /**
   * Sees to it that what this process decides comes after all that was published before its start.
   *
   * @throws KafkaException when that cannot be read now
   */
  public void requireCaughtUp() {
    if (!caughtUp) {
      readOn();
    }
  }

  @Override
  public String name() {
    return "placements";
  }

  @Override
  public Duration pause() {
    return EVERY;
  }

  @Override
  public void run() {
    try {
      readOn();
    } catch (RuntimeException e) {
      LOG.warnf(
          "The scheduler's own placements could not be compared with its database and are compared in"
              + " the next run: %s",
          e.getMessage());
    }
  }

  /** How many placements the database had forgotten. */
  synchronized int readOn() {
    try {
      KafkaConsumer<String, byte[]> from = assigned();
      // Before the positions: what the database has decided since then is read in the next run.
      Map<TopicPartition, Long> ends = from.endOffsets(from.assignment());
      int recalled = seek(from, ends) ? recall(from, ends) : 0;
      caughtUp = true;
      return recalled;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private KafkaConsumer<String, byte[]> assigned() {
    KafkaConsumer<String, byte[]> known = consumer;
    if (known != null) {
      return known;
    }
    KafkaConsumer<String, byte[]> fresh =
        new KafkaConsumer<>(
            kafka.reader("drover-scheduler-placements"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    consumer = fresh;
    List<TopicPartition> all =
        fresh.partitionsFor(Topics.PLACEMENTS).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    if (all.isEmpty()) {
      throw new KafkaException("The topic " + Topics.PLACEMENTS + " does not exist yet");
    }
    fresh.assign(all);
    return fresh;
  }

  /** Whether anything is to be read. A position behind the end is of a topic that was made anew. */
  private boolean seek(KafkaConsumer<String, byte[]> from, Map<TopicPartition, Long> ends) {
    Map<Integer, Long> kept = ledger.inTransaction(session -> session.placementPositions().all());
    Map<TopicPartition, Long> begins = from.beginningOffsets(ends.keySet());
    boolean any = false;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      long unknown = kept.containsKey(BEFORE_POSITIONS) ? end.getValue() : 0L;
      long next = kept.getOrDefault(end.getKey().partition(), unknown);
      long begin = begins.getOrDefault(end.getKey(), 0L);
      long first = next > end.getValue() ? begin : Math.max(begin, next);
      from.seek(end.getKey(), first);
      any |= first < end.getValue();
    }
    return any;
  }

  private int recall(KafkaConsumer<String, byte[]> from, Map<TopicPartition, Long> ends) {
    long begun = ticker.nanos();
    int recalled = 0;
    while (ends.entrySet().stream().anyMatch(end -> from.position(end.getKey()) < end.getValue())) {
      if (ticker.since(begun).compareTo(PATIENCE) > 0) {
        throw new KafkaException(
            "The placements cannot be read to their end within " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<String, byte[]> record : from.poll(POLL)) {
        recalled += recall(record) ? 1 : 0;
      }
      ledger.inTransaction(
          session -> {
            ends.keySet()
                .forEach(
                    at -> session.placementPositions().keep(at.partition(), from.position(at)));
            return true;
          });
    }
    return recalled;
  }

  private boolean recall(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    if (!TYPES.contains(CloudEvents.type(headers))) {
      return false;
    }
    try {
      Envelope<Object> placement = CloudEvents.read(headers, record.value());
      if (recalling.isKnown(placement)) {
        return false;
      }
      requireOurs(record, headers);
      return recalling.recall(placement);
    } catch (ProblemException | IllegalArgumentException e) {
      LOG.errorf(
          "Record %s-%d@%d is passed over, it is no placement of the scheduler: %s",
          record.topic(), record.partition(), record.offset(), e.getMessage());
      return false;
    }
  }

  /** The same key signs the same record in the same way. */
  private void requireOurs(ConsumerRecord<String, byte[]> record, Map<String, byte[]> headers) {
    String key = record.key() == null ? "" : record.key();
    String signature = signer.sign(new SignedRecord(record.topic(), key, headers, record.value()));
    byte[] given = headers.getOrDefault(SignedRecord.HEADER, new byte[0]);
    if (!MessageDigest.isEqual(signature.getBytes(UTF_8), given)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "It is not signed by the key that this scheduler has.");
    }
  }

  @PreDestroy
  synchronized void close() {
    KafkaConsumer<String, byte[]> old = consumer;
    consumer = null;
    if (old != null) {
      old.close(CloseOptions.timeout(Duration.ofSeconds(2)));
    }
  }
}
