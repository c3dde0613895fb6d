package io.drover.it.suite;

/**
 * Definitions as a tenant writes them. TCG is asked for, so that a test does the same everywhere.
 */
public final class DomainXml {
  private DomainXml() {}

  /** A guest without a disk: it stays in its firmware, and runs. */
  public static String diskless(String name) {
    return domain(name, 64, "");
  }

  /** A guest without a disk that can be given some: SCSI disks come and go without its help. */
  public static String withScsi(String name) {
    return domain(name, 64, "    <controller type='scsi' model='virtio-scsi'/>\n");
  }

  /** A guest that boots from a volume of its project. */
  public static String from(String name, String volume) {
    return from(name, 160, volume);
  }

  /** A guest that finds nothing to boot on a volume of its project: it stays in its firmware. */
  public static String withEmpty(String name, String volume) {
    return from(name, 64, volume);
  }

  private static String from(String name, int mebibytes, String volume) {
    return domain(
        name,
        mebibytes,
        """
            <disk type='volume' device='disk'>
              <driver name='qemu' type='qcow2'/>
              <source pool='drover' volume='%s'/>
              <target dev='vda' bus='virtio'/>
            </disk>
        """
            .formatted(volume));
  }

  /** The same with a network card. */
  public static String onUserNetwork(String name, String volume) {
    return from(name, volume)
        .replace(
            "    <serial",
            "    <interface type='user'><model type='virtio'/></interface>\n    <serial");
  }

  private static String domain(String name, int mebibytes, String disks) {
    return """
        <domain type='qemu'>
          <name>%s</name>
          <memory unit='MiB'>%d</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
          <features><acpi/></features>
          <devices>
        %s    <serial type='pty'><target port='0'/></serial>
          </devices>
        </domain>
        """
        .formatted(name, mebibytes, disks);
  }
}
