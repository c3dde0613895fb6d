package io.drover.contracts.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantPolicyTest {
  @Test
  void letsATenantUseVolumesAndNetworks() {
    assertThat(TenantPolicy.check(DomainXml.read(Samples.TENANT))).isEmpty();
  }

  @Test
  void refusesWhateverNamesTheHost() {
    assertThat(TenantPolicy.check(DomainXml.read(Samples.OPERATOR)))
        .allMatch(fault -> fault.code() == ErrorCode.FORBIDDEN_FOR_TENANTS)
        .extracting(Problem.Fault::path)
        .contains(
            "/domain/devices/emulator",
            "/domain/vcpu/@cpuset",
            "/domain/cputune",
            "/domain/numatune",
            "/domain/devices/filesystem",
            "/domain/devices/audio",
            "/domain/os/kernel",
            "/domain/os/initrd",
            "/domain/os/loader",
            "/domain/os/nvram",
            "/domain/devices/disk[1]/source",
            "/domain/devices/disk[1]/source/encryption",
            "/domain/devices/disk[1]/backingStore",
            "/domain/devices/disk[2]/source",
            "/domain/devices/interface",
            "/domain/devices/interface/target/@dev",
            "/domain/devices/serial",
            "/domain/devices/serial/log",
            "/domain/devices/console",
            "/domain/devices/graphics/@port",
            "/domain/devices/graphics/listen/@address");
  }

  @Test
  void refusesDevicesOfTheHost() {
    assertThat(TenantPolicy.check(DomainXml.read(HostDeviceSamples.ALL)))
        .extracting(Problem.Fault::path)
        .contains(
            "/domain/devices/tpm/backend/encryption",
            "/domain/devices/tpm/backend/@debug",
            "/domain/devices/smartcard[1]",
            "/domain/devices/redirdev[1]",
            "/domain/devices/hostdev[1]",
            "/domain/devices/hostdev[7]",
            "/domain/devices/interface",
            "/domain/devices/shmem[1]",
            "/domain/devices/vsock",
            "/domain/devices/lease",
            "/domain/devices/crypto",
            "/domain/devices/graphics[1]/@type",
            "/domain/devices/graphics[2]/@passwd")
        .doesNotContain("/domain/devices/sound[1]", "/domain/devices/hub", "/domain/devices/tpm");
  }

  @Test
  void letsATenantHaveAnEmulatedTpmAndASoundCard() {
    String devices = "<tpm><backend type='emulator'/></tpm><sound model='ich9'/></devices>";

    assertThat(TenantPolicy.check(DomainXml.read(Samples.TENANT.replace("</devices>", devices))))
        .isEmpty();
  }

  @Test
  void refusesChangesThatLieOutsideOfTheirVolume() {
    String xml = Samples.TENANT.replaceFirst("</disk>", "<transient/></disk>");

    assertThat(TenantPolicy.check(DomainXml.read(xml)))
        .extracting(Problem.Fault::path)
        .isNotEmpty()
        .allMatch(path -> path.endsWith("/transient"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<interface type='vhostuser'><source type='unix' path='/s' mode='client'/></interface>",
        "<interface type='user'><backend type='passt'/></interface>",
        "<interface type='user'><source dev='eth0'/></interface>",
        "<interface type='user'><portForward proto='tcp'/></interface>",
        "<interface type='network' trustGuestRxFilters='yes'><source network='n'/></interface>",
        "<interface type='network'><source network='n'/><script path='/x'/></interface>",
        "<interface type='network'><source network='n'/><backend tap='/x'/></interface>",
        "<interface type='network'><source network='n'/><filterref filter='f'/></interface>",
        "<interface type='network'><source network='n'/><vlan><tag id='1'/></vlan></interface>",
        "<interface type='network'><source network='n'/><teaming type='transient'"
            + " persistent='ua-a'/></interface>",
      })
  void refusesToChooseHowTheHostConnectsAnInterface(String nic) {
    String xml = Samples.TENANT.replace("</devices>", nic + "</devices>");

    assertThat(TenantPolicy.check(DomainXml.read(xml)))
        .extracting(Problem.Fault::path)
        .isNotEmpty()
        .allMatch(path -> path.startsWith("/domain/devices/interface[2]"));
  }

  /** What QEMU itself would connect to or listen on, beside the cards of its guest. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<interface type='bridge'><source bridge='br0'/></interface>",
        "<interface type='direct'><source dev='eth0' mode='bridge'/></interface>",
        "<interface type='ethernet'><target dev='tap0'/></interface>",
        "<interface type='vdpa'><source dev='/dev/vhost-vdpa-0'/></interface>",
        "<interface type='client'><source address='127.0.0.1' port='1'/></interface>",
        "<interface type='server'><source address='127.0.0.1' port='1'/></interface>",
        "<interface type='mcast'><source address='230.0.0.1' port='1'/></interface>",
        "<interface type='udp'><source address='127.0.0.1' port='1'>"
            + "<local address='127.0.0.1' port='2'/></source></interface>",
        "<serial type='tcp'><source mode='connect' host='127.0.0.1' service='1'/></serial>",
        "<serial type='tcp'><source mode='bind' host='0.0.0.0' service='1'/></serial>",
        "<serial type='udp'><source mode='connect' host='127.0.0.1' service='1'/></serial>",
        "<channel type='unix'><source mode='connect' path='/s'/>"
            + "<target type='virtio' name='a'/></channel>",
        "<graphics type='spice' autoport='yes'/>",
        "<graphics type='vnc' port='5901'/>",
        "<graphics type='vnc' websocket='5701'/>",
        "<graphics type='vnc'><listen type='address' address='0.0.0.0'/></graphics>",
        "<graphics type='vnc'><listen type='network' network='n'/></graphics>",
        "<disk type='network' device='disk'><source protocol='nbd' name='a'>"
            + "<host name='127.0.0.1' port='10809'/></source><target dev='vdx' bus='virtio'/></disk>",
        "<disk type='network' device='disk'><source protocol='iscsi' name='iqn.2000-01.a:b/1'>"
            + "<host name='127.0.0.1' port='3260'/></source><target dev='vdx' bus='virtio'/></disk>",
        "<disk type='nvme' device='disk'><source type='pci' managed='yes' namespace='1'>"
            + "<address domain='0' bus='1' slot='0' function='0'/></source>"
            + "<target dev='vdx' bus='virtio'/></disk>",
        "<disk type='vhostuser' device='disk'><source type='unix' path='/s'/>"
            + "<target dev='vdx' bus='virtio'/></disk>",
        "<rng model='virtio'><backend model='egd' type='tcp'>"
            + "<source mode='connect' host='127.0.0.1' service='1'/></backend></rng>",
        "<redirdev bus='usb' type='tcp'>"
            + "<source mode='connect' host='127.0.0.1' service='1'/></redirdev>",
        "<vsock model='virtio'><cid auto='yes'/></vsock>",
      })
  void refusesEveryWayOfQemuToANetwork(String device) {
    String xml = Samples.TENANT.replace("</devices>", device + "</devices>");

    assertThat(TenantPolicy.check(DomainXml.read(xml)))
        .isNotEmpty()
        .allMatch(fault -> fault.code() == ErrorCode.FORBIDDEN_FOR_TENANTS);
  }

  @Test
  void refusesAVolumeOfAnotherPool() {
    assertThat(
            TenantPolicy.check(
                DomainXml.read(Samples.TENANT.replace("pool='drover'", "pool='host'"))))
        .extracting(Problem.Fault::path)
        .containsExactly("/domain/devices/disk/source");
  }

  @Test
  void refusesWhatADiskNamesOnTheHost() {
    String disks =
        """
        <disk type='vhostuser'><source type='unix' path='/run/s'/><target dev='vdb'/></disk>
        <disk type='volume' device='lun' rawio='yes'>
          <source pool='drover' volume='a' mode='host'>
            <reservations managed='yes'/><seclabel model='dac' relabel='no'/>
          </source>
          <mirror type='file' job='copy'><source file='/m'/></mirror>
          <target dev='vdc'/>
        </disk>
        <disk type='network'><source protocol='nbd' tls='yes'><host name='h'/></source><target dev='vdd'/></disk>
        </devices>""";

    assertThat(TenantPolicy.check(DomainXml.read(Samples.TENANT.replace("</devices>", disks))))
        .extracting(Problem.Fault::path)
        .containsExactlyInAnyOrder(
            "/domain/devices/disk[2]/source",
            "/domain/devices/disk[3]/@rawio",
            "/domain/devices/disk[3]/@device",
            "/domain/devices/disk[3]/mirror",
            "/domain/devices/disk[3]/source",
            "/domain/devices/disk[3]/source/reservations",
            "/domain/devices/disk[3]/source/seclabel",
            "/domain/devices/disk[4]/source");
  }

  @Test
  void refusesWhatTunesOrConfinesOnTheHost() {
    String tuned =
        Samples.TENANT
            .replace(
                "<vcpu>2</vcpu>",
                """
                <memtune><hard_limit>1048576</hard_limit></memtune>
                <blkiotune><weight>100</weight></blkiotune>
                <resource><partition>/machine</partition></resource>
                <perf><event name='cpu_clock' enabled='yes'/></perf>
                <sysinfo type='fwcfg'><entry name='opt/a/b' file='/etc/shadow'/></sysinfo>
                <idmap>
                  <uid start='0' target='0' count='1'/><gid start='0' target='0' count='1'/>
                </idmap>
                <seclabel type='none'/>
                <launchSecurity type='sev'><policy>1</policy></launchSecurity>
                <vcpu>2</vcpu>
                """)
            .replace(
                "<devices>",
                """
                <devices>
                <memory model='nvdimm'>
                  <source><path>/etc/shadow</path></source><target><size>1024</size></target>
                </memory>
                """);

    assertThat(TenantPolicy.check(DomainXml.read(tuned)))
        .extracting(Problem.Fault::path)
        .containsExactlyInAnyOrder(
            "/domain/memtune",
            "/domain/blkiotune",
            "/domain/resource",
            "/domain/perf",
            "/domain/sysinfo/entry/@file",
            "/domain/idmap",
            "/domain/seclabel",
            "/domain/launchSecurity",
            "/domain/devices/memory");
  }
}
