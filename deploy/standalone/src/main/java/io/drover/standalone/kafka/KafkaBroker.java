package io.drover.standalone.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The real Kafka broker and controller in one, in this JVM, on loopback. Not a test double: the
 * suite speaks to it as to any cluster.
 */
public final class KafkaBroker {
  private final int port;
  private final KafkaRaftServer server;

  private KafkaBroker(int port, KafkaRaftServer server) {
    this.port = port;
    this.server = server;
  }

  /**
   * Formats the folder if it is new, then starts; returns when the broker takes connections.
   *
   * @param data kept between starts, records and offsets included
   */
  public static KafkaBroker start(Path data, int port, int controllerPort) throws IOException {
    Files.createDirectories(data);
    Properties properties = properties(data, port, controllerPort);
    if (!Files.exists(data.resolve("log/meta.properties"))) {
      format(data, properties);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(port, server);
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Controlled shutdown; takes about two seconds. */
  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path data, Properties properties) throws IOException {
    Path configuration = data.resolve("broker.properties");
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Files.writeString(configuration, text.toString());
    String[] arguments = {
      "format", "-t", Uuid.randomUuid().toString(), "-c", configuration.toString(), "-g"
    };
    int status =
        StorageTool.execute(
            arguments,
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IOException("Kafka's storage in " + data + " cannot be formatted: " + status);
    }
  }

  private static Properties properties(Path data, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles", "broker,controller",
            "node.id", "1",
            "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
            "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
            "controller.listener.names", "CONTROLLER",
            "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs", data.resolve("log").toString(),
            "auto.create.topics.enable", "false"));
    // One broker: nothing can have a second replica.
    properties.putAll(
        Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1"));
    // Short sessions: after a kill the controller lets the same broker in again within seconds.
    properties.putAll(
        Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "broker.session.timeout.ms", "2000",
            "broker.heartbeat.interval.ms", "500",
            "log.cleaner.dedupe.buffer.size", "4194304"));
    return properties;
  }
}
