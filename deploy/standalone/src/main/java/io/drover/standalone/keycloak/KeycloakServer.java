package io.drover.standalone.keycloak;

import io.drover.standalone.process.ChildProcess;
import io.drover.standalone.process.ClassArchive;
import io.drover.standalone.process.HttpReadiness;
import io.drover.standalone.process.OwnerFiles;
import io.drover.standalone.process.QuarkusApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keycloak as a process of its own. The first start unpacks the distribution and lets Keycloak
 * build itself for this configuration (about 20 s); later starts take some seconds.
 */
public final class KeycloakServer {
  private static final Duration BUILD_DEADLINE = Duration.ofMinutes(5);
  private static final Duration START_DEADLINE = Duration.ofMinutes(3);
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);
  private static final Duration ARCHIVING_DEADLINE = Duration.ofSeconds(90);

  /** What the realm has that older ones have not. */
  private static final String GROUP_PATHS = "group-paths\n";

  private static final String MAIN = "org.keycloak.quarkus.runtime.KeycloakMain";

  private static final List<String> JVM =
      List.of(
          "-Xms64m",
          "-Xmx256m",
          "-XX:MaxNewSize=16m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dfile.encoding=UTF-8",
          "-Djava.net.preferIPv4Stack=true",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
          "--add-opens=java.base/java.security=ALL-UNNAMED",
          "-Dpicocli.disable.closures=true");

  private final Settings settings;
  private final ClassArchive archive;
  private volatile ChildProcess process;
  private volatile boolean wasReady;

  private KeycloakServer(Settings settings, ClassArchive archive, ChildProcess process) {
    this.settings = settings;
    this.archive = archive;
    this.process = process;
  }

  /**
   * What a start needs.
   *
   * @param archive the distribution's zip
   * @param home where it is unpacked; its {@code data} folder keeps users and sessions
   * @param realm the realm file; imported when the realm does not exist yet
   * @param archives where class archives are kept
   * @param environment fills the realm's placeholders, and the bootstrap administrator; needed
   *     until the realm was imported
   */
  public record Settings(
      Path java,
      Path archive,
      Path home,
      Path realm,
      Optional<Path> archives,
      Path logs,
      Path run,
      int port,
      Map<String, String> environment) {}

  /** Unpacks and builds what is missing and starts; {@link #awaitReady} waits for it. */
  public static KeycloakServer start(Settings settings) throws IOException, InterruptedException {
    unpack(settings);
    build(settings);
    ClassArchive archive =
        ClassArchive.of(settings.archives(), "keycloak", settings.home().resolve("lib"));
    return new KeycloakServer(settings, archive, launchServer(settings, archive));
  }

  /** Starts it again after it exited; {@link #awaitReady} waits for it. */
  public void restart() throws IOException {
    wasReady = false;
    process = launchServer(settings, archive);
  }

  private static ChildProcess launchServer(Settings settings, ClassArchive archive)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("start", "--optimized", "--cache=local"));
    arguments.addAll(List.of("--http-enabled=true", "--http-host=127.0.0.1"));
    arguments.add("--http-port=" + settings.port());
    // A fixed name: tokens have the same issuer however the caller wrote the address.
    arguments.add("--hostname=http://127.0.0.1:" + settings.port());
    Map<String, String> environment = Map.of();
    if (!Files.exists(imported(settings))) {
      Path imports = settings.home().resolve("data/import");
      Files.createDirectories(imports);
      Files.copy(
          settings.realm(),
          imports.resolve("drover-realm.json"),
          StandardCopyOption.REPLACE_EXISTING);
      arguments.add("--import-realm");
      environment = settings.environment();
    }
    List<String> flags = new ArrayList<>(archive.flags());
    flags.add(MAIN);
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(new QuarkusApplication(settings.home().resolve("lib")).environment());
    return launch(settings, "keycloak", flags, arguments, variables);
  }

  /** Returns when the realm answers. */
  public void awaitReady() throws IOException, InterruptedException {
    new HttpReadiness().await(process, realmUrl(), START_DEADLINE);
    wasReady = true;
    if (!Files.exists(imported(settings))) {
      Files.writeString(imported(settings), GROUP_PATHS);
    }
  }

  /**
   * Makes a realm that an older realm file was imported from what today's is; once.
   *
   * @param password the administrator's
   */
  public void bringUpToDate(String password) throws IOException, InterruptedException {
    if (!Files.readString(imported(settings)).equals(GROUP_PATHS)) {
      RealmAdministration.open(realmUrl(), password).requireGroupPaths();
      Files.writeString(imported(settings), GROUP_PATHS);
    }
  }

  /** The issuer of Drover's tokens. */
  public URI realmUrl() {
    return URI.create("http://127.0.0.1:" + settings.port() + "/realms/drover");
  }

  public ChildProcess process() {
    return process;
  }

  /** Ends it in order; takes some seconds longer when it writes its class archive. */
  public void stop() {
    boolean byItself = process.stop(archive.missing() ? ARCHIVING_DEADLINE : STOP_DEADLINE);
    archive.ended(byItself && wasReady);
  }

  /** Beside the database, so that an empty one imports again. */
  private static Path imported(Settings settings) {
    return settings.home().resolve("data/imported");
  }

  private static void unpack(Settings settings) throws IOException {
    if (Files.exists(settings.home().resolve("lib/quarkus-run.jar"))) {
      return;
    }
    Path unfinished = settings.home().resolveSibling(settings.home().getFileName() + ".unfinished");
    Path inside = new Archive(settings.archive()).unpackInto(unfinished);
    Files.move(inside, settings.home(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Keycloak bakes its build options into its jars; the marker says that it has. */
  private static void build(Settings settings) throws IOException, InterruptedException {
    Path marker = settings.home().resolve("built");
    if (Files.exists(marker)) {
      return;
    }
    ChildProcess builder =
        launch(
            settings,
            "keycloak-build",
            List.of(
                "-cp",
                settings.home().resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"),
            List.of(
                "build",
                "--db=dev-file",
                "--cache=local",
                "--health-enabled=false",
                "--metrics-enabled=false"),
            Map.of());
    try {
      int status =
          builder.exit().get(BUILD_DEADLINE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
      if (status != 0) {
        throw new IOException("Keycloak cannot build itself; see " + builder.log());
      }
      OwnerFiles.close(settings.home()); // it opens what it has built to all users
      Files.createFile(marker);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("Keycloak did not build itself in time; see " + builder.log(), e);
    } finally {
      builder.stop(STOP_DEADLINE);
    }
  }

  private static ChildProcess launch(
      Settings settings,
      String name,
      List<String> flags,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(settings.java().toString()));
    command.addAll(JVM);
    command.addAll(QuarkusApplication.flags());
    command.add("-Dkc.home.dir=" + settings.home());
    command.add("-Djboss.server.config.dir=" + settings.home().resolve("conf"));
    command.addAll(flags);
    command.addAll(arguments);
    Path log = settings.logs().resolve(name + ".log");
    return ChildProcess.start(
        new ChildProcess.Spec(name, command, environment, settings.home(), log, settings.run()));
  }
}
