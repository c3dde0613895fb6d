package io.drover.bench;

import java.util.UUID;

/** The domain that every contender starts: small, with the devices that most have. */
final class BenchDomain {
  private BenchDomain() {}

  /** Its XML, under this name and id. */
  static String xml(String name, UUID id) {
    return """
        <domain type='qemu'>
          <name>%s</name>
          <uuid>%s</uuid>
          <memory unit='MiB'>128</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
          <features><acpi/></features>
          <devices>
            <controller type='usb' model='none'/>
            <interface type='user'><model type='virtio'/></interface>
            <serial type='pty'/>
            <console type='pty'/>
            <memballoon model='virtio'/>
            <rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>
          </devices>
        </domain>
        """
        .formatted(name, id);
  }
}
