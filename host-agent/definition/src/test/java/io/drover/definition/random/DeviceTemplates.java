package io.drover.definition.random;

import java.util.ArrayList;
import java.util.List;

/** Devices of every kind, each in the variants that combine freely with all the others. */
final class DeviceTemplates {
  /** Where a PCI address may stand. */
  static final String PLACE = "<!--pci-->";

  /** The number of the device, and its name among disks. */
  static final String NUMBER = "{n}";

  static final String NAME = "{name}";

  /**
   * A device.
   *
   * @param only devices of the same word exclude each other; empty for any number of them
   * @param machine pc, q35 or any
   */
  record Template(String xml, String only, String machine) {
    boolean fits(String wanted) {
      return machine.equals("any") || machine.equals(wanted);
    }
  }

  private final List<Template> all = new ArrayList<>();

  private DeviceTemplates() {}

  static List<Template> all() {
    DeviceTemplates templates = new DeviceTemplates();
    templates.disks();
    templates.controllers();
    templates.network();
    templates.characters();
    templates.displays();
    templates.usb();
    templates.small();
    return List.copyOf(templates.all);
  }

  private void any(String... xmls) {
    for (String xml : xmls) {
      all.add(new Template(xml, "", "any"));
    }
  }

  private void one(String only, String... xmls) {
    for (String xml : xmls) {
      all.add(new Template(xml, only, "any"));
    }
  }

  private void on(String machine, String only, String... xmls) {
    for (String xml : xmls) {
      all.add(new Template(xml, only, machine));
    }
  }

  private void disks() {
    for (String driver :
        List.of(
            "",
            " cache='none' io='native'",
            " cache='writethrough' discard='unmap' detect_zeroes='unmap'",
            " queues='2' queue_size='256'",
            " error_policy='report' rerror_policy='ignore'",
            " copy_on_read='on'")) {
      any(disk("disk", "virtio", "vd", "raw", driver, "", PLACE));
    }
    for (String extra :
        List.of(
            "<serial>WD-{n}</serial>",
            "<blockio logical_block_size='512' physical_block_size='4096'/>",
            "<iotune><total_iops_sec>{n}00</total_iops_sec></iotune>")) {
      any(
          disk("disk", "virtio", "vd", "qcow2", "", extra, PLACE),
          disk("disk", "scsi", "sd", "qcow2", "", extra, ""),
          disk("disk", "sata", "sd", "qcow2", "", extra, ""));
    }
    any(
        disk("cdrom", "sata", "sd", "raw", "", "<readonly/>", ""),
        disk("cdrom", "scsi", "sd", "raw", "", "<readonly/>", ""),
        disk("disk", "usb", "sd", "raw", "", "", ""),
        "<disk type='file' device='cdrom'><target dev='sd{name}' bus='sata' tray='open'/></disk>",
        "<disk type='network'><driver name='qemu' type='raw'/><source protocol='nbd' name='e'>"
            + "<host name='localhost' port='109{n}'/></source>"
            + "<target dev='vd{name}' bus='virtio'/></disk>");
    on("pc", "hda", disk("disk", "ide", "hda", "raw", "", "", "").replace(NAME, ""));
    on("pc", "hdc", disk("cdrom", "ide", "hdc", "raw", "", "", "").replace(NAME, ""));
    one("fda", disk("floppy", "fdc", "fda", "raw", "", "", "").replace(NAME, ""));
  }

  private static String disk(
      String device,
      String bus,
      String prefix,
      String format,
      String driver,
      String extra,
      String place) {
    return "<disk type='file' device='%s'><driver name='qemu' type='%s'%s/>"
            .formatted(device, format, driver)
        + "<source file='/images/{n}.img'/><target dev='%s{name}' bus='%s'/>%s%s</disk>"
            .formatted(prefix, bus, extra, place);
  }

