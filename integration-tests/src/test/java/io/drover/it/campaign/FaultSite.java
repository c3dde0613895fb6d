package io.drover.it.campaign;

import io.drover.it.suite.Database;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SchemaBackup;
import io.drover.it.suite.SuiteData;
import io.drover.standalone.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The suite with the disks, clocks, backups and the broker that faults need. Thread-safe. */
final class FaultSite implements AutoCloseable {
  static final String DATABASE = "postgresql";
  static final String BROKER = "kafka";

  private static final int HOST_MIB = 96;
  private static final int DATABASE_MIB = 512;
  private static final int BROKER_MIB = 256;
  private static final int STARTS = 20;
  private static final int CLOCK_SET_BACK = 75;
  private static final Duration END_DEADLINE = Duration.ofSeconds(30);
  private static final int RUNNING = -1;
  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(1);
  private static final int LOOKS = 60;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final RunningSuite suite;
  private final Database database;
  private final BrokerProcess broker;

  // Filled before the first fault, and only read afterwards.
  private final Map<Integer, SmallDisk> hostDisks = new TreeMap<>();
  private final Map<String, ProcessClock> clocks = new TreeMap<>();
  private final Map<String, SchemaBackup> backups = new TreeMap<>();
  private @Nullable SmallDisk databaseDisk;
  private @Nullable SmallDisk brokerDisk;

  FaultSite(RunningSuite suite) {
    this.suite = suite;
    this.database = new Database(suite);
    this.broker = new BrokerProcess(suite);
  }

  /** Gives the parts what the schedule needs, which restarts them. */
  void prepare(FaultSchedule schedule) throws Exception {
    Set<Integer> hosts = schedule.fullHosts();
    Set<String> restarted = new TreeSet<>(schedule.steppedParts());
    hosts.forEach(host -> restarted.add(agentOf(host)));
    restarted.forEach(suite::kill);
    for (int host : hosts) {
      hostDisks.put(host, SmallDisk.under(new SuiteData(suite.data()).rootOf(host), HOST_MIB));
    }
    if (schedule.has(FullDatabaseDisk.class)) {
      suite.suite().postgres().stop();
      databaseDisk = SmallDisk.under(databaseFolder(suite.data()), DATABASE_MIB);
      suite.suite().restartPostgres();
    }
    if (schedule.hasTarget(BROKER)) {
      suite.suite().kafka().stop();
      brokerDisk = SmallDisk.under(BrokerProcess.folder(suite.data()), BROKER_MIB);
      broker.start();
    }
    for (String part : restarted) {
      part(part).restart(environmentOf(part, schedule));
    }
    for (String part : restarted) {
      part(part).awaitReady();
    }
    for (String service : schedule.restoredServices()) {
      backups.put(service, new SchemaBackup(database, schemaOf(service)));
    }
    takeBackups();
  }

  private Map<String, String> environmentOf(String part, FaultSchedule schedule)
      throws IOException {
    if (!schedule.steppedParts().contains(part)) {
      return Map.of();
    }
    ProcessClock clock = new ProcessClock(suite.data().resolve("run/clock-" + part));
    clock.step(Duration.ZERO);
    clocks.put(part, clock);
    return clock.environment();
  }

  private static String schemaOf(String service) {
    return service.equals("api-gateway") ? "gateway" : service;
  }

  /** Restored databases are as old as the last of these. */
  void takeBackups() throws SQLException {
    for (SchemaBackup backup : backups.values()) {
      backup.take();
    }
  }

  /** Returns when a service has published all that it has accepted, or has not for some seconds. */
  void awaitNothingUnsent(String service) throws SQLException, InterruptedException {
    for (int left = LOOKS; left > 0 && unsent(service) > 0; left--) {
      pass(BETWEEN_LOOKS);
    }
  }

