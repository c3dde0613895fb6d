package io.drover.driver.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.driver.Domain;
import io.drover.driver.DriverLayout;
import io.drover.driver.DriverListener;
import io.drover.driver.DriverOptions;
import io.drover.driver.StartOptions;
import io.drover.driver.StateReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boot sectors that end the machine: the guest's own end is not a crash. */
class GuestPowerOffIT {
  private static final int SECTOR_BYTES = 512;

  /** {@code mov dx, 0x604; mov ax, 0x2000; out dx, ax; hlt}: ACPI's sleep control, type S5. */
  private static final byte[] POWER_OFF = HexFormat.of().parseHex("ba0406b80020eff4");

  /** {@code mov al, 0xfe; out 0x64, al; hlt}: the keyboard controller's reset. */
  private static final byte[] REBOOT = HexFormat.of().parseHex("b0fee664f4");

  @Test
  void theDomainIsShutOffBecauseItsGuestDidSo(@TempDir Path folder) throws IOException {
    assertThat(run(folder, POWER_OFF, ""))
        .anyMatch(event -> event.startsWith("SHUTDOWN {\"guest\":true"));
  }

  @Test
  void aRebootEndsTheDomainWhereItsDefinitionSaysSo(@TempDir Path folder) throws IOException {
    assertThat(run(folder, REBOOT, "<on_reboot>destroy</on_reboot>"))
        .anyMatch(event -> event.contains("\"reason\":\"guest-reset\""));
  }

  /** The events of a run that ends by itself. */
  private static List<String> run(Path folder, byte[] code, String lifecycle) throws IOException {
    byte[] sector = new byte[SECTOR_BYTES];
    System.arraycopy(code, 0, sector, 0, code.length);
    sector[SECTOR_BYTES - 2] = 0x55;
    sector[SECTOR_BYTES - 1] = (byte) 0xaa;
    Path disk = Files.write(folder.resolve("disk.img"), sector);
    List<String> events = new CopyOnWriteArrayList<>();
    try (LocalDriver driver =
        LocalDriver.open(DriverLayout.under(folder.resolve("r")), DriverOptions.defaults())) {
      driver.listen(
          new DriverListener() {
            @Override
            public void qmpEvent(QmpNotice notice) {
              events.add(notice.event() + " " + notice.dataJson());
            }
          });
      Domain domain = driver.start(xml(disk, lifecycle), StartOptions.plain());

      assertThat(domain.awaitEnd(Duration.ofSeconds(60)))
          .hasValueSatisfying(
              last -> assertThat(last.reason()).isEqualTo(StateReason.SHUTOFF_SHUTDOWN));
      assertThat(driver.domains()).isEmpty();
      return events;
    }
  }

  private static String xml(Path disk, String lifecycle) {
    return """
        <domain type='qemu'>
          <name>off</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <features><acpi/></features>
          %s
          <devices>
            <disk type='file' device='disk'>
              <driver name='qemu' type='raw'/>
              <source file='%s'/>
              <target dev='hda' bus='ide'/>
            </disk>
          </devices>
        </domain>
        """
        .formatted(lifecycle, disk);
  }
}
