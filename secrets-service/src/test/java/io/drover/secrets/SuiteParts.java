package io.drover.secrets;

import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.SchedulerKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real PostgreSQL and a real Kafka broker for the tests of this service. */
public class SuiteParts implements QuarkusTestResourceLifecycleManager {
  private EmbeddedPostgres postgres;
  private KafkaRaftServer kafka;
  private Path kafkaFolder;

  @Override
  public Map<String, String> start() {
    try {
      postgres = EmbeddedPostgres.builder().start();
      String bootstrap = startKafka();
      Map<String, String> settings = new HashMap<>();
      settings.put("DROVER_SCHEDULER_KEYS_FILE", SchedulerKey.publicFile(kafkaFolder).toString());
      settings.put("DROVER_BUS_KEYS_FILE", BusKey.file(kafkaFolder).toString());
      settings.putAll(
          Map.of(
              "DROVER_PG_URL", postgres.getJdbcUrl("postgres", "postgres"),
              "DROVER_PG_USER", "postgres",
              "DROVER_PG_PASSWORD", "postgres",
              "DROVER_KAFKA", bootstrap,
              "DROVER_OIDC_URL", "${keycloak.url}/realms/quarkus/",
              "quarkus.oidc.token.audience", "https://service.example.com",
              "drover.secrets.root-key", Base64.getEncoder().encodeToString(new byte[32]),
              // Longer than a slow machine takes to bring a grant; only tests of refusals wait it
              // out.
              "drover.secrets.grant-patience", "10S",
              "quarkus.otel.sdk.disabled", "true",
              "quarkus.http.test-port", "0"));
      return settings;
    } catch (Exception e) {
      throw new IllegalStateException("The parts under the test did not start", e);
    }
  }

  private String startKafka() throws Exception {
    kafkaFolder = Files.createTempDirectory("kafka-");
    int port = freePort();
    int controller = freePort();
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
            "controller.quorum.voters", "1@127.0.0.1:" + controller,
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs", kafkaFolder.resolve("log").toString(),
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1"));
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    Path file = kafkaFolder.resolve("broker.properties");
    try (var out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    StorageTool.execute(
        new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
        new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    kafka = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    kafka.startup();
    String bootstrap = "127.0.0.1:" + port;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic("drover.domain-events", 1, (short) 1),
                  new NewTopic("drover.placements", 1, (short) 1),
                  new NewTopic("drover.audit", 1, (short) 1),
                  new NewTopic("drover.dead-letters", 1, (short) 1)))
          .all()
          .get();
    }
    return bootstrap;
  }

  @Override
  public void stop() {
    kafka.shutdown();
    kafka.awaitShutdown();
    try {
      postgres.close();
      try (var files = Files.walk(kafkaFolder)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
