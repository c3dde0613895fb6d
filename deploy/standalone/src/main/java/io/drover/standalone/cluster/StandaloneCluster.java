package io.drover.standalone.cluster;

import io.drover.contracts.message.SecretText;
import io.drover.standalone.cluster.Ports.Part;
import io.drover.standalone.kafka.AclPlan;
import io.drover.standalone.kafka.KafkaBroker;
import io.drover.standalone.kafka.TopicPlan;
import io.drover.standalone.keycloak.KeycloakServer;
import io.drover.standalone.keycloak.RealmAdministration;
import io.drover.standalone.postgres.PostgresServer;
import io.drover.standalone.process.ChildProcess;
import io.drover.standalone.process.Leftovers;
import io.drover.standalone.process.ProcessMemory;
import io.drover.standalone.service.ServiceProcess;
import io.drover.standalone.trace.TraceSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole suite on one machine: PostgreSQL, Kafka, Keycloak, the four services and their traces,
 * each real. Closing it ends the parts in the reverse order of their start and leaves guests
 * running. For the launcher and for integration tests, which also stop, kill and restart parts.
 */
public final class StandaloneCluster implements AutoCloseable {
  private final ClusterOptions options;
  private final ClusterCredentials credentials;
  private final UndoSteps undo = new UndoSteps();
  private final long begun = System.nanoTime();
  private final StartProgress progress;
  private final DataFolderLock lock;
  private final ClusterServices services;

  // Set by open() on the way; a part that failed to start never lets open() return.
  private volatile @Nullable TraceSink traces;
  private volatile @Nullable PostgresServer postgres;
  private volatile @Nullable KafkaBroker kafka;
  private volatile @Nullable KeycloakServer keycloak;
  private volatile @Nullable Supervision supervision;

  private StandaloneCluster(
      ClusterOptions options,
      ClusterCredentials credentials,
      StartProgress progress,
      DataFolderLock lock) {
    this.options = options;
    this.credentials = credentials;
    this.progress = progress;
    this.lock = lock;
    this.services = new ClusterServices(options, undo);
  }

  /**
   * Starts everything and returns when all parts are ready.
   *
   * @throws IOException names the part and its log; whatever had started is stopped again
   */
  public static StandaloneCluster start(ClusterOptions options, StartProgress progress)
      throws IOException, InterruptedException {
    DataFolder.close(options.data()).forEach(progress::note);
    Files.createDirectories(options.logs());
    Files.createDirectories(options.run());
    ClusterCredentials credentials =
        ClusterCredentials.load(options.data().resolve("private"), new SecureRandom());
    DataFolderLock lock = DataFolderLock.take(options.run());
    StandaloneCluster suite = new StandaloneCluster(options, credentials, progress, lock);
    try {
      Leftovers.end(options.run());
      suite.open();
      return suite;
    } catch (IOException | InterruptedException | RuntimeException e) {
      suite.close();
      throw e;
    }
  }

  /**
   * Ends what a killed launcher left running in this data folder, so that its ports are free to
   * choose again.
   *
   * @return the names of what was ended
   * @throws IOException when a launcher runs there
   */
  public static List<String> endLeftovers(Path data) throws IOException {
    Path run = data.resolve("run");
    Files.createDirectories(run);
    try (DataFolderLock lock = DataFolderLock.take(run)) {
      List<String> ended = Leftovers.end(run);
      ClusterNetwork.removeAll(data);
      return ended;
    }
  }

  /** The process whose suite runs in the data folder; empty when none does. */
  public static Optional<ProcessHandle> launcher(Path data) throws IOException {
    return DataFolderLock.holder(data.resolve("run"));
  }

