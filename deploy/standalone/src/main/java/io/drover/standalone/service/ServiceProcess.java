package io.drover.standalone.service;

import io.drover.standalone.process.ChildProcess;
import io.drover.standalone.process.HttpReadiness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One Quarkus service as a JVM of its own. The first start with a new build writes an archive of
 * loaded classes at its end (CDS), from which later starts are a third faster.
 */
public final class ServiceProcess {
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private final Settings settings;
  private ChildProcess process;

  private ServiceProcess(Settings settings, ChildProcess process) {
    this.settings = settings;
    this.process = process;
  }

  /**
   * What a start needs.
   *
   * @param application the folder {@code target/quarkus-app}
   * @param archives where class archives are kept
   */
  public record Settings(
      String name,
      Path java,
      Path application,
      Path archives,
      Path logs,
      Path run,
      int port,
      Map<String, String> environment) {}

  /** Starts the service; {@link #awaitReady} waits for it. */
  public static ServiceProcess start(Settings settings) throws IOException {
    return new ServiceProcess(settings, launch(settings));
  }

  /** Starts it again after {@link ChildProcess#kill} or {@link #stop}. */
  public void restart() throws IOException {
    process = launch(settings);
  }

  /** Returns when its readiness check answers 200. */
  public void awaitReady() throws IOException, InterruptedException {
    new HttpReadiness().await(process, url().resolve("/q/health/ready"), START_DEADLINE);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + settings.port());
  }

  public String name() {
    return settings.name();
  }

  public ChildProcess process() {
    return process;
  }

  public void stop() {
    process.stop(STOP_DEADLINE);
  }

  private static ChildProcess launch(Settings settings) throws IOException {
    Path jar = settings.application().resolve("quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing; build it with `mvn -Dquick package`");
    }
    List<String> command = new ArrayList<>(List.of(settings.java().toString()));
    command.addAll(
        List.of("-Xms32m", "-Xmx128m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(classArchive(settings, jar));
    command.addAll(List.of("-jar", jar.toString()));
    Path log = settings.logs().resolve(settings.name() + ".log");
    return ChildProcess.start(
        new ChildProcess.Spec(
            settings.name(),
            command,
            settings.environment(),
            settings.application(),
            log,
            settings.run()));
  }

  private static List<String> classArchive(Settings settings, Path jar) throws IOException {
    Files.createDirectories(settings.archives());
    String stamp = Long.toHexString(Files.getLastModifiedTime(jar).toMillis());
    Path archive = settings.archives().resolve(settings.name() + "-" + stamp + ".jsa");
    if (Files.exists(archive)) {
      return List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:cds=off");
    }
    try (Stream<Path> old = Files.list(settings.archives())) {
      for (Path path : old.toList()) {
        if (path.getFileName().toString().startsWith(settings.name() + "-")) {
          Files.delete(path);
        }
      }
    }
    return List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
  }
}
