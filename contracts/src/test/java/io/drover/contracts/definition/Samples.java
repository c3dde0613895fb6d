package io.drover.contracts.definition;

/** Definitions that several tests use. */
final class Samples {
  private Samples() {}

  /** A tenant's domain: a volume, QEMU's own NAT, a serial console. */
  static final String TENANT =
      """
      <domain type='qemu'>
        <name>web</name>
        <uuid>1b4f0a4e-7a55-4c3a-8e0b-3f9d6c2a1e77</uuid>
        <title>A web server</title>
        <metadata><x:app xmlns:x='urn:x' tier='1'><x:note>a &lt; b</x:note></x:app></metadata>
        <memory unit='MiB'>256</memory>
        <vcpu>2</vcpu>
        <os>
          <type arch='x86_64' machine='q35'>hvm</type>
          <boot dev='hd'/>
        </os>
        <features><acpi/><apic/></features>
        <cpu><topology sockets='1' dies='1' cores='2' threads='1'/></cpu>
        <devices>
          <disk type='volume' device='disk'>
            <driver name='qemu' type='qcow2' cache='none' discard='unmap'/>
            <source pool='drover' volume='root'/>
            <target dev='vda' bus='virtio'/>
            <serial>web-root</serial>
            <boot order='1'/>
          </disk>
          <interface type='user'>
            <mac address='52:54:00:12:34:56'/>
            <model type='virtio'/>
          </interface>
          <serial type='pty'><target port='0'/></serial>
          <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
        </devices>
      </domain>
      """;

  /** An operator's domain: everything that names the host. */
  static final String OPERATOR =
      """
      <domain type='kvm'>
        <name>infra</name>
        <memory unit='KiB'>1048576</memory>
        <currentMemory unit='KiB'>524288</currentMemory>
        <memoryBacking><source type='memfd'/><access mode='shared'/><discard/></memoryBacking>
        <vcpu placement='static' cpuset='0-3,^1' current='1'>4</vcpu>
        <iothreads>2</iothreads>
        <os>
          <type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type>
          <loader readonly='yes' secure='no' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader>
          <nvram template='/usr/share/OVMF/OVMF_VARS.fd'>/var/lib/x_VARS.fd</nvram>
          <kernel>/boot/vmlinuz</kernel>
          <initrd>/boot/initrd.img</initrd>
          <cmdline>console=ttyS0 root=/dev/vda</cmdline>
          <bootmenu enable='yes' timeout='3000'/>
          <bios useserial='yes' rebootTimeout='-1'/>
        </os>
        <features>
          <acpi/><apic eoi='on'/><pae/>
          <hyperv><relaxed state='on'/><spinlocks state='on' retries='8191'/></hyperv>
          <smm state='on'><tseg unit='MiB'>48</tseg></smm>
        </features>
        <cpu mode='custom' match='exact' check='none'>
          <model fallback='forbid'>Haswell</model>
          <numa>
            <cell id='0' cpus='0-1' memory='512' unit='MiB'><distances><sibling id='1' value='20'/></distances></cell>
            <cell id='1' cpus='2-3' memory='512' unit='MiB' memAccess='shared'/>
          </numa>
          <feature policy='disable' name='vmx'/>
        </cpu>
        <clock offset='variable' adjustment='-3600' basis='utc'>
          <timer name='rtc' tickpolicy='catchup'/>
        </clock>
        <on_poweroff>destroy</on_poweroff><on_reboot>restart</on_reboot>
        <pm><suspend-to-mem enabled='no'/></pm>
        <cputune><vcpupin vcpu='0' cpuset='2-3'/></cputune>
        <numatune><memory mode='strict' nodeset='0'/></numatune>
        <devices>
          <emulator>/usr/bin/qemu-system-x86_64</emulator>
          <disk type='file' device='disk'>
            <driver name='qemu' type='qcow2' cache='none' io='native' iothread='1'/>
            <source file='/images/a.qcow2' startupPolicy='optional'>
              <encryption format='luks' engine='qemu'>
                <secret type='passphrase' uuid='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'/>
              </encryption>
            </source>
            <backingStore type='block'>
              <format type='raw'/>
              <source dev='/dev/vg/base'/>
              <backingStore/>
            </backingStore>
            <target dev='sda' bus='scsi'/>
            <iotune><total_bytes_sec>1000000</total_bytes_sec></iotune>
            <address type='drive' controller='0' bus='0' target='0' unit='0'/>
          </disk>
          <disk type='network' device='disk'>
            <driver name='qemu' type='raw'/>
            <source protocol='rbd' name='pool/image'>
              <host name='mon1' port='6789'/>
              <auth username='me'>
                <secret type='ceph' usage='ceph-me'/>
              </auth>
            </source>
            <target dev='vdb' bus='virtio'/>
          </disk>
          <controller type='scsi' index='0' model='virtio-scsi'>
            <driver queues='4' iommu='on'/>
            <address type='pci' domain='0x0000' bus='0x00' slot='0x09' function='0x0'/>
          </controller>
          <controller type='pci' index='1' model='pcie-root-port'>
            <model name='pcie-root-port'/><target chassis='1' port='0x8' hotplug='off'/>
          </controller>
          <interface type='bridge'>
            <mac address='52:54:00:12:34:57'/>
            <source bridge='br0'/><target dev='vnet7'/><model type='virtio'/>
            <driver name='vhost' queues='4'/><mtu size='1400'/>
          </interface>
          <serial type='unix'>
            <source mode='bind' path='/run/s.sock'/><log file='/log/s.log' append='on'/>
            <target type='isa-serial' port='0'><model name='isa-serial'/></target>
          </serial>
          <console type='tcp'>
            <source mode='connect' host='::1' service='4000'/><protocol type='telnet'/>
            <target type='virtio' port='1'/>
          </console>
          <channel type='unix'>
            <source mode='bind'/><target type='virtio' name='org.qemu.guest_agent.0'/>
            <address type='virtio-serial' controller='0' bus='0' port='1'/>
          </channel>
          <graphics type='vnc' port='5901' autoport='no'>
            <listen type='address' address='0.0.0.0'/>
          </graphics>
          <video><model type='qxl' ram='65536' vram='65536' heads='1' primary='yes'/></video>
          <input type='tablet' bus='usb'><address type='usb' bus='0' port='1.2'/></input>
          <memballoon model='virtio' autodeflate='on'><stats period='10'/></memballoon>
          <watchdog model='i6300esb' action='pause'><alias name='ua-dog'/></watchdog>
          <filesystem type='mount' accessmode='mapped' fmode='0644' multidevs='remap'>
            <source dir='/export'/><target dir='tag'/><readonly/>
          </filesystem>
          <audio id='1' type='alsa'>
            <input mixingEngine='yes' fixedSettings='yes' dev='/dev/dsp'>
              <settings frequency='44100' format='s16'/></input>
          </audio>
          <iommu model='intel'><driver intremap='on' aw_bits='48'/></iommu>
          <panic model='isa'><address type='isa' iobase='0x505'/></panic>
        </devices>
      </domain>
      """;
}
