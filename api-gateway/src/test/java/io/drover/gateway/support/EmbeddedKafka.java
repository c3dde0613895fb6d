package io.drover.gateway.support;

import io.drover.contracts.message.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real broker in this JVM, on a fixed port, that can be stopped and started again. */
public final class EmbeddedKafka {
  private static final int PARTITIONS = 3;

  private final Path folder;
  private final int port = Ports.free();
  private final int controller = Ports.free();
  private KafkaRaftServer server;

  public EmbeddedKafka(Path folder) {
    this.folder = folder;
  }

  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  public void start() {
    Properties settings = settings();
    Path log = folder.resolve("log");
    if (!Files.exists(log.resolve("meta.properties"))) {
      format(settings);
    }
    server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
  }

  public void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
      server = null;
    }
  }

  public void createTopics() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
      admin
          .createTopics(
              List.of(
                  topic(Topics.DOMAIN_COMMANDS),
                  topic(Topics.DOMAIN_EVENTS),
                  topic(Topics.PLACEMENTS),
                  topic(Topics.DOMAIN_STATE),
                  topic(Topics.INVENTORY),
                  topic(Topics.HOSTS),
                  topic(Topics.DEAD_LETTERS)))
          .all()
          .get();
    }
  }

  private static NewTopic topic(String name) {
    return new NewTopic(name, PARTITIONS, (short) 1);
  }

  private Properties settings() {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", folder.resolve("log").toString());
    for (String one :
        List.of(
            "offsets.topic.replication.factor",
            "offsets.topic.num.partitions",
            "transaction.state.log.replication.factor",
            "transaction.state.log.min.isr",
            "transaction.state.log.num.partitions",
            "share.coordinator.state.topic.num.partitions")) {
      settings.put(one, "1");
    }
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("auto.create.topics.enable", "false");
    return settings;
  }

  private void format(Properties settings) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("server.properties");
      try (OutputStream out = Files.newOutputStream(file)) {
        settings.store(out, "test broker");
      }
      StorageTool.execute(
          new String[] {
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            file.toString(),
            "--ignore-formatted"
          },
          new PrintStream(OutputStream.nullOutputStream()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
