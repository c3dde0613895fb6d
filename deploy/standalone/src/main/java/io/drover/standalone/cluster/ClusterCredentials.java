package io.drover.standalone.cluster;

import io.drover.contracts.id.HostId;
import io.drover.contracts.message.SecretText;
import io.drover.standalone.kafka.AclPlan;
import io.drover.standalone.kafka.BrokerUsers;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/**
 * The suite's own passwords and client secrets: random, made at the first start, kept in a 0600
 * file in the data folder, never committed. Prints nothing of them.
 */
public final class ClusterCredentials {
  private static final List<String> NAMES =
      List.of(
          "postgres",
          "gateway-db",
          "scheduler-db",
          "secrets-db",
          "keycloak-admin",
          "host-client",
          "traces",
          "automation-client",
          "kafka-admin",
          "kafka-gateway",
          "kafka-scheduler",
          "kafka-secrets",
          "kafka-host",
          "kafka-automation",
          "alice",
          "bob",
          "olga");
  private static final List<String> KAFKA_PARTS =
      List.of("gateway", "scheduler", "secrets", "automation");
  private static final int SHORT_BYTES = 12;
  private static final int ROOT_KEY_BYTES = 32;

  private final Properties values;
  private final Path rootKeyFile;
  private final SigningKeys schedulerKeys;
  private final SigningKeys gatewayKeys;
  private final BusKeyFiles busKeys;

  private ClusterCredentials(
      Properties values,
      Path rootKeyFile,
      SigningKeys schedulerKeys,
      SigningKeys gatewayKeys,
      BusKeyFiles busKeys) {
    this.values = values;
    this.rootKeyFile = rootKeyFile;
    this.schedulerKeys = schedulerKeys;
    this.gatewayKeys = gatewayKeys;
    this.busKeys = busKeys;
  }

  /** Reads them from {@code folder}, making those that are missing. */
  public static ClusterCredentials load(Path folder, SecureRandom random) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path file = folder.resolve("credentials.properties");
    Properties values = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        values.load(reader);
      }
    }
    for (String name : NAMES) {
      values.computeIfAbsent(name, missing -> text(random, SHORT_BYTES));
    }
    values.computeIfAbsent("host-id", missing -> hostId(random));
    for (int number = 2; number <= ClusterOptions.MAX_HOSTS; number++) {
      ClusterHost host = new ClusterHost(number);
      values.computeIfAbsent(host.idCredential(), missing -> hostId(random));
      values.computeIfAbsent(host.clientCredential(), missing -> text(random, SHORT_BYTES));
      values.computeIfAbsent(host.kafkaCredential(), missing -> text(random, SHORT_BYTES));
    }
    StringWriter text = new StringWriter();
    values.store(text, "Made by ./run; readable by its owner alone");
    PrivateFile.write(file, text.toString());
    Path rootKey = folder.resolve("root.key");
    if (!Files.exists(rootKey)) {
      byte[] key = new byte[ROOT_KEY_BYTES];
      random.nextBytes(key);
      PrivateFile.write(rootKey, Base64.getEncoder().encodeToString(key) + "\n");
    }
    return new ClusterCredentials(
        values,
        rootKey,
        SigningKeys.load(folder, "scheduler", random),
        SigningKeys.load(folder, "gateway", random),
        BusKeyFiles.load(folder, hostIds(values), random));
  }

  private static Map<Integer, HostId> hostIds(Properties values) {
    Map<Integer, HostId> ids = new LinkedHashMap<>();
    for (int number = 1; number <= ClusterOptions.MAX_HOSTS; number++) {
      String credential = new ClusterHost(number).idCredential();
      ids.put(number, HostId.parse(values.getProperty(credential)));
    }
    return ids;
  }

  /** The password or client secret of that name. */
  public String of(String name) {
    String value = values.getProperty(name);
    if (value == null) {
      throw new IllegalArgumentException("No credential is called " + name);
    }
    return value;
  }

  /** Who may log in at Kafka: the parts by their names, the hosts by their ids. */
  BrokerUsers kafkaUsers(List<ClusterHost> hosts) {
    Map<String, SecretText> users = new LinkedHashMap<>();
    for (String part : KAFKA_PARTS) {
      users.put(part, new SecretText(of("kafka-" + part)));
    }
    for (ClusterHost host : hosts) {
      users.put(AclPlan.principalOf(hostId(host)), new SecretText(of(host.kafkaCredential())));
    }
    return new BrokerUsers(new SecretText(of("kafka-admin")), users);
  }

  /** The first host, which is this machine. */
  public HostId hostId() {
    return hostId(new ClusterHost(1));
  }

  /**
   * One of the suite's hosts.
   *
   * @param number from 1
   */
  public HostId hostId(int number) {
    return hostId(new ClusterHost(number));
  }

  HostId hostId(ClusterHost host) {
    return HostId.parse(of(host.idCredential()));
  }

  /** The file with the secrets-service's root key, base64 of 32 bytes. */
  public Path rootKeyFile() {
    return rootKeyFile;
  }

  /** By which the scheduler signs, and the hosts check. */
  SigningKeys schedulerKeys() {
    return schedulerKeys;
  }

  /** By which the gateway signs tickets for consoles, and the hosts check. */
  SigningKeys gatewayKeys() {
    return gatewayKeys;
  }

  /** By which hosts and the gateway seal what they say, and the services check. */
  BusKeyFiles busKeys() {
    return busKeys;
  }

  /** The file with the bus' key: base64 of 32 bytes. */
  public Path busKeyFile() {
    return busKeys.file();
  }

  @Override
  public String toString() {
    return "ClusterCredentials[***]";
  }

  private static String text(SecureRandom random, int bytes) {
    byte[] value = new byte[bytes];
    random.nextBytes(value);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
  }

  /** A random (version 4) UUID. */
  private static String hostId(SecureRandom random) {
    long most = (random.nextLong() & 0xffffffffffff0fffL) | 0x4000L;
    long least = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }
}
