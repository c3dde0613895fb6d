package io.drover.scheduler.host;

import static io.drover.scheduler.TestHosts.NOW;
import static io.drover.scheduler.TestHosts.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.id.CommandId;
import io.drover.contracts.id.ProjectId;
import io.drover.contracts.message.Topics;
import io.drover.contracts.report.HostReport.Accelerator;
import io.drover.contracts.report.HostState;
import io.drover.contracts.report.HostState.Admission;
import io.drover.scheduler.RememberingSender;
import io.drover.scheduler.TestHosts;
import io.drover.scheduler.TestLedger;
import io.drover.scheduler.ledger.Hosts;
import io.drover.scheduler.ledger.Ledger;
import io.drover.scheduler.ledger.model.Host;
import io.drover.scheduler.ledger.model.ReportedFacts;
import io.drover.scheduler.ledger.model.Subject;
import io.drover.scheduler.ledger.model.VolumeBinding;
import io.drover.scheduler.ledger.store.Ledgers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** The table of hosts on its topic. */
class PublishingHostsIT {
  private final Ledger ledger = Ledgers.empty();
  private final RememberingSender sender = new RememberingSender();
  private Instant now = NOW;
  private final PublishingHosts publishing =
      new PublishingHosts(ledger, sender, () -> now, TestLedger.settings());

  private void reports(Instant at, long number) {
    reports(TestHosts.numbered(TestHosts.reportedAt(TestHosts.host("a", 8, 8192), at), number));
  }

  private void reports(Host host) {
    ReportedFacts facts =
        new ReportedFacts(List.of(new Accelerator("kvm", false, "no /dev/kvm")), "7.2.22", 3);
    ledger.inTransaction(
        session -> session.hosts().report(host, new Hosts.FurtherFacts(facts, 0L, false)));
  }

  private HostState published() {
    assertThat(publishing.publish()).isEqualTo(1);
    var records = sender.take();
    assertThat(records).singleElement().matches(record -> record.topic().equals(Topics.HOSTS));
    return (HostState) RememberingSender.open(records.get(0)).data();
  }

  @Test
  void aHostIsPublishedWhenItComesWhenItGoesAndWhenAnOperatorDecides() {
    reports(NOW, 1);
    HostState first = published();
    assertThat(first.up()).isTrue();
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.domains()).isEqualTo(3);
    assertThat(first.accelerators()).singleElement().matches(kvm -> !kvm.usable());
    assertThat(publishing.publish()).isZero();

    now = NOW.plusSeconds(60);
    HostState down = published();
    assertThat(down.up()).isFalse();
    assertThat(down.reportedAt()).isEqualTo(NOW);
    assertThat(down.version()).isEqualTo(2);
    now = NOW.plusSeconds(600);
    assertThat(publishing.publish()).as("nothing new is known of it").isZero();

    ledger.inTransaction(session -> session.hosts().admit(id("a"), Admission.DISABLED, "smoke"));
    HostState disabled = published();
    assertThat(disabled.admission()).isEqualTo(Admission.DISABLED);
    assertThat(disabled.reason()).isEqualTo("smoke");
  }

  @Test
  void aHostThatIsUpIsPublishedAgainFromTimeToTime() {
    reports(NOW, 1);
    published();
    for (int second = 2; second < 10; second += 2) {
      now = NOW.plusSeconds(second);
      reports(now, second);
      assertThat(publishing.publish()).isZero();
    }
    now = NOW.plusSeconds(10);
    reports(now, 10);
    assertThat(published().reportedAt()).isEqualTo(now);
  }

  @Test
  void aHostIsPublishedWithItsDiskWhenAVolumeClaimsOfItAndNotAtEachMeasurement() {
    reports(NOW, 1);
    assertThat(published().disk())
        .isEqualTo(new HostState.DiskRoom(TestHosts.DISK, TestHosts.DISK, 0));

    Host host = TestHosts.numbered(TestHosts.host("a", 8, 8192), 2);
    reports(TestHosts.withDisk(host, new Host.DiskLedger(TestHosts.DISK - 2, 5, 0)));
    assertThat(publishing.publish()).as("what is measured changes all the time").isZero();

    claimDisk(4096);
    assertThat(published().disk()).isEqualTo(new HostState.DiskRoom(TestHosts.DISK - 2, 5, 4096));
  }

  /** As a scheduler that takes back what it has forgotten: it claims whatever is free. */
  private void claimDisk(long bytes) {
    UUID volume = UUID.randomUUID();
    ledger.inTransaction(
        session -> {
          session.subjects().lock(volume, Subject.Kind.VOLUME, new ProjectId(UUID.randomUUID()));
          session
              .volumes()
              .recalled(
                  new VolumeBinding(
                      volume,
                      id("a"),
                      1,
                      bytes,
                      VolumeBinding.State.READY,
                      new CommandId(UUID.randomUUID())));
          return 0;
        });
  }

  @Test
  void aRecordThatKafkaDidNotTakeIsWrittenAgain() {
    reports(NOW, 1);
    sender.failNext(1);
    assertThatThrownBy(publishing::publish).isInstanceOf(KafkaException.class);
    assertThat(published().version()).isEqualTo(1);
  }
}