  /** How many records of a service are in its database alone. */
  int unsent(String service) throws SQLException {
    return service.equals("api-gateway")
        ? database.rows("select id from gateway.outbox where refused is null").size()
        : 0;
  }

  RunningSuite suite() {
    return suite;
  }

  Database database() {
    return database;
  }

  BrokerProcess broker() {
    return broker;
  }

  SmallDisk diskOf(int host) {
    return Objects.requireNonNull(hostDisks.get(host));
  }

  SmallDisk databaseDisk() {
    return Objects.requireNonNull(databaseDisk);
  }

  SmallDisk brokerDisk() {
    return Objects.requireNonNull(brokerDisk);
  }

  ProcessClock clockOf(String part) {
    return Objects.requireNonNull(clocks.get(part), part);
  }

  SchemaBackup backupOf(String service) {
    return Objects.requireNonNull(backups.get(service), service);
  }

  /**
   * Starts a part again, as its supervisor would: as often as it takes while other faults last, as
   * a service ends that finds no database, and an agent that finds no room.
   */
  void start(String part) throws Exception {
    for (int left = STARTS; ; left--) {
      try {
        suite.restart(part);
        return;
      } catch (IOException e) {
        if (left == 0 || part(part).process().alive()) {
          throw e;
        }
        System.out.println("  " + e.getMessage());
        pass(BETWEEN_STARTS);
      }
    }
  }

  /** Starts a part again that ends by itself. */
  void restartEnded(String part) throws Exception {
    int status =
        part(part)
            .process()
            .exit()
            .completeOnTimeout(RUNNING, END_DEADLINE.toSeconds(), TimeUnit.SECONDS)
            .get();
    if (status == RUNNING) {
      System.out.println("  " + part + " has not seen the step of its clock");
      return;
    }
    if (status != CLOCK_SET_BACK) {
      System.out.println("  " + part + " ended with status " + status);
    }
    start(part);
  }

  /** A server that found no room may be on its way to its end, or up again by itself. */
  void restartDatabaseIfEnded() throws Exception {
    for (int attempt = 0; attempt < 50; attempt++) {
      if (!suite.suite().postgres().process().alive()) {
        suite.suite().restartPostgres();
        return;
      }
      try (Connection connection = suite.suite().postgres().connect("drover")) {
        if (connection.isValid(2)) {
          return;
        }
      } catch (SQLException e) {
        System.out.println("  the database is not back yet: " + e.getMessage());
      }
      pass(Duration.ofMillis(300));
    }
    throw new IOException("PostgreSQL neither ends nor answers; see its log");
  }

  private ServiceProcess part(String name) {
    return suite.service(name);
  }

  /** The name of the service that is a host's agent. */
  static String agentOf(int host) {
    return host == 1 ? "host-agent" : "host-agent-" + host;
  }

  static void signal(String name, long pid) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " " + pid + " failed");
    }
  }

  /** The time of the schedule itself, for which nothing can be waited for. */
  static void pass(Duration time) throws InterruptedException {
    if (new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("Nobody counts it down");
    }
  }

  private static Path databaseFolder(Path data) {
    return data.resolve("postgresql/cluster");
  }

  /** Frees what is full; the disks themselves go when nothing runs on them any more. */
  @Override
  public void close() throws IOException {
    broker.end();
    for (SmallDisk disk : hostDisks.values()) {
      disk.free();
    }
    for (SmallDisk disk : new @Nullable SmallDisk[] {databaseDisk, brokerDisk}) {
      if (disk != null) {
        disk.free();
      }
    }
  }

  /** Removes the disks of a campaign whose suite has ended, or was killed. */
  static void removeDisks(Path data, int hosts) throws IOException, InterruptedException {
    for (int host = 1; host <= hosts; host++) {
      SmallDisk.removeLeft(new SuiteData(data).rootOf(host));
    }
    SmallDisk.removeLeft(databaseFolder(data));
    SmallDisk.removeLeft(BrokerProcess.folder(data));
  }
}
