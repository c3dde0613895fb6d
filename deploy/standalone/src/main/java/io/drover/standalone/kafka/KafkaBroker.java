package io.drover.standalone.kafka;

import io.drover.contracts.message.KafkaSecurity;
import io.drover.contracts.message.KafkaSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * The real Kafka broker and controller in one, in this JVM, on loopback. Not a test double: the
 * suite speaks to it as to any cluster, with a login.
 */
public final class KafkaBroker {
  private final int port;
  private final BrokerUsers users;
  private final KafkaRaftServer server;

  private KafkaBroker(int port, BrokerUsers users, KafkaRaftServer server) {
    this.port = port;
    this.users = users;
    this.server = server;
  }

  /**
   * Formats the folder if it is new, then starts; returns when the users can log in.
   *
   * @param data kept between starts, records and offsets included; one that was made before there
   *     were logins gets its users now
   */
  public static KafkaBroker start(Path data, int port, int controllerPort, BrokerUsers users)
      throws IOException, InterruptedException {
    Files.createDirectories(data);
    BrokerSettings settings = new BrokerSettings(data, port, controllerPort);
    if (!Files.exists(data.resolve("log/meta.properties"))) {
      format(data, settings.withoutPasswords());
    }
    KafkaRaftServer server =
        new KafkaRaftServer(new KafkaConfig(settings.with(users), false), Time.SYSTEM);
    server.startup();
    KafkaBroker broker = new KafkaBroker(port, users, server);
    try {
      new UserRecords(settings.firstClient(users)).write(users);
      UserRecords.awaitLogin(broker.admin());
      return broker;
    } catch (IOException | InterruptedException | RuntimeException e) {
      broker.stop();
      throw e;
    }
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** How the launcher's own administrator reaches it. */
  public KafkaSettings admin() {
    return new KafkaSettings(bootstrapServers(), new KafkaSecurity(users.adminLogin(), null));
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
}
