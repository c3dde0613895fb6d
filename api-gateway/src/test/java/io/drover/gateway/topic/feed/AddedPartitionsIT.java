package io.drover.gateway.topic.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import io.drover.gateway.support.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddedPartitionsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<TopicRecord> read = new CopyOnWriteArrayList<>();
  private final List<Map<Integer, Long>> begun = new CopyOnWriteArrayList<>();

  @Test
  void aTailReadsThePartitionsThatAreAddedWhileItRuns() throws Exception {
    EmbeddedKafka broker = new EmbeddedKafka(folder.resolve("kafka"));
    broker.start();
    broker.createTopics();
    KafkaSettings kafka = KafkaSettings.plain(broker.bootstrap());
    List<String> topics = List.of(Topics.DOMAIN_EVENTS, Topics.PLACEMENTS);
    try (TopicTail tail = new TopicTail(kafka, topics, 10, new Remembering())) {
      tail.start();
      await().atMost(PATIENCE).until(tail::connected);
      send(kafka, Topics.PLACEMENTS, 2, "known");
      await().atMost(PATIENCE).until(() -> read.size() == 1);
      addPartition(kafka, Topics.PLACEMENTS);
      send(kafka, Topics.PLACEMENTS, 3, "added");
      await().atMost(PATIENCE).until(() -> read.size() == 2);
    } finally {
      broker.stop();
    }
    assertThat(read).extracting(TopicRecord::topic).containsOnly(Topics.PLACEMENTS);
    assertThat(read).extracting(TopicRecord::partition).containsExactly(5, 7);
    assertThat(begun).hasSize(2);
    assertThat(begun.get(0)).containsOnlyKeys(0, 1, 2, 3, 4, 5);
    assertThat(begun.get(1)).containsEntry(5, 1L).containsEntry(7, 0L);
  }

  private static void addPartition(KafkaSettings kafka, String topic) throws Exception {
    try (Admin admin = Admin.create(kafka.admin("test"))) {
      admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(4))).all().get();
    }
  }

  private static void send(KafkaSettings kafka, String topic, int partition, String value)
      throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            kafka.producer("test"), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, partition, "key", value.getBytes(UTF_8))).get();
    }
  }

  private final class Remembering implements TopicTail.Reader {
    @Override
    public void begin(Map<Integer, Long> offsets) {
      begun.add(Map.copyOf(offsets));
    }

    @Override
    public void read(TopicRecord record) {
      read.add(record);
    }
  }
}
