package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.PlaceDomain;
import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.scheduler.TestHosts;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.store.Ledgers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Many schedulers, each with a stale snapshot of its own, on few hosts. */
class NoHostIsOverbookedIT {
  private static final int SCHEDULERS = 8;
  private static final int DOMAINS_EACH = 20;
  private static final List<String> HOSTS = List.of("a", "b", "c");
  private static final int VCPUS = 10;

  private final DataSource database = TestLedger.empty();
  private final Ledger ledger = Ledgers.over(database);

  @Test
  void fillsTheHostsExactlyAndNeverBeyond() throws Exception {
    Stage first = new Stage(ledger);
    HOSTS.forEach(host -> first.report(report(host, 1, 1, NOW, VCPUS)));
    AtomicBoolean watching = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(SCHEDULERS + 1);
    try {
      Future<Integer> watcher = threads.submit(() -> watch(watching));
      List<Callable<Integer>> schedulers = new ArrayList<>();
      for (int i = 0; i < SCHEDULERS; i++) {
        schedulers.add(this::placeMany);
      }
      int refused = 0;
      for (Future<Integer> scheduler : threads.invokeAll(schedulers)) {
        refused += scheduler.get();
      }
      watching.set(false);
      assertThat(watcher.get()).as("most vCPUs ever claimed on one host").isEqualTo(VCPUS);
      int room = HOSTS.size() * VCPUS;
      assertThat(refused).isEqualTo(SCHEDULERS * DOMAINS_EACH - room);
      assertThat(used()).isEqualTo(room);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void neverClaimsForOneDomainTwiceAtTheSameTime() throws Exception {
    Stage first = new Stage(ledger);
    HOSTS.forEach(host -> first.report(report(host, 1, 1, NOW, VCPUS)));
    UUID domain = UUID.randomUUID();
    ExecutorService threads = Executors.newFixedThreadPool(SCHEDULERS);
    try {
      List<Callable<Integer>> schedulers = new ArrayList<>();
      for (int i = 0; i < SCHEDULERS; i++) {
        schedulers.add(
            () -> {
              Stage stage = new Stage(ledger);
              stage.command(stage.place(domain, 1));
              return stage.sender.take().size();
            });
      }
      int winners = 0;
      for (Future<Integer> scheduler : threads.invokeAll(schedulers)) {
        winners += scheduler.get() == 3 ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
      assertThat(used()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private int placeMany() {
    Stage stage = new Stage(ledger);
    int refused = 0;
    for (int i = 0; i < DOMAINS_EACH; i++) {
      UUID domain = UUID.randomUUID();
      command(stage, stage.place(domain, 1));
      if (i % 3 == 0 && stage.ledger.inTransaction(s -> s.claims().find(domain)).isPresent()) {
        // Some end at once, and their room is taken again.
        stage.event(domain, 1, new DomainStopped(TestHosts.id("a"), StopReason.SHUTDOWN, ""));
        stage.sender.take();
        command(stage, stage.place(domain, 1));
      }
      refused +=
          (int)
              stage.sender.takeMessages().stream()
                  .filter(PlacementRefused.class::isInstance)
                  .count();
    }
    return refused;
  }

  /** As Delivery does: those who wait for each other's hosts may be told to try again. */
  private static void command(Stage stage, PlaceDomain command) {
    while (true) {
      try {
        stage.command(command);
        return;
      } catch (DatabaseUnavailable e) {
        assertThat(e).hasCauseInstanceOf(SQLException.class);
      }
    }
  }

  /** The most that was ever claimed on one host, summed over the claims themselves. */
  private int watch(AtomicBoolean watching) throws Exception {
    int most = 0;
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      do {
        try (ResultSet row =
            statement.executeQuery(
                "select coalesce(max(s), 0) from (select sum(vcpus) s from claim group by host_id) x")) {
          row.next();
          most = Math.max(most, row.getInt(1));
        }
      } while (watching.get());
    }
    return most;
  }

  private int used() {
    return HOSTS.stream().mapToInt(new Stage(ledger)::usedVcpus).sum();
  }
}
