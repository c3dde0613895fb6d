package io.drover.contracts.definition;

/** Every device that leans on its host, in every form. */
final class HostDeviceSamples {
  private HostDeviceSamples() {}

  static final String ALL =
      """
      <domain type='kvm'>
        <name>workstation</name>
        <memory unit='MiB'>512</memory>
        <os><type arch='x86_64' machine='q35'>hvm</type></os>
        <devices>
          <tpm model='tpm-crb'>
            <backend type='emulator' version='2.0' persistent_state='yes' debug='5'>
              <encryption secret='0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f'/>
              <active_pcr_banks><sha256/><sha512/></active_pcr_banks>
            </backend>
            <alias name='ua-tpm'/>
          </tpm>
          <smartcard mode='host-certificates'>
            <certificate>one,1</certificate><certificate>two</certificate><certificate>three</certificate>
            <database>/etc/pki/nssdb</database>
          </smartcard>
          <smartcard mode='passthrough' type='spicevmc'/>
          <smartcard mode='host'><address type='ccid' controller='0' slot='0'/></smartcard>
          <redirdev bus='usb' type='spicevmc'><boot order='3'/></redirdev>
          <redirdev bus='usb' type='tcp'>
            <source mode='connect' host='viewer' service='4000'/><protocol type='raw'/>
          </redirdev>
          <redirfilter>
            <usbdev class='0x08' vendor='0x1234' product='0xBEEF' version='1.10' allow='yes'/>
            <usbdev allow='no'/>
          </redirfilter>
          <hub type='usb'/>
          <hostdev mode='subsystem' type='pci' managed='yes'>
            <driver name='vfio'/>
            <source><address domain='0x0000' bus='0x06' slot='0x12' function='0x5'/></source>
            <teaming type='transient' persistent='ua-backup'/>
            <boot order='1'/><rom bar='off' file='/rom.bin'/>
          </hostdev>
          <hostdev mode='subsystem' type='pci' managed='no'>
            <source><address bus='0x06' slot='0x13' function='0'/></source>
            <address type='unassigned'/>
          </hostdev>
          <hostdev mode='subsystem' type='usb'>
            <source startupPolicy='optional' guestReset='off'>
              <vendor id='0x1234'/><product id='0xbeef'/>
            </source>
          </hostdev>
          <hostdev mode='subsystem' type='usb'>
            <source><address bus='14' device='6'/></source>
            <address type='usb' bus='0' port='3'/>
          </hostdev>
          <hostdev mode='subsystem' type='scsi' rawio='yes' sgio='filtered'>
            <source><adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/></source>
            <readonly/><shareable/>
            <address type='drive' controller='0' bus='0' target='4' unit='8'/>
          </hostdev>
          <hostdev mode='subsystem' type='scsi'>
            <source protocol='iscsi' name='iqn.1992-01.com.example:storage/1'>
              <host name='example.org' port='3260'/>
              <initiator><iqn name='iqn.2020-07.com.example:test'/></initiator>
              <auth username='me'><secret type='iscsi' usage='mycluster'/></auth>
            </source>
          </hostdev>
          <hostdev mode='subsystem' type='scsi_host' model='virtio-transitional'>
            <source protocol='vhost' wwpn='naa.5123456789abcde0'/>
          </hostdev>
          <hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on' ramfb='on'>
            <source><address uuid='53764d0e-85a0-42b4-af5c-2046b460b1dc'/></source>
          </hostdev>
          <interface type='hostdev' managed='yes'>
            <mac address='52:54:00:6d:90:02'/>
            <source><address type='pci' domain='0x0000' bus='0x03' slot='0x07' function='0x1'/></source>
            <teaming type='transient' persistent='ua-backup'/>
          </interface>
          <shmem name='plain' role='master'><model type='ivshmem-plain'/><size unit='M'>8</size></shmem>
          <shmem name='bell'>
            <model type='ivshmem-doorbell'/><server path='/run/bell'/><msi vectors='4' ioeventfd='off'/>
          </shmem>
          <vsock model='virtio'><cid auto='no' address='4'/><driver iommu='on'/></vsock>
          <crypto model='virtio' type='qemu'><backend model='builtin' queues='2'/></crypto>
          <lease>
            <lockspace>space</lockspace><key>key</key><target path='/leases' offset='1024'/>
          </lease>
          <panic model='pvpanic'/>
          <sound model='ich6'><codec type='micro'/><codec type='duplex'/><audio id='2'/></sound>
          <sound model='usb' multichannel='yes'/>
          <audio id='1' type='spice'/>
          <audio id='2' type='oss' tryMMap='yes' exclusive='no' dspPolicy='3'>
            <input dev='/dev/dsp0' tryPoll='no'/>
            <output mixingEngine='yes' fixedSettings='yes' bufferCount='20'>
              <settings frequency='44100' channels='2' format='s16'/>
            </output>
          </audio>
          <graphics type='spice' port='5903' tlsPort='5904' autoport='no' defaultMode='secure'>
            <listen type='address' address='127.0.0.1'/>
            <channel name='main' mode='secure'/>
            <image compression='auto_glz'/><jpeg compression='auto'/><zlib compression='never'/>
            <playback compression='on'/><streaming mode='filter'/>
            <clipboard copypaste='no'/><mouse mode='client'/><filetransfer enable='no'/>
            <gl enable='no'/>
          </graphics>
          <graphics type='vnc' websocket='5700' keymap='en-us' sharePolicy='ignore' powerControl='yes'
              passwd='sesame' passwdValidTo='2030-01-31T00:00:00' connected='keep'>
            <listen type='socket' socket='/run/vnc.sock'/><audio id='2'/>
          </graphics>
          <graphics type='egl-headless'><gl rendernode='/dev/dri/renderD128'/></graphics>
          <graphics type='sdl' display=':0' xauth='/x' fullscreen='yes'><gl enable='yes'/></graphics>
          <graphics type='dbus' address='unix:path=/run/d'><gl enable='yes'/><audio id='1'/></graphics>
          <channel type='qemu-vdagent'>
            <source><clipboard copypaste='yes'/><mouse mode='client'/></source>
            <target type='virtio' name='com.redhat.spice.0'/>
          </channel>
          <channel type='dbus'>
            <source channel='org.qemu.console.serial.0'/><target type='virtio' name='d'/>
          </channel>
          <serial type='spiceport'><source channel='org.qemu.console.serial.0'/></serial>
          <video>
            <driver name='vhostuser'/>
            <model type='virtio' heads='2'><acceleration accel3d='yes' rendernode='/dev/dri/r'/></model>
          </video>
          <input type='evdev'><source dev='/dev/input/event1' grab='all' grabToggle='ctrl-ctrl' repeat='on'/></input>
        </devices>
      </domain>
      """;
}
