package io.drover.scheduler;

import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.SchedulerKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real PostgreSQL and a real Kafka broker, on free ports. */
public class SuiteParts implements QuarkusTestResourceLifecycleManager {
  private static final List<Logger> QUIET =
      Stream.of("kafka", "org.apache.kafka", "state.change.logger").map(Logger::getLogger).toList();

  private EmbeddedPostgres postgres;
  private KafkaRaftServer kafka;
  private Path folder;

  @Override
  public Map<String, String> start() {
    QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
    try {
      postgres = EmbeddedPostgres.builder().start();
      String bootstrap = startKafka();
      return Map.ofEntries(
          Map.entry("DROVER_BUS_KEYS_FILE", BusKey.file(folder).toString()),
          Map.entry("DROVER_SCHEDULER_KEY_FILE", SchedulerKey.privateFile(folder).toString()),
          Map.entry("DROVER_PG_URL", postgres.getJdbcUrl("postgres", "postgres")),
          Map.entry("DROVER_PG_USER", "postgres"),
          Map.entry("DROVER_PG_PASSWORD", "postgres"),
          Map.entry("DROVER_KAFKA", bootstrap),
          Map.entry("drover.test.kafka", bootstrap),
          Map.entry("quarkus.otel.sdk.disabled", "false"),
          Map.entry("quarkus.otel.bsp.schedule.delay", "1H"),
          // The host of a test reports once; on a slow machine the test is longer than 15 seconds.
          Map.entry("scheduler.host-down-after", "PT10M"),
          Map.entry("quarkus.http.test-port", "0"));
    } catch (Exception e) {
      throw new IllegalStateException("The parts under the test did not start", e);
    }
  }

  private String startKafka() throws Exception {
    folder = Files.createTempDirectory("kafka-");
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
            "log.dirs", folder.resolve("log").toString(),
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "auto.create.topics.enable", "false"));
    properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("group.initial.rebalance.delay.ms", "0");
    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
    Path file = folder.resolve("broker.properties");
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    }
    StorageTool.execute(
        new String[] {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()},
        new PrintStream(OutputStream.nullOutputStream()));
    kafka = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    kafka.startup();
    String bootstrap = "127.0.0.1:" + port;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(
              Stream.of(
                      Topics.DOMAIN_COMMANDS,
                      Topics.DOMAIN_EVENTS,
                      Topics.PLACEMENTS,
                      Topics.HOST_REPORTS,
                      Topics.HOSTS,
                      Topics.DEAD_LETTERS)
                  .map(name -> new NewTopic(name, 1, (short) 1))
                  .toList())
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
      List<Path> left;
      try (Stream<Path> files = Files.walk(folder)) {
        left = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : left) {
        Files.deleteIfExists(path);
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