  private void controllers() {
    one(
        "scsi",
        "<controller type='scsi' index='0' model='virtio-scsi'/>",
        "<controller type='scsi' index='0' model='lsilogic'/>",
        "<controller type='scsi' index='0' model='virtio-scsi'><driver queues='4'/></controller>");
    one(
        "usb",
        "<controller type='usb' index='0' model='qemu-xhci' ports='8'/>",
        "<controller type='usb' index='0' model='nec-xhci' ports='15'/>");
    one("usb1", "<controller type='usb' index='1' model='ehci'/>");
    one("serial", "<controller type='virtio-serial' index='0' ports='8' vectors='4'/>");
    String port = "<controller type='pci' index='1' model='pcie-root-port'/>";
    on(
        "q35",
        "pci",
        port,
        port + "<controller type='pci' index='2' model='pcie-to-pci-bridge'/>",
        port + "<controller type='pci' index='7' model='pcie-root-port'/>");
    on("pc", "pci", "<controller type='pci' index='1' model='pci-bridge'/>");
  }

  private void network() {
    for (String model :
        List.of("virtio", "e1000", "e1000e", "rtl8139", "vmxnet3", "virtio-non-transitional")) {
      any(
          "<interface type='user'><mac address='52:54:00:00:00:{hex}'/><model type='"
              + model
              + "'/>"
              + PLACE
              + "</interface>");
    }
    any(
        "<interface type='user'><mac address='52:54:00:00:00:{hex}'/><model type='virtio'/>"
            + "<driver queues='1' rx_queue_size='512'/><link state='down'/></interface>");
  }

  private void characters() {
    one("isa0", "<serial type='pty'><target type='isa-serial' port='0'/></serial>");
    one("isa1", "<serial type='null'><target type='isa-serial' port='1'/></serial>");
    one("parallel", "<parallel type='null'/>");
    any(
        "<serial type='null'><target type='usb-serial'/></serial>",
        "<serial type='null'><target type='pci-serial'/></serial>",
        "<console type='pty'><target type='virtio'/></console>",
        "<channel type='pty'><target type='virtio' name='org.channel.{n}'/></channel>",
        "<channel type='unix'><target type='virtio' name='org.agent.{n}'/></channel>");
  }

  private void displays() {
    one("vnc", "<graphics type='vnc' autoport='yes'/>", "<graphics type='vnc' socket='/v'/>");
    for (String card :
        List.of("vga' vram='16384", "cirrus", "qxl", "virtio' heads='2", "bochs", "vmvga")) {
      one("video", "<video><model type='" + card + "'/>" + PLACE + "</video>");
    }
    one("video2", "<video><model type='virtio'/></video>");
    any(
        "<sound model='ac97'>" + PLACE + "</sound>",
        "<sound model='es1370'/>",
        "<sound model='ich6'><codec type='duplex'/></sound>",
        "<sound model='ich9'><codec type='output'/></sound>",
        "<sound model='usb'/>");
    one("audio", "<audio id='1' type='none'/>");
  }

  private void usb() {
    any(
        "<input type='tablet' bus='usb'/>",
        "<input type='mouse' bus='usb'/>",
        "<input type='keyboard' bus='usb'/>",
        "<input type='tablet' bus='virtio'>" + PLACE + "</input>",
        "<input type='keyboard' bus='virtio'/>",
        "<hub type='usb'/>",
        "<redirdev bus='usb' type='null'/>");
    one("smartcard", "<smartcard mode='passthrough' type='null'/>");
  }

  private void small() {
    any(
        "<rng model='virtio'><backend model='random'>/dev/urandom</backend>" + PLACE + "</rng>",
        "<rng model='virtio'><rate bytes='1234' period='2000'/><backend model='builtin'/></rng>",
        "<shmem name='m{n}'><model type='ivshmem-plain'/><size unit='M'>1</size></shmem>");
    one(
        "watchdog",
        "<watchdog model='i6300esb' action='reset'>" + PLACE + "</watchdog>",
        "<watchdog model='ib700' action='poweroff'/>");
    one(
        "balloon",
        "<memballoon model='virtio' autodeflate='on'>" + PLACE + "</memballoon>",
        "<memballoon model='none'/>",
        "<memballoon model='virtio' freePageReporting='on'/>");
    one("panic", "<panic model='isa'><address type='isa' iobase='0x505'/></panic>");
    one("vmcoreinfo", "<rng model='virtio'><backend model='builtin'/><driver packed='on'/></rng>");
    on("q35", "iommu", "<iommu model='intel'><driver caching_mode='on'/></iommu>");
  }
}