  private void open() throws IOException, InterruptedException {
    TraceSink sink = TraceSink.start(options.traces(new SecretText(credentials.of("traces"))));
    traces = sink;
    undo.add(sink::close);
    HostFolder folder = HostFolder.prepare(options.data(), progress);
    Environment environment =
        new Environment(
            options,
            credentials,
            sink.endpoint(),
            folder,
            QemuAccount.prepare(options.settings()),
            DiskShare.measure(folder, options));
    try (ParallelStart starts = new ParallelStart()) {
      // Keycloak takes longest, so it goes first. The services wait for it by themselves, but not
      // for as long as its very first start may take.
      boolean kept = Files.exists(options.data().resolve("keycloak/data/imported"));
      CompletableFuture<Void> keycloakUp = starts.begin(() -> startKeycloak(environment));
      CompletableFuture<Void> postgresUp = starts.begin(this::startPostgres);
      CompletableFuture<Void> kafkaUp = starts.begin(this::startKafka);
      ParallelStart.join(postgresUp);
      ParallelStart.join(kafkaUp);
      if (!kept) {
        ParallelStart.join(keycloakUp);
      }
      if (options.hosts() > 1) {
        ParallelStart.join(keycloakUp);
        makeLogins();
      }
      services.start(environment);
      List<CompletableFuture<Void>> servicesUp =
          services.all().stream().map(service -> starts.begin(() -> await(service))).toList();
      ParallelStart.join(keycloakUp);
      for (CompletableFuture<Void> up : servicesUp) {
        ParallelStart.join(up);
      }
      // An agent is ready before the scheduler has read its report; a domain would find no host.
      service("scheduler").awaitAtLeast("drover_hosts_up", options.hosts());
      checkAlive();
    }
  }

  /** An answer may have been another program's, which took the port at the same moment. */
  private void checkAlive() throws IOException {
    for (ChildProcess process : processes().toList()) {
      if (!process.alive()) {
        throw new IOException(process.name() + " has ended by itself; see " + process.log());
      }
    }
  }

  private void await(ServiceProcess service) throws IOException, InterruptedException {
    service.awaitReady();
    ready(service.name());
  }

  private void startKeycloak(Environment environment) throws IOException, InterruptedException {
    KeycloakServer server =
        KeycloakServer.start(
            new KeycloakServer.Settings(
                options.java(),
                options.checkout().resolve("deploy/standalone/target/keycloak/keycloak.zip"),
                options.data().resolve("keycloak"),
                options.checkout().resolve("deploy/keycloak/drover-realm.json"),
                options.archives(),
                options.logs(),
                options.run(),
                options.ports().of(Part.KEYCLOAK),
                environment.keycloak()));
    keycloak = server;
    undo.add(server::stop);
    server.awaitReady();
    server.bringUpToDate(credentials.of("keycloak-admin"));
    ready("keycloak");
  }

  private void makeLogins() throws IOException, InterruptedException {
    RealmAdministration realm =
        RealmAdministration.open(keycloak().realmUrl(), credentials.of("keycloak-admin"));
    for (ClusterHost host : options.clusterHosts()) {
      realm.requireHost(
          host.client(),
          credentials.hostId(host).toString(),
          credentials.of(host.clientCredential()));
    }
  }

  /**
   * Unplugs a host beside the first, or plugs it in again.
   *
   * @param host from 2
   */
  public void unplug(int host, boolean unplugged) throws IOException, InterruptedException {
    ClusterNetwork network = services.network(host);
    if (unplugged) {
      network.cut();
    } else {
      network.join();
    }
  }

  private void startPostgres() throws IOException, InterruptedException {
    PostgresServer server =
        PostgresServer.start(
            postgresFolders(), options.ports().of(Part.POSTGRESQL), credentials.of("postgres"));
    postgres = server;
    undo.add(() -> postgres().stop());
    try {
      server.prepare(List.of(role("gateway"), role("scheduler"), role("secrets")));
    } catch (SQLException e) {
      throw new IOException("The roles cannot be made; see " + server.log(), e);
    }
    ready("postgresql");
  }

  private PostgresServer.Folders postgresFolders() {
    return new PostgresServer.Folders(
        HostFolder.of(options.data()).postgresql().resolve("binaries"),
        HostFolder.of(options.data()).postgresql().resolve("cluster"),
        options.logs(),
        options.run());
  }

  private PostgresServer.Role role(String service) {
    return new PostgresServer.Role("drover_" + service, credentials.of(service + "-db"), service);
  }

