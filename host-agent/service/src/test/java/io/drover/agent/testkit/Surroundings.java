package io.drover.agent.testkit;

import io.drover.contracts.message.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** What the whole agent needs around it: a broker, its peers, a root. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
  private static TestBroker broker;
  private static StubPeers peers;
  private static Path folder;

  public static TestBroker broker() {
    return broker;
  }

  public static StubPeers peers() {
    return peers;
  }

  public static Path root() {
    return folder.resolve("h");
  }

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("agent");
      broker =
          TestBroker.start(
              folder.resolve("kafka"),
              Topics.DOMAIN_EVENTS,
              Topics.QMP_EVENTS,
              Topics.HOST_REPORTS,
              Topics.DEAD_LETTERS);
      peers = new StubPeers();
    } catch (Exception e) {
      throw new IllegalStateException("The agent's surroundings cannot be started", e);
    }
    return Map.of(
        "drover.agent-root", root().toString(),
        "drover.kafka", broker.servers(),
        "drover.gateway-url", peers.url(),
        "drover.secrets-url", peers.url(),
        "drover.host-name", "test-host",
        "quarkus.oidc.auth-server-url", peers.realm(),
        "quarkus.oidc-client.credentials.secret", "secret",
        "quarkus.http.test-port", "0");
  }

  @Override
  public void stop() {
    peers.close();
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
