package io.drover.it.campaign;

import io.drover.it.suite.Database;
import io.drover.it.suite.RunningSuite;
import io.drover.it.suite.SuiteData;
import io.drover.standalone.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does to the suite what a schedule says, and mends it again. For one thread. */
final class FaultInjector implements AutoCloseable {
  private static final int HOST_MIB = 64;
  private static final int DATABASE_MIB = 512;

  /** A backup is at most so many faults old. */
  private static final int BACKUP_EVERY = 4;

  private final RunningSuite suite;
  private final Database database;
  private final SchedulerBackup backup;
  private final Map<Integer, SmallDisk> hostDisks = new HashMap<>();
  private final Map<Integer, HostClock> clocks = new HashMap<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private @Nullable SmallDisk databaseDisk;

  FaultInjector(RunningSuite suite) {
    this.suite = suite;
    this.database = new Database(suite);
    this.backup = new SchedulerBackup(database);
  }

  /** Ends a fault. */
  @FunctionalInterface
  private interface Mending {
    void mend() throws Exception;
  }

  /** Gives the parts the disks and clocks that the schedule needs, which restarts them. */
  void prepare(FaultSchedule schedule, int hosts) throws Exception {
    for (int host = 1; host <= hosts; host++) {
      prepare(host, schedule);
    }
    for (int host = 1; host <= hosts; host++) {
      agent(host).awaitReady();
    }
    if (schedule.has(Fault.FullDatabaseDisk.class)) {
      suite.suite().postgres().stop();
      databaseDisk = SmallDisk.under(databaseFolder(suite.data()), DATABASE_MIB);
      suite.suite().restartPostgres();
    }
  }

  private void prepare(int host, FaultSchedule schedule) throws Exception {
    boolean full = schedule.fullHosts().contains(host);
    boolean stepped = schedule.steppedHosts().contains(host);
    if (!full && !stepped) {
      return;
    }
    agent(host).process().kill();
    if (full) {
      hostDisks.put(host, SmallDisk.under(new SuiteData(suite.data()).rootOf(host), HOST_MIB));
    }
    Map<String, String> environment = Map.of();
    if (stepped) {
      HostClock clock = new HostClock(suite.data().resolve("run/clock-" + host));
      clock.step(Duration.ZERO);
      clocks.put(host, clock);
      environment = clock.environment();
    }
    agent(host).restart(environment);
  }

  void carryOut(FaultSchedule schedule) throws Exception {
    boolean restores = schedule.has(Fault.RestoredScheduler.class);
    int number = 0;
    for (FaultSchedule.Step step : schedule.steps()) {
      if (restores && number++ % BACKUP_EVERY == 0) {
        backup.take();
      }
      pass(step.before());
      System.out.println("fault: " + step.fault());
      Mending mending = begin(step.fault());
      try {
        pass(step.fault().away());
      } finally {
        mending.mend();
      }
    }
  }

  private Mending begin(Fault fault) throws Exception {
    if (fault instanceof Fault.Killed killed) {
      suite.kill(killed.service());
      return () -> suite.restart(killed.service());
    }
    if (fault instanceof Fault.Stopped stopped) {
      long pid = suite.service(stopped.service()).process().pid();
      signal("STOP", pid);
      return () -> signal("CONT", pid);
    }
    if (fault instanceof Fault.Unplugged unplugged) {
      suite.suite().unplug(unplugged.host(), true);
      return () -> suite.suite().unplug(unplugged.host(), false);
    }
    if (fault instanceof Fault.FullHostDisk full) {
      SmallDisk disk = Objects.requireNonNull(hostDisks.get(full.host()));
      disk.fill();
      return disk::free;
    }
    if (fault instanceof Fault.SteppedClock stepped) {
      HostClock clock = Objects.requireNonNull(clocks.get(stepped.host()));
      clock.step(stepped.by());
      return () -> clock.step(Duration.ZERO);
    }
    return beginForAll(fault);
  }

  private Mending beginForAll(Fault fault) throws Exception {
    if (fault instanceof Fault.Standby) {
      database.standBy(true); // kept by the data folder
      return () -> database.standBy(false);
    }
    if (fault instanceof Fault.DeadDatabase) {
      suite.suite().postgres().process().kill();
      return () -> suite.suite().restartPostgres();
    }
    if (fault instanceof Fault.FullDatabaseDisk) {
      SmallDisk disk = Objects.requireNonNull(databaseDisk);
      disk.fill();
      return () -> {
        disk.free();
        restartDatabaseIfEnded();
      };
    }
    if (fault instanceof Fault.RestoredScheduler) {
      suite.kill("scheduler");
      backup.restore();
      return () -> suite.restart("scheduler");
    }
    suite.suite().kafka().stop();
    return () -> suite.suite().startBroker();
  }

  /** A server that found no room may be on its way to its end, or up again by itself. */
  private void restartDatabaseIfEnded() throws Exception {
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
        System.out.println("the database is not back yet: " + e.getMessage());
      }
      pass(Duration.ofMillis(300));
    }
    throw new IOException("PostgreSQL neither ends nor answers; see its log");
  }

  private ServiceProcess agent(int host) {
    return suite.service(agentOf(host));
  }

  /** The name of the service that is a host's agent. */
  static String agentOf(int host) {
    return host == 1 ? "host-agent" : "host-agent-" + host;
  }

  /** The time of the schedule itself, for which nothing can be waited for. */
  private void pass(Duration time) throws InterruptedException {
    if (never.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("Nobody counts it down");
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (status != 0) {
      throw new IOException("kill -" + name + " " + pid + " failed");
    }
  }

  static Path databaseFolder(Path data) {
    return data.resolve("postgresql/cluster");
  }

  /** Frees what is full; the disks themselves go when nothing runs on them any more. */
  @Override
  public void close() throws IOException {
    for (SmallDisk disk : hostDisks.values()) {
      disk.free();
    }
    SmallDisk ofDatabase = databaseDisk;
    if (ofDatabase != null) {
      ofDatabase.free();
    }
  }

  /** Removes the disks of a campaign whose suite has ended, or was killed. */
  static void removeDisks(Path data, int hosts) throws IOException, InterruptedException {
    for (int host = 1; host <= hosts; host++) {
      SmallDisk.removeLeft(new SuiteData(data).rootOf(host));
    }
    SmallDisk.removeLeft(databaseFolder(data));
  }
}