  private void startKafka() throws IOException, InterruptedException {
    startBroker();
    undo.add(() -> kafka().stop());
    Path plans = options.checkout().resolve("deploy/kafka");
    TopicPlan.read(plans.resolve("topics")).apply(kafka().admin());
    AclPlan.read(plans.resolve("acls"))
        .apply(
            kafka().admin(),
            options.clusterHosts().stream().map(credentials::hostId).collect(Collectors.toSet()));
    ready("kafka");
  }

  /** Starts the broker again after {@code kafka().stop()}. */
  public void startBroker() throws IOException, InterruptedException {
    kafka =
        KafkaBroker.start(
            options.data().resolve("kafka"),
            options.ports().of(Part.KAFKA),
            options.ports().of(Part.KAFKA_CONTROLLER),
            credentials.kafkaUsers(options.clusterHosts()));
  }

  /** Starts PostgreSQL again after it was stopped or killed. */
  public void restartPostgres() throws IOException, InterruptedException {
    postgres =
        PostgresServer.start(
            postgresFolders(), options.ports().of(Part.POSTGRESQL), credentials.of("postgres"));
  }

  /**
   * One of {@code api-gateway}, {@code scheduler}, {@code secrets-service}, {@code host-agent}, and
   * {@code host-agent-2} and so on.
   */
  public ServiceProcess service(String name) {
    return services.of(name);
  }

  public PostgresServer postgres() {
    return java.util.Objects.requireNonNull(postgres);
  }

  public KafkaBroker kafka() {
    return java.util.Objects.requireNonNull(kafka);
  }

  public KeycloakServer keycloak() {
    return java.util.Objects.requireNonNull(keycloak);
  }

  public TraceSink traces() {
    return java.util.Objects.requireNonNull(traces);
  }

  public ClusterCredentials credentials() {
    return credentials;
  }

  public ClusterOptions options() {
    return options;
  }

  /** Where tenants call. */
  public URI gatewayUrl() {
    return service("api-gateway").url();
  }

  /**
   * Starts every part that exits from now on again. Kafka runs in this JVM and lives as long.
   *
   * @return to be closed to leave parts alone; {@link #close} closes it too
   */
  public Supervision supervise(RestartListener listener) {
    Stream<SupervisedPart> servers =
        Stream.of(
            new SupervisedPart("postgresql", () -> postgres().process(), this::restartPostgres),
            new SupervisedPart("keycloak", () -> keycloak().process(), this::restartKeycloak));
    Stream<SupervisedPart> all =
        Stream.concat(servers, services.all().stream().map(StandaloneCluster::supervised));
    Supervision started = Supervision.of(all.toList(), listener, System::nanoTime);
    supervision = started;
    return started;
  }

  private static SupervisedPart supervised(ServiceProcess service) {
    return new SupervisedPart(
        service.name(),
        service::process,
        () -> {
          service.restart();
          service.awaitReady();
        });
  }

  private void restartKeycloak() throws IOException, InterruptedException {
    keycloak().restart();
    keycloak().awaitReady();
  }

  /** The parts whose processes do not run now. */
  public List<String> down() {
    return processes().filter(process -> !process.alive()).map(ChildProcess::name).toList();
  }

  /** The newest process of each part. */
  public Stream<ChildProcess> processes() {
    return Stream.concat(
        Stream.of(postgres().process(), keycloak().process()),
        services.all().stream().map(ServiceProcess::process));
  }

  /** What all processes of the suite hold, this JVM included, guests not; in bytes. */
  public long memory() {
    long here = ProcessMemory.of(ProcessHandle.current().pid());
    long apart = processes().mapToLong(process -> ProcessMemory.ofTree(process.pid())).sum();
    return here + apart;
  }

  /** Every log of the suite lies here. */
  public Path logs() {
    return options.logs();
  }

  @Override
  public void close() {
    try {
      Supervision supervised = supervision;
      if (supervised != null) {
        supervised.close();
      }
      services.stop();
    } finally {
      try {
        undo.runAll();
        endInterruptedRestarts();
      } finally {
        unlock();
      }
    }
  }

  /** A part whose restart was cut off has a process that no undo step knows. */
  private void endInterruptedRestarts() {
    try {
      Leftovers.end(options.run());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void unlock() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ready(String part) {
    progress.ready(part, Duration.ofNanos(System.nanoTime() - begun));
  }
}
