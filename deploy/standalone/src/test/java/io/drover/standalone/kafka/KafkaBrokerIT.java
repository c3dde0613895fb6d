package io.drover.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
  @TempDir Path folder;

  @Test
  void keepsRecordsAndTopicsOverARestart() throws Exception {
    Path plan = folder.resolve("topics");
    Files.writeString(plan, "# comment\n\ndrover.kept 1 cleanup.policy=compact\n");
    int port = freePort();
    KafkaBroker first = KafkaBroker.start(folder.resolve("kafka"), port, freePort());
    TopicPlan.read(plan).apply(first.bootstrapServers());
    send(first.bootstrapServers());
    first.stop();

    KafkaBroker second = KafkaBroker.start(folder.resolve("kafka"), port, freePort());
    try {
      TopicPlan.read(plan).apply(second.bootstrapServers());
      assertThat(firstValue(second.bootstrapServers())).isEqualTo("value");
    } finally {
      second.stop();
    }
  }

  @Test
  void theSuitesPlanNamesEveryTopicOfTheContract() throws Exception {
    Path plan = Path.of(System.getProperty("project.root"), "deploy/kafka/topics");
    assertThat(TopicPlan.read(plan).topics())
        .extracting(TopicPlan.Topic::name)
        .containsExactlyInAnyOrder(
            io.drover.contracts.message.Topics.DOMAIN_COMMANDS,
            io.drover.contracts.message.Topics.DOMAIN_EVENTS,
            io.drover.contracts.message.Topics.DOMAIN_STATE,
            io.drover.contracts.message.Topics.QMP_EVENTS,
            io.drover.contracts.message.Topics.HOST_REPORTS,
            io.drover.contracts.message.Topics.DEAD_LETTERS,
            io.drover.contracts.message.Topics.AUDIT);
  }

  private static void send(String servers) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("drover.kept", "key", "value")).get();
    }
  }

  private static String firstValue(String servers) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", servers),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("drover.kept", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
