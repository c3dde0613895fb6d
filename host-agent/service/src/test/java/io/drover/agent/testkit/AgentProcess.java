package io.drover.agent.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.agent.Agent;
import io.drover.agent.AgentConfig;
import io.drover.agent.AgentEnvironment;
import io.drover.agent.RemoteServices;
import io.drover.agent.key.HostToken;
import io.drover.agent.key.SecretsClient;
import io.drover.contracts.id.IdSource;
import io.drover.contracts.message.KafkaSettings;
import io.drover.contracts.signature.GatewayKey;
import io.drover.contracts.signature.SchedulerKey;
import io.drover.contracts.time.TimeSource;
import io.drover.driver.DriverLayout;
import io.drover.driver.SharedHostFacts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An agent in a process of its own, so that a test can really kill it. Every key is the same to it,
 * and every image.
 */
public final class AgentProcess implements AutoCloseable {
  private static final String PASSPHRASE = "c2VjcmV0LW9mLXRoZS1raWxsZWQtYWdlbnQtMDAwMDA=";
  private static final int IMAGE_BYTES = 1 << 20;

  private final Process process;

  private AgentProcess(Process process) {
    this.process = process;
  }

  public static AgentProcess start(Path root, String kafka) throws IOException {
    SharedHostFacts.giveTo(DriverLayout.under(root));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                List.of(
                    java.toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classPath,
                    AgentProcess.class.getName(),
                    root.toString(),
                    kafka,
                    SchedulerKey.publicFile(root.resolveSibling("keys")).toString(),
                    GatewayKey.publicFile(root.resolveSibling("keys")).toString()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(root)))
            .start();
    return new AgentProcess(process);
  }

  /** The content of every image: nothing of it is zero, so that a copy takes its time. */
  public static byte[] image() {
    byte[] noise = new byte[IMAGE_BYTES];
    new Random(1).nextBytes(noise);
    return noise;
  }

  /** {@code kill -9}. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** {@code kill -9} after this time; it must not have ended by itself before. */
  public void killAfter(Duration time) throws InterruptedException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("The agent has ended by itself: " + process.exitValue());
    }
    kill();
  }

  /** SIGTERM. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      kill();
    }
  }

  private static File log(Path root) {
    return root.resolveSibling("agent.log").toFile();
  }

  public static void main(String[] arguments) throws InterruptedException {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 100, new DurationConverter())
            .withMapping(AgentConfig.class)
            .withDefaultValues(
                Map.of(
                    "drover.agent-root",
                    arguments[0],
                    "drover.kafka",
                    arguments[1],
                    "drover.qemu-user",
                    "root",
                    "drover.scheduler-keys-file",
                    arguments[2],
                    "drover.gateway-keys-file",
                    arguments[3],
                    "drover.agent-url",
                    "http://127.0.0.1:1",
                    "drover.gateway-url",
                    "http://127.0.0.1:1",
                    "drover.secrets-url",
                    "http://127.0.0.1:1"))
            .build();
    TimeSource clock = TimeSource.system();
    HostToken token = new HostToken(new NoIdentityProvider());
    SecretsClient secrets =
        new SecretsClient(
            (authorization, key, claim) -> ("{\"key\":\"" + PASSPHRASE + "\"}").getBytes(UTF_8),
            token,
            Duration.ofSeconds(1),
            clock);
    Agent agent =
        new Agent(
            config.getConfigMapping(AgentConfig.class),
            new RemoteServices(
                secrets, (authorization, image) -> new ByteArrayInputStream(image()), token),
            new AgentEnvironment(
                clock,
                IdSource.random(),
                new SimpleMeterRegistry(),
                OpenTelemetry.noop(),
                KafkaSettings.plain(arguments[1])));
    agent.start();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    agent.stop();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  stopped.countDown();
                }));
    stopped.await();
  }

  private static final class NoIdentityProvider implements OidcClient {
    @Override
    public Uni<Tokens> getTokens(Map<String, String> grant) {
      return Uni.createFrom()
          .item(
              new Tokens(
                  "none", Instant.now().getEpochSecond() + 3600, null, null, null, null, ""));
    }

    @Override
    public Uni<Tokens> refreshTokens(String token, Map<String, String> grant) {
      return getTokens(grant);
    }

    @Override
    public Uni<Boolean> revokeAccessToken(String token, Map<String, String> grant) {
      return Uni.createFrom().item(false);
    }

    @Override
    public void close() {}
  }
}
