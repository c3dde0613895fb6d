package io.drover.standalone.service;

import io.drover.standalone.process.ChildProcess;
import io.drover.standalone.process.ClassArchive;
import io.drover.standalone.process.HttpReadiness;
import io.drover.standalone.process.QuarkusApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One Quarkus service as a JVM of its own. The first start with a new build writes an archive of
 * loaded classes at its end (CDS), from which later starts are a third faster.
 */
public final class ServiceProcess {
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(20);

  private static final Duration ARCHIVING_DEADLINE = Duration.ofSeconds(90);

  private volatile Settings settings;
  private final ClassArchive archive;
  private volatile ChildProcess process;
  private volatile boolean wasReady;

  private ServiceProcess(Settings settings, ClassArchive archive) throws IOException {
    this.settings = settings;
    this.archive = archive;
    this.process = launch(settings, archive);
  }

  /**
   * What a start needs.
   *
   * @param application the folder {@code target/quarkus-app}
   * @param archives where class archives are kept
   * @param prefix the command that enters where the service runs; none for the machine itself
   */
  public record Settings(
      String name,
      Path java,
      Path application,
      Optional<Path> archives,
      Path logs,
      Path run,
      int port,
      Map<String, String> environment,
      List<String> prefix) {
    private Settings with(Map<String, String> more) {
      Map<String, String> all = new HashMap<>(environment);
      all.putAll(more);
      return new Settings(
          name, java, application, archives, logs, run, port, Map.copyOf(all), prefix);
    }
  }

  /** Starts the service; {@link #awaitReady} waits for it. */
  public static ServiceProcess start(Settings settings) throws IOException {
    ClassArchive archive =
        ClassArchive.of(settings.archives(), settings.name(), settings.application());
    return new ServiceProcess(settings, archive);
  }

  /** Starts it again after {@link ChildProcess#kill} or {@link #stop}. */
  public void restart() throws IOException {
    wasReady = false;
    process = launch(settings, archive);
  }

  /** Starts it again with more in its environment, which each later start has as well. */
  public void restart(Map<String, String> more) throws IOException {
    settings = settings.with(more);
    restart();
  }

  /** Returns when its readiness check answers 200. */
  public void awaitReady() throws IOException, InterruptedException {
    new HttpReadiness().await(process, url().resolve("/q/health/ready"), START_DEADLINE);
    wasReady = true;
  }

  /** Returns when a gauge without labels is this high, by its name in Prometheus. */
  public void awaitAtLeast(String gauge, double value) throws IOException, InterruptedException {
    Pattern line = Pattern.compile("(?m)^" + Pattern.quote(gauge) + " (\\S+)$");
    new HttpReadiness()
        .await(
            process,
            url().resolve("/q/metrics"),
            START_DEADLINE,
            metrics -> {
              Matcher found = line.matcher(metrics);
              return found.find() && Double.parseDouble(found.group(1)) >= value;
            });
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

  /** Ends it in order; takes some seconds longer when it writes its class archive. */
  public void stop() {
    boolean byItself = process.stop(archive.missing() ? ARCHIVING_DEADLINE : STOP_DEADLINE);
    archive.ended(byItself && wasReady);
  }

  private static ChildProcess launch(Settings settings, ClassArchive archive) throws IOException {
    QuarkusApplication application = new QuarkusApplication(settings.application());
    if (!application.exists()) {
      throw new IOException(
          settings.application() + " is missing; build it with `mvn -Dquick package`");
    }
    List<String> command = new ArrayList<>(settings.prefix());
    command.add(settings.java().toString());
    command.addAll(
        List.of("-Xms32m", "-Xmx128m", "-XX:MaxNewSize=12m", "-Xss512k", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(archive.flags());
    command.addAll(QuarkusApplication.flags());
    command.add(application.mainClass());
    Map<String, String> environment = new HashMap<>(settings.environment());
    environment.putAll(application.environment());
    Path log = settings.logs().resolve(settings.name() + ".log");
    return ChildProcess.start(
        new ChildProcess.Spec(
            settings.name(), command, environment, settings.application(), log, settings.run()));
  }
}
