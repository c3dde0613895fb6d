package io.drover.standalone.kafka;

import static io.drover.standalone.kafka.TestUsers.freePort;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.message.SecretText;
import io.drover.contracts.message.Topics;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite's own access rules, on the real broker: what each part may do and nothing else. */
class BrokerAccessIT {
  @TempDir static Path folder;

  private static final String HOST = AclPlan.principalOf(TestUsers.HOST);
  private static final String OWN = Topics.hostCommands(TestUsers.HOST);
  private static final String FOREIGN = Topics.hostCommands(TestUsers.OTHER_HOST);
  private static final int MOST_POLLS = 300;
  private static KafkaBroker broker;
  private static int controller;
  private static Set<String> topics;

  @BeforeAll
  static void start() throws Exception {
    controller = freePort();
    broker = KafkaBroker.start(folder.resolve("kafka"), freePort(), controller, TestUsers.all());
    TopicPlan plan = TopicPlan.read(TestUsers.PLANS.resolve("topics"));
    plan.apply(broker.admin());
    AclPlan acls = AclPlan.read(TestUsers.PLANS.resolve("acls"));
    acls.apply(broker.admin(), Set.of(TestUsers.HOST, TestUsers.OTHER_HOST));
    acls.apply(broker.admin(), Set.of(TestUsers.HOST, TestUsers.OTHER_HOST)); // changes nothing
    topics = new TreeSet<>(Set.of(OWN, FOREIGN, "private"));
    plan.topics().forEach(topic -> topics.add(topic.name()));
    try (Admin admin = Admin.create(broker.admin().admin("test"))) {
      admin
          .createTopics(Stream.of(OWN, FOREIGN, "private").map(BrokerAccessIT::topic).toList())
          .all()
          .get();
    }
    fill();
  }

