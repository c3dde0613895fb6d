package io.drover.standalone.kafka;

import static io.drover.standalone.kafka.TestUsers.freePort;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.Topics;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {
  @TempDir Path folder;

  @Test
  void keepsRecordsTopicsAndUsersOverARestart() throws Exception {
    Path plan = folder.resolve("topics");
    Files.writeString(plan, "# comment\n\ndrover.kept 1 cleanup.policy=compact\n");
    int port = freePort();
    KafkaBroker first = start(port);
    TopicPlan.read(plan).apply(first.admin());
    send(first.admin());
    first.stop();

    Files.writeString(
        plan, "default max.message.bytes=5000\ndrover.kept 1 retention.bytes=7000000\n");
    KafkaBroker second = start(port);
    try {
      TopicPlan.read(plan).apply(second.admin());
      assertThat(firstValue(second.admin())).isEqualTo("value");
      Config settings = settings(second.admin());
      assertThat(settings.get("max.message.bytes").value()).isEqualTo("5000");
      assertThat(settings.get("retention.bytes").value()).isEqualTo("7000000");
    } finally {
      second.stop();
    }
  }

  @Test
  void aFolderThatWasMadeBeforeThereWereLoginsGetsItsUsers() throws Exception {
    Path data = Files.createDirectories(folder.resolve("kafka"));
    Path former = folder.resolve("former.properties");
    Files.writeString(
        former,
        """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:1,CONTROLLER://127.0.0.1:2
        controller.quorum.voters=1@127.0.0.1:2
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%s
        """
            .formatted(data.resolve("log")));
    StorageTool.execute(
        new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", former.toString()},
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

    KafkaBroker broker = start(freePort());
    try (Admin admin = Admin.create(TestUsers.login(broker, "scheduler").admin("test"))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    } finally {
      broker.stop();
    }
  }

  @Test
  void noPasswordIsInTheBrokersFiles() throws Exception {
    start(freePort()).stop();
    assertThat(Files.readString(folder.resolve("kafka/broker.properties")))
        .doesNotContain("password of");
  }

  @Test
  void theSuitesPlanNamesEveryTopicOfTheContract() throws Exception {
    assertThat(TopicPlan.read(TestUsers.PLANS.resolve("topics")).topics())
        .extracting(TopicPlan.Topic::name)
        .containsExactlyInAnyOrder(
            Topics.DOMAIN_COMMANDS,
            Topics.DOMAIN_EVENTS,
            Topics.PLACEMENTS,
            Topics.DOMAIN_STATE,
            Topics.INVENTORY,
            Topics.QMP_EVENTS,
            Topics.HOST_REPORTS,
            Topics.HOSTS,
            Topics.DEAD_LETTERS,
            Topics.AUDIT);
  }

  @Test
  void theSuitesPlanLimitsTheBytesOfEveryTopic() throws Exception {
    assertThat(TopicPlan.read(TestUsers.PLANS.resolve("topics")).topics())
        .allSatisfy(
            topic -> {
              assertThat(topic.settings()).containsKey("max.message.bytes");
              boolean compactedAlone = "compact".equals(topic.settings().get("cleanup.policy"));
              assertThat(topic.settings().containsKey("retention.bytes"))
                  .isEqualTo(!compactedAlone);
            });
  }

  @Test
  void aTopicHasThreeCopiesWhereThereAreSoManyBrokersUnlessThePlanSaysOtherwise() {
    TopicPlan.Topic usual = new TopicPlan.Topic("a", 4, Map.of());
    assertThat(usual.in(1).replicationFactor()).isEqualTo((short) 1);
    assertThat(usual.in(5).replicationFactor()).isEqualTo((short) 3);
    assertThat(usual.in(5).configs()).containsEntry("min.insync.replicas", "2");
    TopicPlan.Topic chosen = new TopicPlan.Topic("a", 4, Map.of("replication", "5"));
    assertThat(chosen.in(5).replicationFactor()).isEqualTo((short) 5);
    assertThat(chosen.in(5).configs())
        .containsEntry("min.insync.replicas", "4")
        .doesNotContainKey("replication");
  }

  private KafkaBroker start(int port) throws Exception {
    return KafkaBroker.start(folder.resolve("kafka"), port, freePort(), TestUsers.all());
  }

  private static Config settings(KafkaSettings kafka) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "drover.kept");
    try (Admin admin = Admin.create(kafka.admin("test"))) {
      return admin.describeConfigs(List.of(topic)).all().get().get(topic);
    }
  }

  private static void send(KafkaSettings kafka) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            kafka.producer("test"), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>("drover.kept", "key", "value")).get();
    }
  }

  private static String firstValue(KafkaSettings kafka) {
    try (var consumer =
        new KafkaConsumer<>(
            kafka.reader("test"), new StringDeserializer(), new StringDeserializer())) {
      TopicPartition partition = new TopicPartition("drover.kept", 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      return consumer.poll(Duration.ofSeconds(20)).iterator().next().value();
    }
  }
}
