package io.drover.definition.argv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.DomainXml;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.DisplaySecurity;
import io.drover.definition.argv.host.HostBindings;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.complete.PostParse;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedOnHostTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<vsock model='virtio'/>",
        "<tpm><backend type='emulator'/></tpm>",
        "<hostdev mode='subsystem' type='usb'><source><vendor id='1'/><product id='2'/></source>"
            + "</hostdev>",
        "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/>"
            + "<address bus='0' target='0' unit='0'/></source></hostdev>",
        "<interface type='bridge'><source bridge='br0'/></interface>",
        "<interface type='network'><source network='default'/></interface>",
        "<interface type='direct'><source dev='eth0'/></interface>",
        "<interface type='user'><backend type='passt'/></interface>",
        "<interface type='user'><portForward proto='tcp'/></interface>",
        "<interface type='user'><bandwidth><inbound average='1'/></bandwidth></interface>",
        "<interface type='user'><filterref filter='clean-traffic'/></interface>",
        "<interface type='ethernet'><source><ip address='192.0.2.1'/></source></interface>",
        "<interface type='ethernet'><vlan><tag id='1'/></vlan></interface>",
        "<interface type='ethernet'><script path='/etc/ifup'/></interface>",
        "<disk type='file'><source file='/a'/><target dev='vda'/><transient/></disk>",
        "<disk type='file'><source file='/a' fdgroup='g'/><target dev='vda'/></disk>",
        "<disk type='block' device='lun'><source dev='/a'><reservations managed='yes'/></source>"
            + "<target dev='sda' bus='scsi'/></disk>",
        "<lease><key>k</key><target path='/l'/></lease>"
      })
  void neverRunsAPlaceholder(String device) {
    assertThatThrownBy(() -> build(device, HostBindings.none()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("This host");
  }

  @Test
  void usesWhatTheHostHasFound() {
    HostBindings bindings =
        new HostBindings(Map.of("vsock0", "7"), DisplaySecurity.NONE, null, false);

    assertThat(build("<vsock model='virtio'/>", bindings))
        .anyMatch(word -> word.contains("\"guest-cid\":7"));
  }

  @Test
  void whatConnectsACardDoesNotSeeToTheRestOfIt() {
    HostBindings bindings = found("net0", "/run/d/passt0.sock");

    assertThat(build("<interface type='user'><backend type='passt'/></interface>", bindings))
        .anyMatch(word -> word.contains("\"path\":\"/run/d/passt0.sock\""));
    assertThatThrownBy(
            () ->
                build(
                    "<interface type='user'><backend type='passt'/>"
                        + "<bandwidth><inbound average='1'/></bandwidth></interface>",
                    bindings))
        .hasMessageContaining("limits no bandwidth");
  }

  @Test
  void oneHelperDoesTheReservationsOfAllDisks() {
    String disk =
        "<disk type='block' device='lun'><source dev='/%s'><reservations managed='yes'/></source>"
            + "<target dev='sd%s' bus='scsi'/></disk>";

    assertThat(
            build(
                disk.formatted("a", "a") + disk.formatted("b", "b"),
                found("pr-helper0", "/run/d/pr.sock")))
        .containsOnlyOnce(
            "{\"qom-type\":\"pr-manager-helper\",\"id\":\"pr-helper0\","
                + "\"path\":\"/run/d/pr.sock\"}")
        .filteredOn(word -> word.contains("\"pr-manager\":\"pr-helper0\""))
        .hasSize(2);
  }

  private static HostBindings found(String alias, String what) {
    return HostBindings.of(Map.of(alias, what), DisplaySecurity.NONE);
  }

  @Test
  void passesTheGenericDeviceThatWasFound() {
    HostBindings bindings = HostBindings.of(Map.of("hostdev0", "/dev/sg17"), DisplaySecurity.NONE);
    String device =
        "<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/>"
            + "<address bus='0' target='0' unit='0'/></source></hostdev>";

    assertThat(build(device, bindings))
        .anyMatch(word -> word.contains("\"driver\":\"host_device\",\"filename\":\"/dev/sg17\""));
  }

  @Test
  void neverPutsWhatADiskIsOpenedWithOnACommandLine() {
    List<String> argv =
        build(
            "<disk type='network'><source protocol='https' name='a'><host name='h'/>"
                + "<cookies><cookie name='session'>sesame</cookie></cookies>"
                + "<auth username='me'><secret type='iscsi' usage='open'/></auth></source>"
                + "<target dev='vda'/></disk>",
            HostBindings.none());

    assertThat(argv)
        .noneMatch(word -> word.contains("sesame"))
        .anyMatch(
            word -> word.contains("\"cookie-secret\":\"libvirt-1-storage-httpcookie-secret0\""))
        .anyMatch(word -> word.contains("\"password-secret\":\"libvirt-1-storage-auth-secret0\""));
  }

  @Test
  void neverPutsAPasswordOnACommandLine() {
    HostBindings exported = HostBindings.placeholders();

    assertThat(build("<graphics type='vnc' passwd='sesame'/>", exported))
        .noneMatch(word -> word.contains("sesame"))
        .anyMatch(word -> word.contains("password=on"));
  }

  @Test
  void protectsDisplaysAsTheHostSays() {
    DisplaySecurity security =
        new DisplaySecurity("/pki/vnc", true, null, true, "/pki/spice", true);
    List<String> argv =
        build(
            "<graphics type='vnc' port='5901'/><graphics type='spice' tlsPort='5904'/>",
            new HostBindings(Map.of(), security, null, false));

    assertThat(argv)
        .contains("127.0.0.1:1,tls-creds=vnc-tls-creds0,sasl=on,audiodev=audio1")
        .anyMatch(word -> word.contains("\"verify-peer\":true"))
        .anyMatch(word -> word.contains("sasl=on,x509-dir=/pki/spice"));
  }

  private static List<String> build(String device, HostBindings bindings) {
    DomainDefinition definition =
        DomainXml.read(
            "<domain type='qemu'><name>n</name><memory>65536</memory>"
                + "<os><type machine='pc'>hvm</type></os><devices>"
                + device
                + "</devices></domain>");
    HostLayout offline = HostLayout.placeholders("n");
    return QemuArgv.build(
        PostParse.complete(definition, EmulatorFacts.offline()),
        new HostLayout(
            offline.monitorSocket(),
            offline.masterKeyFile(),
            offline.channelFolder(),
            offline.nvramFile(),
            null,
            5900,
            Map.of(),
            offline.memory(),
            bindings,
            false,
            Instant.EPOCH),
        SecretMaterial.placeholders());
  }
}
