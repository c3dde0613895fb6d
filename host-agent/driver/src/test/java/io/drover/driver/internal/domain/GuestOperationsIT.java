package io.drover.driver.internal.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.operation.Applies;
import io.drover.contracts.operation.AttachDisk;
import io.drover.contracts.operation.CopyDisk;
import io.drover.contracts.operation.DetachDisk;
import io.drover.contracts.operation.DiskDetached;
import io.drover.contracts.operation.DiskDetached.Outcome;
import io.drover.contracts.operation.Reboot;
import io.drover.contracts.operation.ResizeDisk;
import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverListener.DomainModification;
import io.drover.driver.JobOptions;
import io.drover.driver.QmpDeadlines;
import io.drover.driver.ShutdownMode;
import io.drover.driver.StartOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
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
  private static final Duration AGENT_DEADLINE = QmpDeadlines.usual().query();
  @TempDir Path root;
  @TempDir Path folder;
  private final BlockingQueue<DomainModification> modifications = new LinkedBlockingQueue<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
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
        driver.define(
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
                .formatted(guest, Files.readString(guest.resolve("cmdline")).strip()));
    driver.start(domain.id(), StartOptions.plain());
    shell = new SerialShell(domain.consoleSocket().orElseThrow());
    awaitBoot();
  }

  /** Until somebody listens to the power button. */
  private void awaitBoot() throws IOException {
    assertThat(shell.await(READY)).contains(READY);
    shell.type("until pidof acpid; do :; done; echo ACPI-$((1+1))");
    assertThat(shell.await("ACPI-2")).contains("ACPI-2");
  }

  private void openUnheard() {
    driver = TestDriver.open(DriverLayout.under(root), TestDriver.options());
    driver.domains().forEach(found -> domain = found);
  }

  private void open() {
    openUnheard();
    driver.listen(
        new DriverListener() {
          @Override
          public void domainModified(DomainModification modification) {
            modifications.add(modification);
          }

          @Override
          public void qmpAnswered(
              Domain of, String command, Instant startedAt, Duration took, boolean done) {
            asked.add(command);
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

  private boolean hasNext(String target) {
    return domain.persistentDefinition().orElseThrow().devices(Disk.class).stream()
        .anyMatch(disk -> disk.target().dev().equals(target));
  }

  @Test
  void aRebootByAcpiIsFinishedByTheDriverThatComesNext() throws Exception {
    domain.execute(new Reboot(Reboot.Mode.ACPI));
    driver.close();
    open();
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

    late(disks);
  }

  private static final int COPIED_BYTES = 32 << 20;
  private static final Pattern SUM = Pattern.compile("SUM=([0-9a-f]{64})=");

  /**
   * Writes until it is told to stop, past the page cache; counts its writes in a file. A write
   * makes QEMU copy 64 KiB again, so it writes slower than the copy, however fast the machine is.
   */
  private static final String WRITER =
      "i=0; while [ ! -e /run/stop ]; do i=$((i+1));"
          + " dd if=/dev/urandom of=/dev/vda bs=4k count=1 seek=$((i*37%8192)) conv=notrunc,fsync"
          + " 2>/dev/null; echo $i >/run/now; mv /run/now /run/writes; sleep 0.02; done &";

  @Test
  void aGuestWritesOverTheSwitchToACopyAndTheCopyHasItAll() throws Exception {
    OperatedGuest disks = new OperatedGuest(folder);
    Path old = disks.image("old.img", COPIED_BYTES);
    Path copy = disks.image("copy.img", COPIED_BYTES);
    domain.execute(new AttachDisk(OperatedGuest.disk(old, "vdb", "virtio", "raw"), Applies.LIVE));
    shell.type("until [ -e /sys/block/vda/size ]; do :; done");
    shell.type(WRITER);
    shell.type("until [ -s /run/writes ]; do :; done; echo WRITES-$((1+1))");
    assertThat(shell.await("WRITES-2")).contains("WRITES-2");

    domain.execute(
        new CopyDisk("vdb", OperatedGuest.disk(copy, "vdb", "virtio", "raw"), COPIED_BYTES / 4));

    assertThat(domain.definitionXml()).contains("copy.img").doesNotContain("old.img");
    shell.type("a=$(cat /run/writes); until [ $(cat /run/writes) -gt $((a+2)) ]; do :; done");
    shell.type("touch /run/stop; wait; sync; echo 3 >/proc/sys/vm/drop_caches");
    shell.type("echo SUM=$(sha256sum </dev/vda | cut -c1-64)=");
    String seen = shell.find(SUM);
    domain.destroy();
    assertThat(seen).isEqualTo(sha256(copy)).isNotEqualTo(sha256(old));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** A guest that is paused releases nothing until it is resumed, long after the detaching. */
  private void late(OperatedGuest disks) throws Exception {
    domain.execute(new AttachDisk(disks.disk("vdc", "virtio"), Applies.BOTH));
    domain.pause();
    assertThat(detach("op-7").outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(has("vdc")).isTrue();
    assertThat(hasNext("vdc")).isTrue();
    driver.close();
    openUnheard();

    domain.resume();

    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    while (has("vdc")) {
      assertThat(System.nanoTime()).as("the driver follows the guest").isLessThan(until);
      Thread.onSpinWait();
    }
    assertThat(OperatedGuest.nodes(domain)).isEmpty();
    assertThat(hasNext("vdc")).as("it was asked of both definitions").isFalse();
    driver.close(); // nobody has heard of it yet
    open();
    DomainModification told = modifications.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(told.job()).contains("op-7");
    assertThat(told.change()).isEqualTo(new DetachDisk("vdc", Applies.LIVE));
    assertThat(told.result()).isEqualTo(new DiskDetached("vdc", Outcome.REMOVED));
    assertThat(detach("op-7").outcome()).as("asked again").isEqualTo(Outcome.REMOVED);
    assertThat(domain.execute(new AttachDisk(disks.disk("vdd", "virtio"), null)).target())
        .isEqualTo("vdd");
    releasedByItself();
  }

  /** What the guest's administrator does to a card that is to be pulled. */
  private void releasedByItself() throws Exception {
    shell.type("until [ -e /sys/block/vda/size ]; do :; done; echo PLUGGED-$((1+1))");
    assertThat(shell.await("PLUGGED-2")).contains("PLUGGED-2");
    shell.type("a=$(readlink -f /sys/block/vda/device); a=${a%/*}; a=${a##*/}");
    shell.type(
        "for s in /sys/bus/pci/slots/*; do grep -q ${a%.*} $s/address && echo 0 >$s/power; done");
    DomainModification told = modifications.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    assertThat(told.job()).as("nobody had asked for it").isEmpty();
    assertThat(told.change()).isEqualTo(new DetachDisk("vdd", Applies.LIVE));
    assertThat(has("vdd")).isFalse();
    assertThat(OperatedGuest.nodes(domain)).isEmpty();
  }

  private DiskDetached detach(String id) {
    return domain
        .submit(new DetachDisk("vdc", Applies.BOTH), JobOptions.of(id, "alice"))
        .await(Duration.ofSeconds(DEADLINE_SECONDS))
        .orElseThrow();
  }

  @Test
  void theAgentIsAskedToRebootAndAcpiWhenItDoesNotAnswer() throws Exception {
    awaitAgent();
    domain.execute(new Reboot(null));
    awaitBoot();
    assertThat(asked).as("the agent has done it").doesNotContain("system_powerdown");

    awaitAgent();
    domain.execute(new Reboot(Reboot.Mode.AGENT));
    awaitBoot();
    assertThat(asked).doesNotContain("system_powerdown");

    awaitAgent();
    shell.type("kill -STOP $(pidof qemu-ga); echo STOPPED-$((1+1))");
    assertThat(shell.await("STOPPED-2")).contains("STOPPED-2");
    assertThatThrownBy(() -> domain.execute(new Reboot(Reboot.Mode.AGENT)))
        .hasMessageContaining("does not answer; use ACPI");
    long before = System.nanoTime();
    domain.execute(new Reboot(null));
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("the agent's deadline, and not much more")
        .isBetween(AGENT_DEADLINE, AGENT_DEADLINE.multipliedBy(4));
    assertThat(asked).contains("system_powerdown");
    awaitBoot();
    assertThat(domain.status().ended()).isFalse();
  }

  private void awaitAgent() throws IOException {
    shell.type("until ls -l /proc/$(pidof qemu-ga)/fd | grep -q vport; do :; done 2>/dev/null");
    shell.type("echo AGENT-$((1+1))");
    assertThat(shell.await("AGENT-2")).contains("AGENT-2");
  }
}
