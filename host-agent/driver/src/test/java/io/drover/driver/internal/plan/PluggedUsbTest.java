package io.drover.driver.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluggedUsbTest {
  @TempDir Path devices;

  @BeforeEach
  void plug() throws IOException {
    plug("1-1", "0529", "0001", 1, 4);
    plug("1-2", "1d6b", "0002", 1, 5);
    plug("2-1", "1d6b", "0002", 2, 6);
    // An interface of a device has no numbers.
    Files.createDirectory(devices.resolve("1-1:1.0"));
  }

  private void plug(String name, String vendor, String product, int bus, int device)
      throws IOException {
    Path folder = Files.createDirectory(devices.resolve(name));
    Files.writeString(folder.resolve("idVendor"), vendor + "\n");
    Files.writeString(folder.resolve("idProduct"), product + "\n");
    Files.writeString(folder.resolve("busnum"), bus + "\n");
    Files.writeString(folder.resolve("devnum"), device + "\n");
  }

  private DomainDefinition find(String policy, String source) {
    DomainDefinition definition =
        DomainXml.read(
            "<domain type='qemu'><name>d</name><memory>65536</memory><os><type>hvm</type></os>"
                + "<devices><hostdev mode='subsystem' type='usb'><source"
                + (policy.isEmpty() ? "" : " startupPolicy='" + policy + "'")
                + ">"
                + source
                + "</source></hostdev></devices></domain>");
    return new PluggedUsb(devices).find(definition);
  }

  private static String numbers(String vendor, String product) {
    return "<vendor id='" + vendor + "'/><product id='" + product + "'/>";
  }

  private static HostSource.Usb only(DomainDefinition definition) {
    return (HostSource.Usb) definition.devices(HostDevice.class).get(0).source();
  }

  @Test
  void theMakersNumbersBecomeThePlace() {
    DomainDefinition found = find("", numbers("0x0529", "0x0001"));

    assertThat(only(found).bus()).isEqualTo(1);
    assertThat(only(found).device()).isEqualTo(4);
    assertThat(PluggedUsb.filesOf(found)).containsExactly(Path.of("/dev/bus/usb/001/004"));
  }

  @Test
  void twoOfAKindAreToldApartByTheirPlace() {
    assertThatThrownBy(() -> find("", numbers("0x1d6b", "0x0002")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("several USB devices 1d6b:0002");
    assertThat(
            only(find("", numbers("0x1d6b", "0x0002") + "<address bus='2' device='6'/>")).device())
        .isEqualTo(6);
    assertThat(only(find("", "<address bus='1' device='5'/>")).device()).isEqualTo(5);
  }

  @Test
  void oneThatIsNotThereIsRefusedOrLeftOut() {
    for (String policy : new String[] {"", "mandatory", "requisite"}) {
      assertThatThrownBy(() -> find(policy, numbers("0xffff", "0x0001")))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.HOST_RESOURCE_MISSING);
                assertThat(e.getMessage()).contains("ffff:0001").contains("optional");
              });
    }
    assertThat(find("optional", numbers("0xffff", "0x0001")).devices(HostDevice.class)).isEmpty();
    assertThatThrownBy(() -> find("", "<address bus='9' device='9'/>"))
        .hasMessageContaining("on bus 9 device 9");
  }

  @Test
  void aHostWithoutUsbHasNone() {
    DomainDefinition wanted = find("", numbers("0x0529", "0x0001"));

    assertThatThrownBy(() -> new PluggedUsb(devices.resolve("none")).find(wanted))
        .hasMessageContaining("0529:0001 on bus 1 device 4 is not plugged into this host");
  }
}
