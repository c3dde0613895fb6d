package io.drover.scheduler.placement;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static io.drover.scheduler.TestHosts.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.command.DeleteVolume;
import io.drover.contracts.command.HostAction;
import io.drover.contracts.command.PlaceVolume;
import io.drover.contracts.error.DatabaseUnavailable;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.event.DomainStopped;
import io.drover.contracts.event.OperationSucceeded;
import io.drover.contracts.event.PlacementRefused;
import io.drover.contracts.event.StopReason;
import io.drover.contracts.event.VolumeDeleted;
import io.drover.contracts.event.VolumeFailed;
import io.drover.contracts.event.VolumePlaced;
import io.drover.contracts.id.VolumeId;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.report.HostReport;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Volumes claim the disk of hosts as domains claim their memory. */
class PlacingVolumeIT {
  private static final long GIB = 1L << 30;

  private final DataSource database = TestLedger.empty();
  private final Ledger ledger = Ledgers.over(database);
  private final Stage stage = new Stage(ledger);

  private <T> T one(Class<T> type) {
    List<T> said =
        stage.sender.takeMessages().stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(said).hasSize(1);
    return said.get(0);
  }

  private VolumePlaced placed(UUID volume, UUID near) {
    stage.command(stage.placeVolume(volume, near));
    return one(VolumePlaced.class);
  }

  private PlacementRefused refused(PlaceVolume command) {
    stage.command(command);
    return one(PlacementRefused.class);
  }

  private static HostReport withDisk(String host, long sequence, HostReport.DiskSpace disk) {
    HostReport report = report(host, 1, sequence, NOW, 8);
    return new HostReport(
        report.hostId(),
        report.name(),
        report.epoch(),
        report.sequence(),
        report.at(),
        report.vcpus(),
        report.memoryMib(),
        disk,
        report.accelerators(),
        report.emulatorVersion(),
        report.capabilitiesDigest(),
        report.agentUrl(),
        report.domains(),
        report.domainsHash(),
        report.intake(),
        report.isolation());
  }

