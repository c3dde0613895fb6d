package io.drover.gateway.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.event.Event;
import io.drover.contracts.id.HostId;
import io.drover.contracts.id.OperationId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.json.ContractJson;
import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.EventSource;
import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.SchedulerKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Speaks as the other parts do, and hears what the gateway says, over the real broker. */
public final class Parts implements AutoCloseable {
  private static final URI SCHEDULER = EventSource.SCHEDULER.uri();

  private final KafkaProducer<String, byte[]> producer;
  private final String bootstrap;
  private final AtomicLong sequence = new AtomicLong();

  public Parts(EmbeddedKafka kafka) {
    this.bootstrap = kafka.bootstrap();
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** What an event is about. */
  public record About(UUID subject, ProjectId project, UUID operation, long generation) {}

  public Envelope<Event> say(About about, Event event) {
    Envelope<Event> envelope =
        new Envelope<>(
            UUID.randomUUID(),
            SCHEDULER,
            about.subject().toString(),
            Instant.now(),
            sequence.incrementAndGet(),
            0,
            about.project(),
            about.operation() == null ? null : new OperationId(about.operation()),
            about.generation(),
            event);
    say(Topics.PLACEMENTS, envelope);
    return envelope;
  }

  public void say(String topic, Envelope<?> envelope) {
    signed(
        topic,
        envelope.subject(),
        CloudEvents.headers(envelope),
        ContractJson.write(envelope.data()));
  }

  /** What a host says, sealed by its key. */
  public void says(HostId host, About about, Event event) {
    saysAs(host, host, about, event);
  }

  /** What a host says in another's name, sealed by its own key. */
  public void saysAs(HostId named, HostId writer, About about, Event event) {
    Envelope<Event> envelope =
        new Envelope<>(
            UUID.randomUUID(),
            EventSource.hostAgent(named).uri(),
            about.subject().toString(),
            Instant.now(),
            sequence.incrementAndGet(),
            sequence.get(),
            about.project(),
            about.operation() == null ? null : new OperationId(about.operation()),
            about.generation(),
            event);
    byte[] value = ContractJson.write(event);
    Map<String, byte[]> headers =
        BusKey.sealed(
            EventSource.hostAgent(writer),
            Topics.DOMAIN_EVENTS,
            envelope.subject(),
            CloudEvents.headers(envelope),
            value);
    raw(Topics.DOMAIN_EVENTS, envelope.subject(), headers, value);
  }

  /** A record that the scheduler has signed. */
  public void signed(String topic, String key, Map<String, byte[]> headers, byte[] value) {
    raw(topic, key, SchedulerKey.signed(topic, key, headers, value), value);
  }

  public void raw(String topic, String key, Map<String, byte[]> headers, byte[] value) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach((name, header) -> record.headers().add(name, header));
    try {
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All records of this key in the topic, once there are this many; fails if there never are. */
  public List<ConsumerRecord<String, byte[]>> heard(String topic, String key, int atLeast) {
    return heard(topic, key, records -> records.size() >= atLeast, "at least " + atLeast);
  }

  /** All messages of this key in the topic, once one has such data; fails if none ever has. */
  public List<Envelope<Object>> heard(String topic, String key, Class<?> data) {
    return heard(
            topic,
            key,
            records -> records.stream().anyMatch(one -> data.isInstance(envelope(one).data())),
            "one with " + data.getSimpleName())
        .stream()
        .map(Parts::envelope)
        .toList();
  }

  private List<ConsumerRecord<String, byte[]>> heard(
      String topic,
      String key,
      Predicate<List<ConsumerRecord<String, byte[]>>> enough,
      String wanted) {
    List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();
    Instant deadline = Instant.now().plus(Patience.LIMIT);
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!enough.test(heard)) {
        if (Instant.now().isAfter(deadline)) {
          throw new AssertionError(
              String.format(
                  "Of %s in %s were wanted: %s; there are only %s.", key, topic, wanted, heard));
        }
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record -> {
                  if (key.equals(record.key())) {
                    heard.add(record);
                  }
                });
      }
    }
    return heard;
  }

  /** The message in a record. */
  public static Envelope<Object> envelope(ConsumerRecord<String, byte[]> record) {
    return CloudEvents.read(headers(record), record.value());
  }

  public static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    record.headers().forEach(header -> headers.put(header.key(), header.value()));
    return headers;
  }

  public static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(header -> new String(header.value(), UTF_8));
  }

  private KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  @Override
  public void close() {
    producer.close();
  }
}
