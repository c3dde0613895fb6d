package io.drover.gateway.support;

import io.drover.contracts.signature.BusKey;
import io.drover.contracts.signature.GatewayKey;
import io.drover.contracts.signature.SchedulerKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** What the gateway stands on: a database, a broker and a folder for images, all real. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
  private Path folder;
  private EmbeddedKafka kafka;
  private EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    Path keys;
    Path own;
    Path bus;
    try {
      folder = Files.createTempDirectory("drover-gateway-test");
      keys = SchedulerKey.publicFile(folder);
      bus = BusKey.file(folder);
      own = GatewayKey.privateFile(folder);
      kafka = new EmbeddedKafka(folder.resolve("kafka"));
      database = new EmbeddedDatabase(folder.resolve("postgres"));
      kafka.start();
      kafka.createTopics();
      database.start();
    } catch (IOException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return Map.of(
        "gateway.scheduler-keys-file", keys.toString(),
        "gateway.key-file", own.toString(),
        "gateway.bus-keys-file", bus.toString(),
        "kafka.bootstrap.servers", kafka.bootstrap(),
        "quarkus.datasource.jdbc.url", database.url(),
        "quarkus.datasource.username", "postgres",
        "quarkus.datasource.password", "postgres",
        "gateway.image-dir", folder.resolve("images").toString());
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(kafka, new TestInjector.MatchesType(EmbeddedKafka.class));
    injector.injectIntoFields(database, new TestInjector.MatchesType(EmbeddedDatabase.class));
  }

  @Override
  public void stop() {
    try {
      try {
        kafka.stop();
      } finally {
        database.stop();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