  /** The sum of the volumes and the figure of the host. */
  private void assertClaimed(String host, long bytes) throws SQLException {
    assertThat(stage.host(host).disk().claimedBytes()).isEqualTo(bytes);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(sum(size_bytes), 0) from volume where host_id = '"
                    + id(host)
                    + "'")) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(bytes);
    }
  }

  @Test
  void volumesSpreadOverTheHostsByTheDiskThatIsLeft() throws SQLException {
    List.of("a", "b", "c").forEach(host -> stage.report(report(host, 1, 1, NOW, 8)));
    for (int i = 0; i < 9; i++) {
      placed(UUID.randomUUID(), null);
    }
    for (String host : List.of("a", "b", "c")) {
      assertClaimed(host, 3 * GIB);
    }
  }

  @Test
  void aVolumeThatFitsNowhereIsRefusedWithWhatTheNearestHostLacks() {
    stage.report(withDisk("a", 1, new HostReport.DiskSpace(GIB / 2, GIB / 2)));
    stage.report(withDisk("b", 1, null));
    PlacementRefused refusal = refused(stage.placeVolume(UUID.randomUUID()));
    assertThat(refusal.problem().code()).isEqualTo(ErrorCode.NO_VALID_HOST);
    assertThat(refusal.filters()).containsExactly(new PlacementRefused.Filter("EnoughDisk", 2));
    assertThat(refusal.nearestMiss()).startsWith("needs 512 MiB more disk on host a");
  }

  @Test
  void whatOthersHaveFilledIsNotGivenToVolumes() {
    stage.report(withDisk("a", 1, new HostReport.DiskSpace(10 * GIB, GIB / 4)));
    assertThat(refused(stage.placeVolume(UUID.randomUUID())).nearestMiss())
        .isEqualTo(
            "needs 768 MiB more disk on host a, which has 256 MiB free and lets volumes take 1.0"
                + " times that");
  }

  @Test
  void anOvercommitLetsThinVolumesPromiseMoreThanThereIs() throws SQLException {
    Stage thin = new Stage(ledger, Map.of("scheduler.disk-overcommit", "2.0"));
    thin.report(withDisk("a", 1, new HostReport.DiskSpace(GIB, GIB)));
    for (int i = 0; i < 3; i++) {
      thin.command(thin.placeVolume(UUID.randomUUID()));
    }
    assertClaimed("a", 2 * GIB);
    assertThat(thin.sender.takeMessages().stream().filter(PlacementRefused.class::isInstance))
        .hasSize(1);
  }

  @Test
  void whatIsDeletedOrWasNeverMadeIsFreeAgain() throws SQLException {
    stage.report(report("a", 1, 1, NOW, 8));
    UUID kept = UUID.randomUUID();
    UUID failed = UUID.randomUUID();
    placed(kept, null);
    placed(failed, null);
    assertClaimed("a", 2 * GIB);
    stage.event(
        failed,
        1,
        new VolumeFailed(Problem.of(ErrorCode.STORAGE_FAILED, "No space."), "create-volume"));
    assertClaimed("a", GIB);
    stage.event(kept, 1, new VolumeDeleted());
    stage.event(kept, 1, new VolumeDeleted());
    assertClaimed("a", 0);
  }

  @Test
  void aVolumeThatHasGrownClaimsWhatItHasNow() throws SQLException {
    stage.report(report("a", 1, 1, NOW, 8));
    UUID volume = UUID.randomUUID();
    placed(volume, null);
    UUID domain = UUID.randomUUID();
    stage.command(stage.place(domain, 1));
    stage.sender.take();

    stage.event(domain, 1, resized(volume, 3 * GIB));
    assertClaimed("a", 3 * GIB);
    stage.event(domain, 1, resized(volume, 3 * GIB));
    stage.event(domain, 1, resized(volume, 2 * GIB));
    assertClaimed("a", 3 * GIB);
    stage.event(domain, 1, new OperationSucceeded("blockresize", new DiskResized("vda", 9 * GIB)));
    assertClaimed("a", 3 * GIB);

    stage.event(volume, 1, new VolumeDeleted());
    assertClaimed("a", 0);
  }

  @Test
  void aHostCannotTellThatAVolumeOfAnotherHasGrown() throws SQLException {
    stage.report(report("a", 1, 1, NOW, 8));
    UUID volume = UUID.randomUUID();
    placed(volume, null);
    stage.administer("a", HostAction.DISABLE, false);
    stage.report(report("b", 1, 1, NOW, 8));
    UUID domain = UUID.randomUUID();
    stage.command(stage.place(domain, 1));
    stage.sender.take();
    stage.event(UUID.randomUUID(), id("b"), domain, 1, resized(volume, 3 * GIB));
    assertClaimed("a", GIB);
    assertClaimed("b", 0);
  }

  private static OperationSucceeded resized(UUID volume, long bytes) {
    return new OperationSucceeded(
        "blockresize", new DiskResized("vda", bytes, new VolumeId(volume)));
  }

  @Test
  void aHostThatWasDisabledAMomentAgoGetsNoVolume() throws SQLException {
    stage.report(report("a", 1, 1, NOW, 8));
    Stage other = new Stage(ledger);
    other.command(other.placeVolume(UUID.randomUUID()));
    stage.administer("a", HostAction.DISABLE, false);
    other.sender.take();
    other.command(other.placeVolume(UUID.randomUUID()));
    assertThat(
            other.sender.takeMessages().stream()
                .filter(PlacementRefused.class::isInstance)
                .map(refusal -> ((PlacementRefused) refusal).filters()))
        .containsExactly(List.of(new PlacementRefused.Filter("HostIsEnabled", 1)));
    assertClaimed("a", GIB);
  }

  @Test
  void aVolumeOfARemovedHostFreesWhatItClaimed() throws SQLException {
    stage.report(report("a", 1, 1, NOW, 8));
    UUID volume = UUID.randomUUID();
    placed(volume, null);
    stage.administer("a", HostAction.REMOVE, true);
    assertClaimed("a", GIB);
    stage.command(new DeleteVolume(stage.header(volume)));
    assertClaimed("a", 0);
  }

  @Test
  void aVolumeNearAnotherGoesToItsHostOrNowhere() {
    List.of("a", "b").forEach(host -> stage.report(report(host, 1, 1, NOW, 8)));
    UUID first = UUID.randomUUID();
    VolumePlaced root = placed(first, null);
    for (int i = 0; i < 4; i++) {
      assertThat(placed(UUID.randomUUID(), first).hostId()).isEqualTo(root.hostId());
    }
    String full = root.hostName();
    stage.report(withDisk(full, 2, new HostReport.DiskSpace(5 * GIB, GIB)));
    assertThat(refused(stage.placeVolume(UUID.randomUUID(), first)).filters())
        .containsExactly(
            new PlacementRefused.Filter("NearIt", 1), new PlacementRefused.Filter("EnoughDisk", 1));
  }

  @Test
  void aVolumeNearADomainGoesWhereThatRunsOrRanLast() {
    stage.report(report("a", 1, 1, NOW, 8));
    UUID domain = UUID.randomUUID();
    stage.command(stage.place(domain, 1));
    stage.report(report("b", 1, 1, NOW, 8));
    stage.sender.take();
    assertThat(placed(UUID.randomUUID(), domain).hostName()).isEqualTo("a");
    stage.event(domain, 1, new DomainStopped(TestHosts.id("a"), StopReason.SHUTDOWN, ""));
    stage.sender.take();
    assertThat(placed(UUID.randomUUID(), domain).hostName()).isEqualTo("a");
    assertThat(refused(stage.placeVolume(UUID.randomUUID(), UUID.randomUUID())).problem().detail())
        .contains("which is on no host");
  }

  @Test
  void manySchedulersFillTheDisksExactlyAndNeverBeyond() throws Exception {
    List<String> hosts = List.of("a", "b");
    hosts.forEach(host -> stage.report(report(host, 1, 1, NOW, 8)));
    int schedulers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(schedulers);
    try {
      List<Callable<Integer>> all = new ArrayList<>();
      for (int i = 0; i < schedulers; i++) {
        all.add(this::placeMany);
      }
      int placed = 0;
      for (Future<Integer> each : threads.invokeAll(all)) {
        placed += each.get();
      }
      assertThat(placed).isEqualTo(2 * (int) (TestHosts.DISK / GIB));
      for (String host : hosts) {
        assertClaimed(host, TestHosts.DISK);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** As the delivery does: those who wait for each other's hosts may be told to try again. */
  private static void command(Stage stage, PlaceVolume command) {
    while (true) {
      try {
        stage.command(command);
        return;
      } catch (DatabaseUnavailable e) {
        assertThat(e).hasCauseInstanceOf(SQLException.class);
      }
    }
  }

  private int placeMany() {
    Stage own = new Stage(ledger);
    for (int i = 0; i < 10; i++) {
      command(own, own.placeVolume(UUID.randomUUID()));
    }
    return (int) own.sender.takeMessages().stream().filter(VolumePlaced.class::isInstance).count();
  }
}
