package io.drover.scheduler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.message.CloudEvents;
import io.drover.contracts.message.Envelope;
import io.drover.contracts.message.MessageTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what the scheduler has written, each time from the beginning of its topic. */
final class TopicReader {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String bootstrap;

  TopicReader(String bootstrap) {
    this.bootstrap = bootstrap;
  }

  /** Reads until the records of this key are as wanted. */
  List<ConsumerRecord<String, byte[]>> await(
      String topic, UUID key, Predicate<List<ConsumerRecord<String, byte[]>>> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer()) {
      while (consumer.partitionsFor(topic).isEmpty()) {
        assertThat(Instant.now()).as("topic " + topic).isBefore(end);
      }
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (!wanted.test(found)) {
        assertThat(Instant.now()).as("%s of %s, got %s", topic, key, found).isBefore(end);
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (key.toString().equals(record.key())) {
            found.add(record);
          }
        }
      }
    }
    return found;
  }

  KafkaConsumer<String, byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap, "allow.auto.create.topics", false),
        new StringDeserializer(),
        new ByteArrayDeserializer());
  }

  static Envelope<Object> open(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = headers(record);
    assertThat(MessageTypes.all()).contains(CloudEvents.type(headers));
    return CloudEvents.read(headers, record.value());
  }

  static Map<String, byte[]> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), header.value());
    }
    return headers;
  }

  static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }
}
