package io.drover.it.suite;

import io.drover.contracts.message.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** All that is on the topics, as an operator with every right reads it. */
public final class TopicRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private final Map<String, Object> broker;

  public TopicRecords(KafkaSettings admin) {
    broker = admin.admin("drover-integration-tests");
  }

  /** The topics whose names begin so. */
  public List<String> names(String prefix) throws Exception {
    try (Admin admin = Admin.create(broker)) {
      return admin.listTopics().names().get(10, TimeUnit.SECONDS).stream()
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  /** Every record of a topic, from its beginning to what is its end now. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(at -> consumer.position(at) < ends.get(at))) {
        consumer.poll(POLL).forEach(records::add);
      }
    }
    return records;
  }

  /** Sends a copy of each record, headers and all, to the partition that it is in; how many. */
  public int sendAgain(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = read(topic);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(broker, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        producer.send(
            new ProducerRecord<>(
                topic, record.partition(), record.key(), record.value(), record.headers()));
      }
      producer.flush();
    }
    return records.size();
  }

  /** Waits until every consumer group of the suite has read all that is there. */
  public void awaitConsumed() throws Exception {
    try (Admin admin = Admin.create(broker)) {
      List<String> groups =
          admin
              .listGroups(ListGroupsOptions.forConsumerGroups())
              .all()
              .get(10, TimeUnit.SECONDS)
              .stream()
              .map(group -> group.groupId())
              .toList();
      Awaitility.await("consumers at the ends of their topics")
          .atMost(RunningSuite.patience())
          .until(() -> lag(admin, groups) == 0);
    }
  }

  private long lag(Admin admin, List<String> groups) throws Exception {
    long lag = 0;
    for (String group : groups) {
      Map<TopicPartition, OffsetAndMetadata> read =
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get(10, TimeUnit.SECONDS);
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(broker, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(read.keySet());
        lag +=
            read.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .mapToLong(entry -> ends.get(entry.getKey()) - entry.getValue().offset())
                .sum();
      }
    }
    return lag;
  }
}
