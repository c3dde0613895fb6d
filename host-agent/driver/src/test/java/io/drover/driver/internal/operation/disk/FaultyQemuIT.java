package io.drover.driver.internal.operation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskDetached.Outcome;
import io.drover.definition.argv.DeviceParts;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.driver.internal.folder.OriginalOwner;
import io.drover.driver.internal.job.DomainJobs;
import io.drover.driver.internal.journal.JobRecord;
import io.drover.driver.internal.operation.DomainOperations;
import io.drover.driver.internal.operation.OperationTable;
import io.drover.driver.internal.operation.input.SendKeyHandler;
import io.drover.driver.internal.operation.power.RebootHandler;
import io.drover.driver.internal.operation.power.ResetHandler;
import io.drover.driver.internal.operation.power.ResumeHandler;
import io.drover.driver.internal.operation.power.SuspendHandler;
import io.drover.driver.internal.qmp.FakeQmpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a QEMU answers to operations on disks rarely or never, a fake one does on request. */
@Timeout(60)
class FaultyQemuIT {
  private static final String SDA =
      "<disk type='file'><driver name='qemu' type='raw'/><source file='/a'/>"
          + "<target dev='sda' bus='scsi'/></disk>";
  private static final Disk SDB =
      DeviceXml.read(SDA.replace("/a", "/b").replace("sda", "sdb"), Disk.class);
  private static final Disk COPY = DeviceXml.read(SDA.replace("/a", "/copy"), Disk.class);
  private static final String ONE_DISK = "[{\"name\":\"scsi0-0-0-0\",\"type\":\"child<scsi-hd>\"}]";
  private static final String TWO_DISKS =
      "[{\"name\":\"scsi0-0-0-0\",\"type\":\"child<scsi-hd>\"},"
          + "{\"name\":\"scsi0-0-0-1\",\"type\":\"child<scsi-hd>\"}]";
  @TempDir Path folder;
  private FakeQmpServer qemu;
  private FakeGuest guest;
  private DomainOperations operations;
  private final AtomicInteger ids = new AtomicInteger();

  @BeforeEach
  void connect() throws IOException {
    qemu = FakeQmpServer.listening(folder.resolve("m"));
    for (String done :
        List.of("object-add", "object-del", "blockdev-add", "blockdev-del", "device_add")) {
      qemu.answer(done, "{}");
    }
    qemu.answer("qom-list", ONE_DISK);
    nodes("libvirt-1-format", "libvirt-1-storage");
    qemu.answer(
        "query-block",
        "[{\"qdev\":\"scsi0-0-0-0\",\"inserted\":{\"node-name\":\"libvirt-1-format\","
            + "\"image\":{\"virtual-size\":4096}}}]");
    DomainDefinition definition =
        PostParse.complete(
            DomainXml.read(
                "<domain type='qemu'><name>fake</name><memory>65536</memory>"
                    + "<os><type machine='pc'>hvm</type></os><devices>"
                    + "<controller type='scsi' index='0' model='virtio-scsi'/>"
                    + SDA
                    + "</devices></domain>"),
            EmulatorFacts.offline());
    guest = new FakeGuest(folder, folder.resolve("m"), NodeIndexes.atStart(definition));
    operations =
        new DomainOperations(
            table(),
            guest,
            new DomainJobs("fake", InstantSource.system(), System::nanoTime),
            Runnable::run,
            InstantSource.system(),
            () -> "job-" + ids.incrementAndGet());
  }

  private static OperationTable table() {
    RemovedDisks removed = new RemovedDisks(new OfflinePlans(), new NoUser());
    return new OperationTable(
        List.of(
            new SuspendHandler(),
            new ResumeHandler(),
            new ResetHandler(),
            new RebootHandler(),
            new AttachDiskHandler(new OfflinePlans(), new NoUser()),
            new DetachDiskHandler(removed, Duration.ofSeconds(1)),
            new ResizeDiskHandler(),
            new CopyDiskHandler(new OfflinePlans(), new NoUser()),
            new SendKeyHandler()));
  }

  @AfterEach
  void close() throws IOException {
    guest.close();
    qemu.close();
  }

  private void nodes(String... names) {
    String each = "{\"node-name\":\"%s\",\"image\":{\"virtual-size\":4096}}";
    qemu.answer(
        "query-named-block-nodes",
        "[" + String.join(",", List.of(names).stream().map(each::formatted).toList()) + "]");
  }

  private void attachedAlready() {
    guest.change(
        live ->
            live.withDefinition(
                live.definition()
                    .withDevices(
                        Stream.concat(
                                live.definition().devices().stream(),
                                Stream.of(
                                    NodeIndexes.numbered(
                                        new OfflinePlans().complete(live.definition(), SDB), 2)))
                            .toList())));
    qemu.answer("qom-list", TWO_DISKS);
  }

  private boolean has(String target) {
    return Disks.find(guest.live().definition(), target).isPresent();
  }

  private JobRecord last() {
    List<JobRecord> jobs = guest.live().jobs();
    return jobs.get(jobs.size() - 1);
  }

