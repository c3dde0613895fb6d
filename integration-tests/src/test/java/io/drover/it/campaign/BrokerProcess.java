package io.drover.it.campaign;

import io.drover.it.suite.RunningSuite;
import io.drover.standalone.cluster.Ports;
import io.drover.standalone.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The suite's broker, taken out of this JVM; the suite's own one must have been stopped. */
final class BrokerProcess {
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  /** Kafka writes something each second, and has halted soon after that failed. */
  private static final Duration HALT_DEADLINE = Duration.ofSeconds(5);

  private final RunningSuite suite;
  private volatile @Nullable ChildProcess process;

  BrokerProcess(RunningSuite suite) {
    this.suite = suite;
  }

  static Path folder(Path data) {
    return data.resolve("kafka");
  }

  ChildProcess process() {
    return Objects.requireNonNull(process, "the broker was not started");
  }

  /** Returns when its users can log in. */
  void start() throws IOException {
    Path data = suite.data();
    Path ready = data.resolve("run/kafka.ready");
    Files.deleteIfExists(ready);
    Ports ports = suite.suite().options().ports();
    ChildProcess started =
        ChildProcess.start(
            new ChildProcess.Spec(
                "kafka",
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                    BrokerMain.class.getName(),
                    folder(data).toString(),
                    Integer.toString(ports.of(Ports.Part.KAFKA)),
                    Integer.toString(ports.of(Ports.Part.KAFKA_CONTROLLER)),
                    ready.toString()),
                Map.of(
                    "CLASSPATH",
                    classPath(),
                    BrokerMain.PASSWORD,
                    suite.suite().credentials().of("kafka-admin")),
                data,
                suite.suite().logs().resolve("kafka.log"),
                data.resolve("run")));
    process = started;
    Awaitility.await("the broker; see kafka.log")
        .atMost(START_DEADLINE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> Files.exists(ready) || !started.alive());
    if (!started.alive()) {
      throw new IOException("The broker ended before it was ready; see " + started.log());
    }
  }

  /** A broker that found no room may be on its way to its end. */
  void restartIfEnded() throws IOException {
    if (process().exit().completeOnTimeout(-1, HALT_DEADLINE.toSeconds(), TimeUnit.SECONDS).join()
        >= 0) {
      System.out.println("  Kafka has halted its JVM, status " + process().exit().join());
      start();
    }
  }

  /** Ends it, if it runs. */
  void end() {
    ChildProcess running = process;
    if (running != null) {
      running.kill();
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
