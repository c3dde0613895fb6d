package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskDetached.Outcome;
import io.drover.contracts.operation.Reboot;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.ShutdownMode;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operations that a guest has a say in: Linux hears the power button and lets go of disks. */
@Timeout(300)
class GuestOperationsIT {
  private static final String READY = "DROVER-GUEST-READY";
  private static final long DEADLINE_SECONDS = 120;
  @TempDir Path root;
  @TempDir Path folder;
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private LocalDriver driver;
  private Domain domain;
  private SerialShell shell;

  @BeforeEach
  void boot() throws IOException {
    Path guest = Path.of(System.getProperty("project.root"), "data", "testguest");
    Assumptions.assumeTrue(
        Files.exists(guest.resolve("cmdline")), "needs what deploy/testguest/build makes");
    open();
    domain =
        driver.start(
            """
            <domain type='qemu'>
              <name>linux</name>
              <memory unit='MiB'>192</memory>
              <vcpu>1</vcpu>
              <os>
                <type arch='x86_64' machine='pc'>hvm</type>
                <kernel>%1$s/vmlinuz</kernel>
                <initrd>%1$s/initrd</initrd>
                <cmdline>%2$s</cmdline>
              </os>
              <features><acpi/></features>
              <devices>
                <serial type='pty'/>
                <channel type='unix'>
                  <target type='virtio' name='org.qemu.guest_agent.0'/>
                </channel>
              </devices>
            </domain>
            """
                .formatted(guest, Files.readString(guest.resolve("cmdline")).strip()),
            StartOptions.plain());
    shell = new SerialShell(domain.consoleSocket().orElseThrow());
    awaitBoot();
  }

  /** Until somebody listens to the power button. */
  private void awaitBoot() throws IOException {
    assertThat(shell.await(READY)).contains(READY);
    shell.type("until pidof acpid; do :; done; echo ACPI-$((1+1))");
    assertThat(shell.await("ACPI-2")).contains("ACPI-2");
  }

  private void open() {
    driver = LocalDriver.open(DriverLayout.under(root), DriverOptions.defaults());
    driver.listen(
        new DriverListener() {
          @Override
          public void qmpEvent(QmpNotice notice) {
            if (notice.dataJson().contains("\"device\"")) { // the other is of a part of it
              events.add(notice.event());
            }
          }
        });
  }

  @AfterEach
  void end() throws IOException {
    if (shell != null) {
      shell.close();
    }
    if (driver != null) { // it is not where the test guest is missing
      driver.domains().forEach(Domain::destroy);
      driver.close();
    }
  }

  private boolean has(String target) {
    return DomainXml.read(domain.definitionXml()).devices(Disk.class).stream()
        .anyMatch(disk -> disk.target().dev().equals(target));
  }

  private void hears(String event) throws InterruptedException {
    String next = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    while (next != null && !next.equals(event)) {
      next = events.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(next).isEqualTo(event);
  }

  @Test
  void aRebootByAcpiIsFinishedByTheDriverThatComesNext() throws Exception {
    domain.execute(new Reboot(Reboot.Mode.ACPI));
    driver.close();
    open();
    domain = driver.domains().get(0);
    awaitBoot();
    assertThat(domain.status().ended()).isFalse();

    domain.shutDown(ShutdownMode.ACPI);

    assertThat(domain.awaitEnd(Duration.ofSeconds(DEADLINE_SECONDS)))
        .as("a shutdown after a reboot is no reboot")
        .isPresent();
  }

  @Test
  void aGuestUsesADiskThatIsAttachedAndLetsGoOfItInItsTime() throws Exception {
    OperatedGuest disks = new OperatedGuest(folder);
    domain.execute(new AttachDisk(disks.disk("vdb", "virtio"), null));
    shell.type(
        "until [ -e /sys/block/vda/size ]; do :; done; echo SIZE=$(cat /sys/block/vda/size)");
    assertThat(shell.await("SIZE=" + OperatedGuest.DISK_BYTES / 512)).contains("SIZE=");
    domain.execute(new ResizeDisk("vdb", 2 * OperatedGuest.DISK_BYTES));
    shell.type("until grep -q 16384 /sys/block/vda/size; do :; done; echo GROWN-$((1+1))");
    assertThat(shell.await("GROWN-2")).contains("GROWN-2");
    assertThat(domain.execute(new DetachDisk("vdb", null)).outcome()).isEqualTo(Outcome.REMOVED);

    domain.execute(new AttachDisk(disks.disk("vdc", "virtio"), null));
    domain.pause(); // it does nothing now, and so it does not let go either
    assertThat(domain.execute(new DetachDisk("vdc", null)).outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(has("vdc")).isTrue();
    events.clear();

    domain.resume();

    hears("DEVICE_DELETED");
    assertThat(domain.execute(new AttachDisk(disks.disk("vdd", "virtio"), null)).target())
        .as("waits for what follows the event")
        .isEqualTo("vdd");
    assertThat(has("vdc")).isFalse();
    assertThat(OperatedGuest.nodes(domain))
        .containsExactly("libvirt-1-format", "libvirt-1-storage");
  }
}
