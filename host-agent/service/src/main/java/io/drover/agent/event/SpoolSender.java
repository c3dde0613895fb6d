package io.drover.agent.event;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.SignedRecord;
import io.drover.contracts.signature.SourceKey;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one reader of the spool: sends its records in order and acknowledges them. When the broker
 * fails, it starts again behind the last record that surely arrived, with a new producer, so that
 * the order holds; a record may then arrive twice, with the same id.
 */
final class SpoolSender implements Runnable {
  private static final Logger LOG = Logger.getLogger(SpoolSender.class);
  private static final int IN_FLIGHT = 512;
  private static final long RETRY_MILLIS = 500;
  private static final long IDLE_MILLIS = 60_000;

  private final Spool spool;
  private final Supplier<Producer<String, byte[]>> producers;
  private final SourceKey sealing;
  private final AtomicLong refused = new AtomicLong();
  private final Deque<Sent> sent = new ArrayDeque<>();
  private @Nullable Producer<String, byte[]> producer;

  private record Sent(Spool.Place behind, Future<?> answer, String topic) {}

  /**
   * @param sealing the host's key; events are sealed when they are sent, so that those that waited
   *     on disk have the key of now
   */
  SpoolSender(Spool spool, Supplier<Producer<String, byte[]>> producers, SourceKey sealing) {
    this.sealing = sealing;
    this.spool = spool;
    this.producers = producers;
  }

  /** A producer that keeps the order and gives up after a while, so that the sender can rewind. */
  static Producer<String, byte[]> producer(KafkaSettings kafka) {
    Map<String, Object> settings = kafka.producer("drover-agent-events");
    // What waits is on disk: memory is for what is on its way.
    settings.put("buffer.memory", "8388608");
    // Rewinding sends up to IN_FLIGHT records again: not for each pause of the broker.
    settings.put("max.block.ms", "10000");
    settings.put("request.timeout.ms", "10000");
    settings.put("delivery.timeout.ms", "30000");
    return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** Records that the broker will never take, since the start. */
  long refused() {
    return refused.get();
  }

  @Override
  public void run() {
    try {
      while (!spool.isClosed()) {
        oneRound();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      drop(Duration.ofSeconds(1));
    }
  }

  private void oneRound() throws InterruptedException {
    try {
      settle();
      Optional<Spool.Entry> next = sent.size() < IN_FLIGHT ? spool.poll() : Optional.empty();
      if (next.isPresent()) {
        send(next.get());
      } else if (sent.isEmpty() || !sent.getFirst().answer().isDone()) {
        spool.await(sent.isEmpty() ? IDLE_MILLIS : RETRY_MILLIS);
      }
    } catch (InterruptException e) {
      throw new InterruptedException(e.getMessage());
    } catch (KafkaException e) {
      LOG.warnf(
          "Sending events failed and is retried, Kafka does not acknowledge them: %s; they stay in the spool",
          e.getMessage());
      drop(Duration.ZERO);
      spool.rewind();
      pause();
    } catch (UncheckedIOException e) {
      LOG.errorf(
          e,
          "Reading or writing the spool of events failed and is retried; check the disk of the agent's data");
      pause();
    }
  }

  private void send(Spool.Entry entry) {
    Producer<String, byte[]> to = producer;
    if (to == null) {
      to = producers.get();
      producer = to;
    }
    SpoolRecord record = entry.record();
    ProducerRecord<String, byte[]> out =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    record.headers().forEach(out.headers()::add);
    if (record.topic().equals(Topics.DOMAIN_EVENTS)) {
      String seal =
          sealing.seal(
              new SignedRecord(record.topic(), record.key(), record.headers(), record.value()));
      out.headers().add(SignedRecord.HEADER, seal.getBytes(StandardCharsets.UTF_8));
    }
    sent.addLast(new Sent(entry.behind(), handOver(out, to), record.topic()));
  }

  /** Hands a record over. When it fails on its way, no later one may get there before it. */
  private Future<?> handOver(ProducerRecord<String, byte[]> record, Producer<String, byte[]> to) {
    try {
      return to.send(
          record,
          (metadata, failure) -> {
            if (failure != null && !isOfTheRecord(failure)) {
              to.close(Duration.ZERO);
            }
            spool.wake();
          });
    } catch (IllegalStateException e) {
      throw new KafkaException("An earlier record failed", e);
    }
  }

  /** Whether the broker would refuse the record at any other time, too. */
  private static boolean isOfTheRecord(@Nullable Throwable failure) {
    return failure instanceof RecordTooLargeException || failure instanceof SerializationException;
  }

  private void settle() throws InterruptedException {
    Spool.Place behind = null;
    try {
      while (!sent.isEmpty() && sent.getFirst().answer().isDone()) {
        check(sent.getFirst());
        behind = sent.removeFirst().behind();
      }
    } finally {
      if (behind != null) {
        spool.acknowledge(behind);
      }
    }
  }

  private void check(Sent first) throws InterruptedException {
    try {
      first.answer().get();
    } catch (ExecutionException e) {
      if (isOfTheRecord(e.getCause())) {
        refused.incrementAndGet();
        LOG.errorf(
            "A record for topic %s is dropped, Kafka refuses it: %s", first.topic(), e.getCause());
      } else {
        throw new KafkaException(e.getCause());
      }
    } catch (CancellationException e) {
      throw new KafkaException(e);
    }
  }

  /** Waits a moment without missing the end. */
  private void pause() throws InterruptedException {
    synchronized (spool) {
      if (!spool.isClosed()) {
        spool.wait(RETRY_MILLIS);
      }
    }
  }

  private void drop(Duration patience) {
    sent.clear();
    Producer<String, byte[]> old = producer;
    producer = null;
    if (old != null) {
      old.close(patience);
    }
  }
}
