package io.drover.agent.testkit;

import io.drover.contracts.message.Topics;
import io.drover.contracts.signature.GatewayKey;
import io.drover.contracts.signature.SchedulerKey;
import io.drover.driver.DriverLayout;
import io.drover.driver.SharedHostFacts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  /** Everything that was written to disk: the root, the broker's topics, the agent's log. */
  public static Path everything() {
    return folder;
  }

  @Override
  public Map<String, String> start() {
    Path keys;
    Path gateways;
    try {
      folder = Files.createTempDirectory("agent");
      SharedHostFacts.giveTo(DriverLayout.under(root()));
      keys = SchedulerKey.publicFile(folder);
      gateways = GatewayKey.publicFile(folder);
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
    return Map.ofEntries(
        Map.entry("drover.scheduler-keys-file", keys.toString()),
        Map.entry("drover.gateway-keys-file", gateways.toString()),
        Map.entry("drover.agent-root", root().toString()),
        Map.entry("drover.kafka", broker.servers()),
        Map.entry("drover.gateway-url", peers.url()),
        Map.entry("drover.secrets-url", peers.url()),
        Map.entry("drover.host-name", "test-host"),
        Map.entry("drover.qemu-user", "root"),
        Map.entry("quarkus.oidc.auth-server-url", peers.realm()),
        Map.entry("quarkus.oidc-client.credentials.secret", "secret"),
        Map.entry("quarkus.http.test-port", "0"),
        // As talkative as it gets, because a secret must not be in any log.
        Map.entry("quarkus.log.file.enable", "true"),
        Map.entry("quarkus.log.file.path", folder.resolve("agent.log").toString()),
        Map.entry("quarkus.log.file.level", "DEBUG"),
        Map.entry("quarkus.log.console.level", "INFO"),
        Map.entry("quarkus.log.category.\"io.drover\".level", "DEBUG"),
        Map.entry("quarkus.log.category.\"io.vertx\".level", "DEBUG"),
        Map.entry("quarkus.log.category.\"io.quarkus\".level", "DEBUG"),
        Map.entry("quarkus.log.category.\"org.jboss.resteasy\".level", "DEBUG"));
  }

  @Override
  public void stop() {
    peers.close();
    endGuests();
    broker.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Guests outlive the agent: those of a test that failed in the middle too. */
  private static void endGuests() {
    ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").contains("qemu-system"))
        .filter(
            process ->
                Arrays.stream(process.info().arguments().orElse(new String[0]))
                    .anyMatch(argument -> argument.contains(root() + "/")))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
