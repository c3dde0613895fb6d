package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DeviceXml;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskAttached;
import io.drover.contracts.operation.DiskCopied;
import io.drover.contracts.operation.DiskDetached;
import io.drover.contracts.operation.DiskDetached.Outcome;
import io.drover.contracts.operation.DiskResized;
import io.drover.contracts.operation.LiveOperation;
import io.drover.contracts.operation.Reboot;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.contracts.operation.SendKey;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.JobInfo;
import io.drover.driver.JobOptions;
import io.drover.driver.OperationHandle;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks of a running QEMU come, go, grow and are copied; what is asked for wrongly changes none.
 */
@Timeout(180)
class DiskOperationsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final List<String> FIRST_NODES = List.of("libvirt-1-format", "libvirt-1-storage");
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
  void start() throws IOException {
    guest = new OperatedGuest(folder);
    domain = guest.start(driver);
  }

  @AfterEach
  void end() {
    driver.domains().forEach(Domain::destroy);
  }

  private void openAnew() {
    driver.close();
    open();
    domain = driver.domains().get(0);
  }

  private List<String> targets() {
    return DomainXml.read(domain.definitionXml()).devices(Disk.class).stream()
        .map(disk -> disk.target().dev())
        .toList();
  }

  private void refuses(LiveOperation<?> operation, ErrorCode code, String words) {
    String before = domain.definitionXml();
    assertThatThrownBy(() -> domain.execute(operation))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(domain.definitionXml()).isEqualTo(before);
    assertThat(OperatedGuest.nodes(domain)).containsExactlyInAnyOrderElementsOf(FIRST_NODES);
    assertThat(domain.jobs()).isEmpty();
  }

  @Test
  void aDiskIsAttachedAndDetached() throws Exception {
    DiskAttached attached = domain.execute(new AttachDisk(guest.disk("sdb", "scsi"), Applies.LIVE));
    assertThat(attached).isEqualTo(new DiskAttached("sdb", "scsi0-0-0-1"));
    assertThat(targets()).containsExactly("sda", "sdb");
    assertThat(OperatedGuest.children(domain, "/machine/peripheral")).contains("scsi0-0-0-1");
    assertThat(OperatedGuest.nodes(domain)).contains("libvirt-2-format", "libvirt-2-storage");

    DiskDetached detached = domain.execute(new DetachDisk("sdb", Applies.LIVE));

    assertThat(detached.outcome()).isEqualTo(Outcome.REMOVED);
    assertThat(targets()).containsExactly("sda");
    assertThat(OperatedGuest.nodes(domain)).containsExactlyInAnyOrderElementsOf(FIRST_NODES);
  }

  @Test
  void anAttachedDiskIsFoundAgainByTheNextDriver() throws Exception {
    domain.execute(new AttachDisk(guest.disk("sdb", "scsi"), Applies.LIVE));
    openAnew();
    assertThat(targets()).containsExactly("sda", "sdb");
    assertThat(domain.execute(new DetachDisk("sdb", Applies.LIVE)).outcome())
        .isEqualTo(Outcome.REMOVED);
    assertThat(OperatedGuest.nodes(domain)).containsExactlyInAnyOrderElementsOf(FIRST_NODES);
  }

  /** QEMU has its image open for some time longer than it shows its device. */
  @Test
  void aDiskThatQemuIsRemovingIsDetached() throws Exception {
    for (int i = 0; i < 3; i++) {
      domain.execute(new AttachDisk(guest.disk("sdb", "scsi"), Applies.LIVE));
      OperatedGuest.ask(domain, "device_del", "{\"id\":\"scsi0-0-0-1\"}");

      assertThat(domain.execute(new DetachDisk("sdb", Applies.LIVE)).outcome())
          .isEqualTo(Outcome.REMOVED);

      assertThat(targets()).containsExactly("sda");
      assertThat(OperatedGuest.nodes(domain)).containsExactlyInAnyOrderElementsOf(FIRST_NODES);
    }
  }

  @Test
  void aGuestThatDoesNotLetGoOfADiskKeepsIt() throws Exception {
    domain.execute(new AttachDisk(guest.disk("vdb", "virtio"), Applies.LIVE));
    DiskDetached result = domain.execute(new DetachDisk("vdb", Applies.LIVE));
    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(targets()).containsExactly("sda", "vdb");
    assertThat(OperatedGuest.nodes(domain)).contains("libvirt-2-format");
  }

  @Test
  void whatIsAskedForTwiceByOneIdIsDoneOnce() throws Exception {
    AttachDisk attach = new AttachDisk(guest.disk("sdb", "scsi"), Applies.LIVE);
    JobOptions options = JobOptions.of("op-1", "alice");
    assertThat(domain.submit(attach, options).await(DEADLINE)).isPresent();
    assertThat(domain.submit(attach, options).await(DEADLINE))
        .contains(new DiskAttached("sdb", "scsi0-0-0-1"));
    openAnew();
    assertThat(domain.submit(attach, options).await(DEADLINE))
        .contains(new DiskAttached("sdb", "scsi0-0-0-1"));
    assertThat(targets()).containsExactly("sda", "sdb");
  }

  @Test
  void wrongDisksChangeNothing() throws Exception {
    Disk missing = OperatedGuest.disk(folder.resolve("missing.img"), "sdb", "scsi", "raw");
    Disk notQcow2 = OperatedGuest.disk(guest.image("raw.img", 512), "sdb", "scsi", "qcow2");
    refuses(new AttachDisk(guest.disk("sda", "scsi"), null), ErrorCode.INVALID_STATE, "is taken");
    refuses(new AttachDisk(missing, null), ErrorCode.HOST_RESOURCE_MISSING, "does not exist");
    refuses(
        new AttachDisk(notQcow2, null),
        ErrorCode.INVALID_DEFINITION,
        "no image of the format qcow2");
    refuses(
        new AttachDisk(guest.disk("hdb", "ide"), null), ErrorCode.INVALID_STATE, "on the bus ide");
    refuses(
        new AttachDisk(guest.disk("sdb", "scsi"), Applies.BOTH),
        ErrorCode.INVALID_STATE,
        "is transient");
    refuses(new DetachDisk("sdz", null), ErrorCode.NOT_FOUND, "no disk sdz; it has [sda]");
    refuses(new ResizeDisk("sdz", 512), ErrorCode.NOT_FOUND, "no disk sdz");
    refuses(new ResizeDisk("sda", 512), ErrorCode.INVALID_REQUEST, "is not shrunk");
    Disk small = OperatedGuest.disk(guest.image("small.img", 512), "sda", "scsi", "raw");
    refuses(new CopyDisk("sda", small, 0), ErrorCode.INVALID_REQUEST, "at least as large");
    refuses(new CopyDisk("sda", guest.disk("sda", "scsi"), 0), ErrorCode.IN_USE, "already");
    refuses(new CopyDisk("sdz", small, 0), ErrorCode.NOT_FOUND, "no disk sdz");
  }

  @Test
  void aMachineWithoutAFreePortSaysSo() throws Exception {
    domain.destroy();
    domain = driver.start(guest.xml("q35"), StartOptions.plain().withPaused(true));
    domain.execute(new AttachDisk(guest.disk("vdb", "virtio"), null));
    assertThatThrownBy(() -> domain.execute(new AttachDisk(guest.disk("vdc", "virtio"), null)))
        .hasMessageContaining("No PCI slot is free")
        .hasMessageContaining("pcie-root-port")
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DEFINITION));
    assertThat(targets()).containsExactly("sda", "vdb");
  }

  @Test
  void onlyAGuestThatRunsBootsAgain() {
    refuses(new Reboot(null), ErrorCode.INVALID_STATE, "only a guest that runs can boot again");
  }

  @Test
  void keysArePressedThatQemuKnows() {
    domain.execute(new SendKey(List.of("ctrl", "alt", "delete"), 20));
    refuses(new SendKey(List.of("nokey"), 20), ErrorCode.QEMU_REFUSED, "nokey");
  }

  @Test
  void aDiskOfAnotherAliasThatIsTakenIsUndone() throws Exception {
    String taken = DeviceXml.write(guest.disk("sdb", "scsi"));
    Disk clash =
        DeviceXml.read(
            taken.replace(
                "</disk>",
                "<address type='drive' controller='0' bus='0' target='0' unit='0'/></disk>"),
            Disk.class);
    assertThatThrownBy(() -> domain.execute(new AttachDisk(clash, null)))
        .isInstanceOf(ProblemException.class);
    assertThat(targets()).containsExactly("sda");
    assertThat(OperatedGuest.nodes(domain)).containsExactlyInAnyOrderElementsOf(FIRST_NODES);
  }

  @Test
  void aDiskGrows() {
    long size = 3 * OperatedGuest.DISK_BYTES;
    assertThat(domain.execute(new ResizeDisk("sda", size))).isEqualTo(new DiskResized("sda", size));
    assertThat(
            OperatedGuest.ask(domain, "query-block", "{}")
                .findValue("image")
                .path("virtual-size")
                .asLong())
        .isEqualTo(size);
    assertThat(folder.resolve("sda.img")).hasSize(size);
  }

  @Test
  void aDiskIsCopiedAndTheDomainRunsOnTheCopy() throws Exception {
    byte[] content = new byte[(int) OperatedGuest.DISK_BYTES];
    new Random(1).nextBytes(content);
    Files.write(folder.resolve("sda.img"), content);
    Path copy = guest.image("copy.img", OperatedGuest.DISK_BYTES);

    DiskCopied done =
        domain.execute(new CopyDisk("sda", OperatedGuest.disk(copy, "sda", "scsi", "raw"), 0));

    assertThat(done.bytes()).isGreaterThanOrEqualTo(OperatedGuest.DISK_BYTES);
    assertThat(domain.definitionXml()).contains("copy.img").doesNotContain("sda.img");
    assertThat(OperatedGuest.nodes(domain))
        .containsExactlyInAnyOrder("libvirt-2-format", "libvirt-2-storage");
    assertThat(copy).hasBinaryContent(content);
    assertThat(OperatedGuest.ask(domain, "query-jobs", "{}")).isEmpty();
  }

  @Test
  void aCopyShowsItsProgressAndIsAborted() throws Exception {
    long size = 16 * OperatedGuest.DISK_BYTES;
    domain.execute(new ResizeDisk("sda", size));
    byte[] content = new byte[(int) size];
    new Random(2).nextBytes(content);
    Files.write(folder.resolve("sda.img"), content);
    Path copy = guest.image("copy.img", size);
    Disk destination = OperatedGuest.disk(copy, "sda", "scsi", "raw");
    OperationHandle<DiskCopied> handle =
        domain.submit(
            new CopyDisk("sda", destination, 1024 * 1024), JobOptions.of("copy-1", "operation 7"));
    assertThat(handle.await(Duration.ofSeconds(2))).isEmpty();

    JobInfo seen = domain.jobs().get(0);
    assertThat(seen.owner()).isEqualTo("operation 7");
    assertThat(seen.progress().totalBytes()).isEqualTo(size);
    assertThat(seen.progress().doneBytes()).isBetween(1L, size - 1);
    assertThatThrownBy(() -> domain.execute(new ResizeDisk("sda", 2 * size)))
        .hasMessageContaining("is being copied");
    assertThatThrownBy(() -> domain.execute(new DetachDisk("sda", null)))
        .hasMessageContaining("is being copied");
    domain.pause();

    handle.abort();

    assertThatThrownBy(() -> handle.await(DEADLINE)).hasMessageContaining("was aborted");
    assertThat(domain.definitionXml()).contains("sda.img").doesNotContain("copy.img");
    assertThat(OperatedGuest.nodes(domain)).containsExactlyInAnyOrderElementsOf(FIRST_NODES);
    assertThat(OperatedGuest.ask(domain, "query-jobs", "{}")).isEmpty();
    assertThat(domain.jobs()).isEmpty();
  }
}