  /** Who may read a topic finds a record in it, and need not guess how long to wait for none. */
  private static void fill() throws Exception {
    try (var producer =
        new KafkaProducer<>(
            broker.admin().producer("test"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String topic : topics) {
        producer.send(new ProducerRecord<>(topic, 0, new byte[] {0}, new byte[] {0})).get();
      }
    }
  }

  @AfterAll
  static void stop() {
    broker.stop();
  }

  static Stream<Arguments> parts() {
    return Stream.of(
        Arguments.of(
            "gateway",
            Set.of(
                Topics.DOMAIN_COMMANDS,
                Topics.DOMAIN_EVENTS,
                Topics.DOMAIN_STATE,
                Topics.INVENTORY,
                Topics.DEAD_LETTERS),
            Set.of(
                Topics.DOMAIN_EVENTS,
                Topics.PLACEMENTS,
                Topics.HOSTS,
                Topics.DOMAIN_STATE,
                Topics.INVENTORY),
            Set.of("drover-api-gateway")),
        Arguments.of(
            "scheduler",
            Set.of(Topics.PLACEMENTS, Topics.HOSTS, Topics.DEAD_LETTERS, OWN, FOREIGN),
            Set.of(
                Topics.DOMAIN_COMMANDS,
                Topics.DOMAIN_EVENTS,
                Topics.HOST_REPORTS,
                Topics.PLACEMENTS),
            Set.of("drover-scheduler-commands")),
        Arguments.of(
            "secrets",
            Set.of(Topics.AUDIT, Topics.DEAD_LETTERS),
            Set.of(Topics.DOMAIN_EVENTS, Topics.PLACEMENTS),
            Set.of("drover-secrets-service")),
        Arguments.of(
            HOST,
            Set.of(
                Topics.DOMAIN_EVENTS, Topics.QMP_EVENTS, Topics.HOST_REPORTS, Topics.DEAD_LETTERS),
            Set.of(OWN),
            Set.of()),
        Arguments.of(
            "automation",
            Set.of(),
            Set.of(
                Topics.DOMAIN_EVENTS,
                Topics.PLACEMENTS,
                Topics.DOMAIN_STATE,
                Topics.HOSTS,
                Topics.QMP_EVENTS),
            Set.of("automation-of-mine")));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartWritesReadsAndJoinsWhatItsRulesSayAndNothingElse(
      String user, Set<String> written, Set<String> read, Set<String> joined) throws Exception {
    KafkaSettings login = TestUsers.login(broker, user);
    Set<String> writes = new TreeSet<>();
    Set<String> reads = new TreeSet<>();
    for (String topic : topics) {
      if (writes(login, topic)) {
        writes.add(topic);
      }
      if (reads(login, topic)) {
        reads.add(topic);
      }
    }
    Set<String> groups = new TreeSet<>();
    for (String group :
        List.of(
            "drover-api-gateway",
            "drover-scheduler-commands",
            "drover-secrets-service",
            "automation-of-mine",
            "anybody")) {
      if (joins(login, group)) {
        groups.add(group);
      }
    }
    assertThat(writes).isEqualTo(written);
    assertThat(reads).isEqualTo(read);
    assertThat(groups).isEqualTo(joined);
  }

  @Test
  void theSchedulerAloneMakesTopicsAndThoseOfHostsAlone() throws Exception {
    String ofHost = Topics.hostCommands(HostId.parse("77777777-2222-4333-8444-555555555555"));
    for (String user : List.of("gateway", "secrets", HOST, "automation")) {
      assertThat(makes(TestUsers.login(broker, user), ofHost)).as(user).isFalse();
    }
    KafkaSettings scheduler = TestUsers.login(broker, "scheduler");
    assertThat(makes(scheduler, "drover.mine")).isFalse();
    assertThat(makes(scheduler, ofHost)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway", "scheduler", "secrets", "automation"})
  void nobodyChangesRightsOrUsers(String user) {
    try (Admin admin = Admin.create(TestUsers.login(broker, user).admin("test"))) {
      assertThatThrownBy(() -> admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get())
          .hasCauseInstanceOf(AuthorizationException.class);
      assertThatThrownBy(() -> admin.describeAcls(AclBindingFilter.ANY).values().get())
          .hasCauseInstanceOf(AuthorizationException.class);
      assertThatThrownBy(
              () ->
                  admin
                      .alterUserScramCredentials(
                          List.of(
                              new UserScramCredentialDeletion(
                                  "admin", ScramMechanism.SCRAM_SHA_512)))
                      .all()
                      .get())
          .hasCauseInstanceOf(AuthorizationException.class);
      assertThatThrownBy(() -> admin.deleteTopics(List.of(OWN)).all().get())
          .hasCauseInstanceOf(AuthorizationException.class);
    }
  }

  @Test
  void aWrongPasswordAndAnUnknownUserAreRefused() {
    for (String user : List.of("gateway", "admin", "nobody")) {
      KafkaSettings login = TestUsers.login(broker, user, new SecretText("guess"));
      try (Admin admin = Admin.create(login.admin("test"))) {
        assertThatThrownBy(() -> admin.listTopics().names().get())
            .hasCauseInstanceOf(SaslAuthenticationException.class);
      }
    }
  }

  @Test
  void aClientWithoutALoginIsRefused() {
    KafkaSettings none = KafkaSettings.plain(broker.bootstrapServers());
    Map<String, Object> settings = none.admin("test");
    settings.put("default.api.timeout.ms", "3000");
    settings.put("request.timeout.ms", "2000");
    try (Admin admin = Admin.create(settings)) {
      assertThatThrownBy(() -> admin.listTopics().names().get())
          .isInstanceOf(ExecutionException.class);
    }
  }

  @Test
  void aRequestWithoutALoginIsAnsweredWithoutAByte() throws Exception {
    int port = Integer.parseInt(broker.bootstrapServers().split(":")[1]);
    assertThat(answerToAMetadataRequest(port)).isEmpty();
    assertThat(answerToAMetadataRequest(controller)).isEmpty();
  }

  /** Metadata, version 1, of all topics. */
  private static byte[] answerToAMetadataRequest(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] client = "raw".getBytes(UTF_8);
      out.writeInt(2 + 2 + 4 + 2 + client.length + 4);
      out.writeShort(3);
      out.writeShort(1);
      out.writeInt(7);
      out.writeShort(client.length);
      out.write(client);
      out.writeInt(-1);
      out.flush();
      return socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return new byte[0]; // closed by the broker with bytes of ours unread
    }
  }

  private static boolean writes(KafkaSettings login, String topic) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            login.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {1})).get();
      return true;
    } catch (ExecutionException | KafkaException e) {
      return refused(e.getCause()); // an idempotent producer may hear of it before it sends
    }
  }

  private static boolean reads(KafkaSettings login, String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            login.reader("test"), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      for (int polls = 0; polls < MOST_POLLS; polls++) {
        if (consumer.poll(Duration.ofMillis(100)).count() > 0) {
          return true;
        }
      }
      throw new AssertionError("Neither the record of " + topic + " came nor a refusal");
    } catch (AuthorizationException e) {
      return refused(e);
    }
  }

  private static boolean joins(KafkaSettings login, String group) throws Exception {
    try (Admin admin = Admin.create(login.admin("test"))) {
      admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return true;
    } catch (ExecutionException e) {
      return refused(e.getCause());
    }
  }

  private static boolean makes(KafkaSettings login, String topic) throws Exception {
    try (Admin admin = Admin.create(login.admin("test"))) {
      admin.createTopics(List.of(topic(topic))).all().get();
      return true;
    } catch (ExecutionException e) {
      return refused(e.getCause());
    }
  }

  /** Anything but a refusal is a failure of the test. */
  private static boolean refused(Throwable cause) {
    assertThat(cause)
        .isInstanceOfAny(AuthorizationException.class)
        .isNotInstanceOf(AuthenticationException.class);
    return false;
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty());
  }
}
