package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskImageXml;
import io.drover.contracts.definition.storage.DiskMirror;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <disk>}. */
final class DiskXml {
  private static final Map<String, String[]> DRIVER =
      Map.ofEntries(
          Map.entry(
              "cache",
              new String[] {
                "default", "none", "writethrough", "writeback", "directsync", "unsafe"
              }),
          Map.entry("error_policy", new String[] {"stop", "report", "ignore", "enospace"}),
          Map.entry("rerror_policy", new String[] {"stop", "report", "ignore"}),
          Map.entry("io", new String[] {"threads", "native", "io_uring"}),
          Map.entry("ioeventfd", new String[] {"on", "off"}),
          Map.entry("event_idx", new String[] {"on", "off"}),
          Map.entry("copy_on_read", new String[] {"on", "off"}),
          Map.entry("discard", new String[] {"unmap", "ignore"}),
          Map.entry("detect_zeroes", new String[] {"on", "off", "unmap"}));
  private static final List<String> DRIVER_NUMBERS = List.of("iothread", "queues", "queue_size");
  static final List<String> IO_TUNE =
      List.of(
          "total_bytes_sec",
          "read_bytes_sec",
          "write_bytes_sec",
          "total_iops_sec",
          "read_iops_sec",
          "write_iops_sec",
          "total_bytes_sec_max",
          "read_bytes_sec_max",
          "write_bytes_sec_max",
          "total_iops_sec_max",
          "read_iops_sec_max",
          "write_iops_sec_max",
          "size_iops_sec",
          "total_bytes_sec_max_length",
          "read_bytes_sec_max_length",
          "write_bytes_sec_max_length",
          "total_iops_sec_max_length",
          "read_iops_sec_max_length",
          "write_iops_sec_max_length");

  private DiskXml() {}