  @Test
  void aGuestThatRefusesToLetGoOfADiskKeepsIt() {
    attachedAlready();
    qemu.on(
        "device_del",
        id ->
            List.of(
                FakeQmpServer.reply(id, "{}"),
                FakeQmpServer.event(
                    "DEVICE_UNPLUG_GUEST_ERROR", "{\"device\":\"scsi0-0-0-1\",\"path\":\"/\"}")));
    assertThat(operations.execute(new DetachDisk("sdb", null)).outcome())
        .isEqualTo(Outcome.REFUSED);
    assertThat(has("sdb")).isTrue();
    assertThat(qemu.received()).doesNotContain("blockdev-del");
  }

  @Test
  void aRefusalOfQemuItselfIsOneToo() {
    attachedAlready();
    qemu.on(
        "device_del",
        id -> List.of(FakeQmpServer.refusal(id, "GenericError", "already in the process")));
    assertThat(operations.execute(new DetachDisk("sdb", null)).outcome())
        .isEqualTo(Outcome.REFUSED);
    assertThat(has("sdb")).isTrue();
  }

  @Test
  void aDeviceThatQemuRefusesLeavesNoNodes() {
    qemu.on("device_add", id -> List.of(FakeQmpServer.refusal(id, "GenericError", "no")));
    nodes("libvirt-1-format", "libvirt-1-storage", "libvirt-2-format", "libvirt-2-storage");
    assertThatThrownBy(() -> operations.execute(new AttachDisk(SDB, null)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QEMU_REFUSED));
    assertThat(qemu.received().stream().filter("blockdev-del"::equals)).hasSize(2);
    assertThat(has("sdb")).isFalse();
    assertThat(last().problem()).contains("QEMU_REFUSED");
  }

  @Test
  void aDiskThatQemuHasButDidNotAnswerForIsFinishedBeforeTheNextChange() {
    qemu.on(
        "device_add",
        id -> {
          qemu.answer("qom-list", TWO_DISKS);
          return List.of(); // it is plugged, and nobody is told
        });
    assertThatThrownBy(() -> operations.execute(new AttachDisk(SDB, null)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.QEMU_UNRESPONSIVE));
    assertThat(last().ended()).isFalse();

    assertThatThrownBy(() -> operations.execute(new AttachDisk(SDB, null)))
        .hasMessageContaining("sdb is taken");
    assertThat(has("sdb")).isTrue();
    assertThat(guest.live().jobs()).allMatch(JobRecord::ended);
  }

  @Test
  void aCopyThatFailsSaysWhy() {
    nodes("libvirt-1-format", "libvirt-1-storage", "libvirt-2-format", "libvirt-2-storage");
    AtomicInteger asked = new AtomicInteger();
    qemu.answer("blockdev-mirror", "{}");
    qemu.answer("job-dismiss", "{}");
    qemu.on(
        "query-jobs",
        id -> {
          String status = asked.incrementAndGet() < 3 ? "running" : "concluded";
          String job =
              asked.get() > 4
                  ? ""
                  : "{\"id\":\"copy-scsi0-0-0-0-2\",\"type\":\"mirror\",\"status\":\""
                      + status
                      + "\",\"current-progress\":1024,\"total-progress\":4096,"
                      + "\"error\":\"No space left on device\"}";
          return List.of(FakeQmpServer.reply(id, "[" + job + "]"));
        });
    assertThatThrownBy(() -> operations.execute(new CopyDisk("sda", COPY, 0)))
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("runs on the old image")
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_FAILED));
    assertThat(qemu.received()).contains("job-dismiss");
    assertThat(qemu.received().stream().filter("blockdev-del"::equals)).hasSize(2);
    assertThat(last().problem()).contains("No space left on device");
  }

  /** Completes and plans without a host. */
  private static final class OfflinePlans implements DiskPlans {
    @Override
    public Disk complete(DomainDefinition running, Disk disk) {
      return (Disk) PostParse.completeOne(running, disk, EmulatorFacts.offline()).device();
    }

    @Override
    public DiskImage resolve(Disk disk, DiskImage image) {
      return image;
    }

    @Override
    public Opening opening(DomainDefinition running, Disk disk, Path folder) {
      return new Opening(parts(running, disk, folder), List.of());
    }

    @Override
    public DevicePart parts(DomainDefinition running, Disk disk, Path folder) {
      return DeviceParts.disk(
          running,
          disk,
          NodeIndexes.with(running, disk),
          HostLayout.placeholders("fake"),
          SecretMaterial.placeholders());
    }
  }

  /** A host whose QEMU runs as the driver. */
  private static final class NoUser implements DiskFiles {
    @Override
    public List<OriginalOwner> owners(List<Path> files) {
      return List.of();
    }

    @Override
    public boolean readable(Path file) {
      return true;
    }

    @Override
    public void give(List<OriginalOwner> files) {}

    @Override
    public void restore(List<OriginalOwner> files) {}
  }
}
