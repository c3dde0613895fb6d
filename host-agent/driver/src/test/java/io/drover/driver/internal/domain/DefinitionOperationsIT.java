package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskAttached;
import io.drover.contracts.operation.DiskDetached;
import io.drover.contracts.operation.DiskDetached.Outcome;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.Suspend;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.JobOptions;
import io.drover.driver.LifecycleEvent;
import io.drover.driver.OperationHandle;
import io.drover.driver.QemuDriver;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operations change the persistent definition: with the running domain, beside it, without one. */
@Timeout(180)
class DefinitionOperationsIT {
  @TempDir static Path root;
  private static LocalDriver driver;
  @TempDir Path folder;
  private OperatedGuest guest;
  private Domain domain;

  @BeforeAll
  static void open() {
    driver = TestDriver.open(DriverLayout.under(root), TestDriver.options());
  }

  @AfterAll
  static void close() {
    driver.close();
  }

  @BeforeEach
  void define() throws IOException {
    guest = new OperatedGuest(folder);
    domain = driver.define(guest.xml("pc"));
  }

  @AfterEach
  void end() {
    domain.destroy();
    driver.undefine(domain.id(), Set.of());
  }

  private void start() {
    driver.start(domain.id(), StartOptions.plain().withPaused(true));
  }

  private List<String> targets() {
    return targets(domain.definition());
  }

  private List<String> nextTargets() {
    return targets(domain.persistentDefinition().orElseThrow());
  }

  private static List<String> targets(DomainDefinition definition) {
    return definition.devices(Disk.class).stream().map(disk -> disk.target().dev()).toList();
  }

  private static DiskSource source(DomainDefinition definition) {
    return definition.devices(Disk.class).get(0).image().source();
  }

  private void refuses(LiveOperation<?> operation, ErrorCode code, String words) {
    DomainDefinition before = domain.definition();
    DomainDefinition next = domain.persistentDefinition().orElseThrow();
    assertThatThrownBy(() -> domain.execute(operation))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(domain.definition()).isEqualTo(before);
    assertThat(domain.persistentDefinition()).contains(next);
  }

  @Test
  void aDefinedDomainIsChangedNowAtItsNextStartOrBoth() throws Exception {
    start();
    domain.execute(new AttachDisk(guest.disk("sdb", "scsi"), Applies.LIVE));
    assertThat(targets()).containsExactly("sda", "sdb");
    assertThat(nextTargets()).containsExactly("sda");

    domain.execute(new AttachDisk(guest.disk("sdc", "scsi"), Applies.CONFIG));
    assertThat(targets()).containsExactly("sda", "sdb");
    assertThat(nextTargets()).containsExactly("sda", "sdc");

    refuses(
        new AttachDisk(guest.disk("sdc", "scsi"), Applies.BOTH),
        ErrorCode.INVALID_STATE,
        "sdc is taken");
    assertThat(OperatedGuest.nodes(domain)).hasSize(4);

    domain.execute(new AttachDisk(guest.disk("sdd", "scsi"), Applies.BOTH));
    assertThat(targets()).containsExactly("sda", "sdb", "sdd");
    assertThat(nextTargets()).containsExactly("sda", "sdc", "sdd");
  }

  @Test
  void theNextStartFollowsACopy() throws Exception {
    start();
    Disk copy =
        OperatedGuest.disk(guest.image("copy.img", OperatedGuest.DISK_BYTES), "sda", "scsi", "raw");
    domain.execute(new CopyDisk("sda", copy, 0));
    assertThat(source(domain.definition())).isEqualTo(copy.image().source());
    assertThat(source(domain.persistentDefinition().orElseThrow()))
        .isEqualTo(copy.image().source());
  }

  @Test
  void theNextStartOfADomainThatDoesNotRunIsChanged() throws Exception {
    AttachDisk attach = new AttachDisk(guest.disk("sdb", "scsi"), Applies.CONFIG);
    CountDownLatch updated = new CountDownLatch(1);
    try (QemuDriver.Subscription heard = driver.listen(onUpdate(updated))) {
      assertThat(domain.execute(attach)).isEqualTo(new DiskAttached("sdb", ""));
      assertThat(updated.await(10, TimeUnit.SECONDS)).as("libvirt's event").isTrue();
    }
    assertThat(nextTargets()).containsExactly("sda", "sdb");

    driver.close();
    open();
    domain = driver.find(domain.id()).orElseThrow();
    assertThat(nextTargets()).as("it is on stable storage").containsExactly("sda", "sdb");
    start();
    assertThat(targets()).containsExactly("sda", "sdb");
    domain.destroy();

    OperationHandle<DiskDetached> handle =
        domain.submit(new DetachDisk("sdb", Applies.CONFIG), JobOptions.of("op-1", "alice"));
    assertThat(handle.await(Duration.ZERO)).contains(new DiskDetached("sdb", Outcome.REMOVED));
    assertThat(nextTargets()).containsExactly("sda");
  }

  private static DriverListener onUpdate(CountDownLatch latch) {
    return new DriverListener() {
      @Override
      public void lifecycle(LifecycleEvent event) {
        if (event.detail() == LifecycleEvent.Detail.DEFINED_UPDATED) {
          latch.countDown();
        }
      }
    };
  }

  @Test
  void whatADomainThatDoesNotRunCannotDoChangesNothing() throws Exception {
    Disk taken = guest.disk("sda", "scsi");
    refuses(new AttachDisk(taken, Applies.CONFIG), ErrorCode.INVALID_STATE, "sda is taken");
    refuses(new DetachDisk("sdz", Applies.CONFIG), ErrorCode.NOT_FOUND, "no disk sdz");
    refuses(new DetachDisk("sda", Applies.LIVE), ErrorCode.INVALID_STATE, "is not running");
    refuses(new DetachDisk("sda", Applies.BOTH), ErrorCode.INVALID_STATE, "use CONFIG");
    refuses(new Suspend(), ErrorCode.INVALID_STATE, "start it first");
    OperationHandle<DiskDetached> handle =
        domain.submit(new DetachDisk("sdz", Applies.CONFIG), JobOptions.of("op-1", "alice"));
    assertThatThrownBy(() -> handle.await(Duration.ZERO)).hasMessageContaining("no disk sdz");
  }

  /** A folder in the way of the file fails its write, as a full disk does. */
  @Test
  void aDefinitionThatCannotBeWrittenIsWrittenBeforeTheNextChange() throws Exception {
    start();
    Path inTheWay = DriverLayout.under(root).config().resolve(domain.name() + ".xml.new");
    Files.createDirectories(inTheWay.resolve("full"));
    assertThatThrownBy(
            () -> domain.execute(new AttachDisk(guest.disk("sdb", "scsi"), Applies.BOTH)))
        .hasMessageContaining("was changed, its persistent definition is not yet")
        .hasMessageContaining("check space and rights");
    assertThat(targets()).containsExactly("sda", "sdb");
    assertThat(nextTargets()).containsExactly("sda");
    Files.delete(inTheWay.resolve("full"));
    Files.delete(inTheWay);

    domain.execute(new AttachDisk(guest.disk("sdd", "scsi"), Applies.LIVE));

    assertThat(targets()).containsExactly("sda", "sdb", "sdd");
    assertThat(nextTargets()).containsExactly("sda", "sdb");
  }
}