  static Disk read(XmlElement element) {
    XmlValues values = element.values();
    XmlElement driver = element.child("driver");
    XmlElement target = element.child("target");
    if (target == null) {
      element.invalid("<disk> needs <target dev='...'/>.");
    }
    XmlElement tune = element.gathered("iotune");
    XmlElement transientDisk = element.child("transient");
    return new Disk(
        DeviceInfoXml.read(element),
        values.wordOr("device", "disk", "disk", "cdrom", "floppy", "lun"),
        values.word("model", "virtio", "virtio-transitional", "virtio-non-transitional"),
        target == null ? new Disk.Target("", null, null, null, null) : target(target),
        DiskImageXml.read(element, driver),
        driver == null ? Map.of() : driver(driver),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()),
        labels(element),
        element.has("readonly"),
        element.has("shareable"),
        transientDisk != null,
        transientDisk == null ? null : transientDisk.values().yesNo("shareBacking"),
        values.word("snapshot", "internal", "external", "no", "manual"),
        values.word("rawio", "yes", "no"),
        values.word("sgio", "filtered", "unfiltered"),
        geometry(element.child("geometry")),
        blockIo(element.child("blockio")),
        tune == null ? Map.of() : ioTune(tune),
        tune == null ? null : tune.childText("group_name"),
        DiskMirror.read(element));
  }

  /**
   * Two letters name 702 disks, more than the devices that a domain may have. A third would number
   * the disk's controller, and with it all the controllers before it, by the ten thousand.
   */
  private static final String DISK_NAME = "(fd|hd|sd|vd|xvd|ubd)[a-z]{1,2}";

  private static Disk.Target target(XmlElement element) {
    XmlValues values = element.values();
    String dev = values.required("dev");
    if (!dev.isEmpty() && !dev.matches(DISK_NAME)) {
      element.invalid(
          "dev",
          "'" + dev + "' is not a disk name such as vda, sdb, hdc or fda, of at most two letters.");
    }
    Integer rotation = values.integer("rotation_rate", 0, 0xffff);
    return new Disk.Target(
        dev,
        values.word("bus", "ide", "fdc", "scsi", "virtio", "usb", "sata", "sd"),
        values.word("tray", "open", "closed"),
        values.onOff("removable"),
        rotation == null || rotation == 0 ? null : rotation);
  }

  private static Map<String, String> driver(XmlElement element) {
    XmlValues values = element.values();
    Map<String, String> found = new LinkedHashMap<>();
    values.word("name", "qemu");
    values.neutral("discard_no_unref", "off");
    new TreeMap<>(DRIVER)
        .forEach(
            (name, allowed) -> {
              String value = values.word(name, allowed);
              if (value != null) {
                found.put(name, value);
              }
            });
    for (String name : DRIVER_NUMBERS) {
      Integer value = values.integer(name, name.equals("iothread") ? 1 : 0, Integer.MAX_VALUE);
      if (value != null && value > 0) { // zero says nothing
        found.put(name, value.toString());
      }
    }
    return found;
  }

  private static Disk.Labels labels(XmlElement element) {
    Disk.Labels labels =
        new Disk.Labels(
            serial(element.child("serial")),
            wwn(element.child("wwn")),
            printable(element.child("vendor"), 8),
            printable(element.child("product"), 16));
    if (labels.wwn() != null && !labels.wwn().matches("[0-9a-fA-F]{16}")) {
      element.invalid("<wwn> has 16 hexadecimal digits, not '" + labels.wwn() + "'.");
    }
    return labels;
  }

  /** Spaces at its ends are the serial's own. */
  private static @Nullable String serial(@Nullable XmlElement element) {
    String text = element == null ? null : element.exactText();
    if (element != null && text != null && !text.matches("[A-Za-z0-9_. +-]{0,256}")) {
      element.invalid(
          "A serial has letters, digits, spaces and any of '-', '_', '.' and '+'; at most 256.");
      return null;
    }
    return "".equals(text) ? null : text;
  }

  /** A name of 16 hexadecimal digits, which 0x may introduce. */
  private static @Nullable String wwn(@Nullable XmlElement element) {
    String name = printable(element, 18);
    return name != null && name.startsWith("0x") ? name.substring(2) : name;
  }

  private static @Nullable String printable(@Nullable XmlElement element, int longest) {
    if (element == null) {
      return null;
    }
    String text = element.text();
    if (text.length() > longest || !text.matches("[\\x20-\\x7e]*")) {
      element.invalid(
          "<" + element.name() + "> has at most " + longest + " printable ASCII characters.");
      return null;
    }
    return text.isEmpty() ? null : text;
  }

  private static Disk.@Nullable Geometry geometry(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    XmlValues values = element.values();
    return new Disk.Geometry(
        values.integerOr("cyls", 0, 0, 65_535),
        values.integerOr("heads", 0, 0, 255),
        values.integerOr("secs", 0, 0, 255),
        values.word("trans", "none", "auto", "lba"));
  }

  private static Disk.@Nullable BlockIo blockIo(@Nullable XmlElement element) {
    if (element == null) {
      return null;
    }
    XmlValues values = element.values();
    return new Disk.BlockIo(
        values.integer("logical_block_size", 0, 1 << 21),
        values.integer("physical_block_size", 0, 1 << 21),
        values.number("discard_granularity", 0, Integer.MAX_VALUE));
  }

  private static Map<String, Long> ioTune(XmlElement element) {
    Map<String, Long> found = new LinkedHashMap<>();
    for (String name : IO_TUNE) {
      XmlElement limit = element.child(name);
      Long value = limit == null ? null : Numbers.ofText(limit, 0, 1_000_000_000_000_000L);
      if (value != null) {
        found.put(name, value);
      }
    }
    return found;
  }

  static void write(Disk disk, XmlWriter out) {
    DiskImage image = disk.image();
    out.open("disk")
        .attribute("type", DiskImageXml.type(image))
        .attribute("device", disk.device())
        .attribute("model", disk.model())
        .attribute("rawio", disk.rawio())
        .attribute("sgio", disk.sgio())
        .attribute("snapshot", disk.snapshot());
    String format = image == null ? null : image.format();
    Long cache = image == null ? null : image.metadataCache();
    if (format != null || cache != null || !disk.driver().isEmpty() || !disk.virtio().none()) {
      out.open("driver").attribute("name", "qemu").attribute("type", format);
      disk.driver().forEach(out::attribute);
      disk.virtio().write(out);
      DiskImageXml.writeCache(cache, out);
      out.close();
    }
    if (image != null) {
      DiskImageXml.writeSource(image, out);
      out.part(image.backing(), backing -> DiskImageXml.writeBacking(backing, out));
    }
    out.part(disk.mirror(), mirror -> mirror.write(out));
    out.open("target")
        .attribute("dev", disk.target().dev())
        .attribute("bus", disk.target().bus())
        .attribute("tray", disk.target().tray())
        .attribute("removable", disk.target().removable())
        .attribute("rotation_rate", disk.target().rotationRate())
        .close();
    writeTune(disk, out);
    out.flag("readonly", disk.readonly());
    out.flag("shareable", disk.shareable());
    if (disk.transientChanges()) {
      out.open("transient").yesNo("shareBacking", disk.shareBacking()).close();
    }
    out.element("serial", disk.labels().serial());
    out.element("wwn", disk.labels().wwn());
    out.element("vendor", disk.labels().vendor());
    out.element("product", disk.labels().product());
    DeviceInfoXml.write(disk.info(), out);
    out.close();
  }

  private static void writeTune(Disk disk, XmlWriter out) {
    out.part(
        disk.geometry(),
        g ->
            out.open("geometry")
                .attribute("cyls", g.cylinders())
                .attribute("heads", g.heads())
                .attribute("secs", g.sectors())
                .attribute("trans", g.translation())
                .close());
    out.part(
        disk.blockIo(),
        b ->
            out.open("blockio")
                .attribute("logical_block_size", b.logical())
                .attribute("physical_block_size", b.physical())
                .attribute("discard_granularity", b.discardGranularity())
                .close());
    if (!disk.ioTune().isEmpty() || disk.ioTuneGroup() != null) {
      out.open("iotune");
      disk.ioTune().forEach(out::element);
      out.element("group_name", disk.ioTuneGroup());
      out.close();
    }
  }
}
