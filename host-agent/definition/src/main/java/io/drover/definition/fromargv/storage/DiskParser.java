package io.drover.definition.fromargv.storage;

import io.drover.definition.fromargv.draft.Buses;
import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.draft.TargetNames;
import io.drover.definition.fromargv.line.NativeOption;
import io.drover.definition.fromargv.line.Values;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Disks, CD-ROM and floppy drives. */
public final class DiskParser {
  public static final List<String> DRIVERS =
      List.of(
          "virtio-blk-pci",
          "ide-hd",
          "ide-cd",
          "scsi-hd",
          "scsi-cd",
          "scsi-block",
          "floppy",
          "usb-storage",
          "isa-fdc",
          "vhost-user-blk-pci");
  private static final Pattern NUMBERED = Pattern.compile("(virtio|usb)-disk(\\d+)");
  private static final Map<String, String> NODE_MODES =
      Map.of("on/off", "none", "off/on", "unsafe", "off/off", "writeback");

  private DiskParser() {}

  /** Keeps the names of disks whose aliases have their numbers. */
  public static void reserve(ParsedCommandLine draft, Values values) {
    Matcher numbered = NUMBERED.matcher(String.valueOf(values.peek("id")));
    if (numbered.matches()) {
      draft.diskNames().reserve(prefix(numbered.group(1)), Integer.parseInt(numbered.group(2)));
    }
  }

  public static void read(ParsedCommandLine draft, String driver, Values values) {
    if (driver.equals("isa-fdc")) {
      floppies(draft, values);
      return;
    }
    String base = GuestDeviceProps.base(driver);
    String id = String.valueOf(values.peek("id"));
    String bus = bus(draft, base, values);
    MutableElement disk = draft.devices().add("disk").with("device", kind(base));
    boolean served = base.startsWith("vhost-user-blk");
    if (values.takeOn("scsi")) {
      disk.with("device", "lun");
    }
    if (bus.equals("virtio") && !base.equals(driver)) {
      disk.with("model", GuestDeviceProps.virtioModel(driver));
    }
    MutableElement form = disk.part("driver").with("name", "qemu");
    MutableElement target = disk.add("target").with("dev", dev(draft, bus, id)).with("bus", bus);
    if (served) {
      served(draft, disk, values);
    } else {
      image(draft, disk, form, values, base);
    }
    form.with("iothread", draft.ioThread(values));
    details(disk, form, target, values, base);
    address(draft, disk, bus, base, values);
    GuestDeviceProps.virtio(disk, values);
    GuestDeviceProps.common(draft, disk, values);
  }

  /** The controller, which has the boot order of its drives. */
  private static void floppies(ParsedCommandLine draft, Values values) {
    values.take("id");
    String first = values.take("bootindexA");
    String second = values.take("bootindexB");
    if (first != null) {
      draft.floppyBoot(0, first);
    }
    if (second != null) {
      draft.floppyBoot(1, second);
    }
  }

  private static String kind(String base) {
    return switch (base) {
      case "ide-cd", "scsi-cd" -> "cdrom";
      case "scsi-block" -> "lun";
      case "floppy" -> "floppy";
      default -> "disk";
    };
  }

  private static String bus(ParsedCommandLine draft, String base, Values values) {
    return switch (base) {
      case "virtio-blk-pci", "vhost-user-blk-pci" -> "virtio";
      case "floppy" -> "fdc";
      case "usb-storage" -> "usb";
      case "ide-hd", "ide-cd" -> draft.buses().sata(values.peek("bus")) ? "sata" : "ide";
      default -> "scsi";
    };
  }

  public static String prefix(String bus) {
    return switch (bus) {
      case "virtio" -> "vd";
      case "ide" -> "hd";
      case "fdc" -> "fd";
      default -> "sd";
    };
  }

  private static String dev(ParsedCommandLine draft, String bus, String id) {
    Matcher numbered = NUMBERED.matcher(id);
    return numbered.matches()
        ? TargetNames.name(prefix(bus), Integer.parseInt(numbered.group(2)))
        : draft.diskNames().next(prefix(bus));
  }

  /** Another process has the image, behind a socket. */
  private static void served(ParsedCommandLine draft, MutableElement disk, Values values) {
    disk.with("type", "vhostuser");
    Values socket = draft.backends().use("-chardev", values.take("chardev"));
    MutableElement source = disk.part("source").with("type", "unix");
    if (socket != null) {
      socket.take("backend");
      source.with("path", socket.take("path"));
      String again = socket.take("reconnect");
      if (again != null) {
        source.add("reconnect").with("enabled", "yes").with("timeout", again);
      }
    }
  }

  private static void image(
      ParsedCommandLine draft,
      MutableElement disk,
      MutableElement form,
      Values values,
      String base) {
    String node = values.take("drive");
    disk.with("type", "file");
    if (node == null) {
      String cached = values.take("write-cache");
      form.with(
          "cache", cached == null ? null : cached.equals("on") ? "writeback" : "writethrough");
      return;
    }
    Values drive = draft.backends().use("-drive", node);
    if (drive != null) {
      DriveImage.image(draft, disk, form, drive);
      if (drive.is("media", "cdrom")) {
        disk.with("device", base.equals("usb-storage") ? "cdrom" : disk.get("device"));
        if (!disk.has("readonly")) {
          disk.add("readonly"); // a medium of a drive, or a disk that is as one
        }
      }
      drive.take("media");
      return;
    }
    BlockParser.Settings settings = BlockParser.disk(draft, disk, node);
    if (settings == null) {
      draft.unknownParts(new NativeOption("-device " + base, null), Map.of("drive", node));
      return;
    }
    if (settings.bothCacheFlags()) {
      draft.unknownParts(
          new NativeOption("-blockdev", null), Map.of("cache", "direct and no-flush"));
    }
    if (settings.readonly()) {
      disk.add("readonly");
    }
    form.with("cache", cache(settings, values.take("write-cache")))
        .with("io", settings.aio())
        .with("discard", settings.discard())
        .with("detect_zeroes", settings.detectZeroes());
  }

  private static @Nullable String cache(
      BlockParser.Settings settings, @Nullable String writeCache) {
    if (settings.direct() == null || settings.unsafe() == null) {
      return "off".equals(writeCache) ? "writethrough" : null;
    }
    boolean through = "off".equals(writeCache);
    if (through) {
      return settings.direct() ? "directsync" : "writethrough";
    }
    String flags = (settings.direct() ? "on" : "off") + "/" + (settings.unsafe() ? "on" : "off");
    return NODE_MODES.getOrDefault(flags, "none");
  }

  private static void details(
      MutableElement disk, MutableElement form, MutableElement target, Values values, String base) {
    form.with("ioeventfd", values.takeOnOff("ioeventfd"))
        .with("event_idx", values.takeOnOff("event_idx"))
        .with("queues", values.take("num-queues"))
        .with("queue_size", values.take("queue-size"));
    String writing = policy(values.take("werror"));
    String reading = policy(values.take("rerror"));
    form.with("error_policy", writing)
        .with("rerror_policy", reading == null || reading.equals(writing) ? null : reading);
    if (values.takeOn("share-rw")) {
      disk.add("shareable");
    }
    target.with("rotation_rate", values.take("rotation_rate"));
    if ("on".equals(values.takeOnOff("removable"))) {
      target.with("removable", "on");
    }
    if (values.has("cyls")) {
      disk.add("geometry")
          .with("cyls", values.take("cyls"))
          .with("heads", values.take("heads"))
          .with("secs", values.take("secs"))
          .with("trans", values.take("bios-chs-trans"));
    }
    MutableElement block = disk.add("blockio");
    block
        .with("logical_block_size", values.takeSize("logical_block_size"))
        .with("physical_block_size", values.takeSize("physical_block_size"))
        .with("discard_granularity", values.takeSize("discard_granularity"));
    disk.dropIfEmpty(block);
    labels(disk, values, base);
  }

  private static @Nullable String policy(@Nullable String word) {
    return word != null && word.equals("enospc") ? "enospace" : word;
  }

  private static void labels(MutableElement disk, Values values, String base) {
    String serial = values.take("serial");
    String plain = serial == null ? null : serial.replace("\\ ", " ");
    String id = values.peek("device_id");
    if (id != null && (id.startsWith("drive-") || id.equals(plain))) {
      values.take("device_id"); // follows from serial number and alias
    }
    disk.element("serial", plain);
    String name = values.take("wwn");
    if (name != null) {
      BigInteger number =
          name.startsWith("0x") ? new BigInteger(name.substring(2), 16) : new BigInteger(name);
      disk.element("wwn", String.format(Locale.ROOT, "%016x", number));
    }
    disk.element("vendor", values.take("vendor")).element("product", values.take("product"));
    if (base.equals("floppy") && values.is("drive-type", "auto")) {
      values.take("drive-type");
    }
  }

  private static void address(
      ParsedCommandLine draft, MutableElement disk, String bus, String base, Values values) {
    String on = bus.equals("virtio") || bus.equals("usb") ? null : values.take("bus");
    switch (bus) {
      case "ide" -> {
        String unit = values.take("unit");
        if (on != null) {
          drive(disk, 0, Buses.branch(on), 0, unit == null ? "0" : unit);
        }
      }
      case "sata" -> {
        if (on != null) {
          Buses.Port port = draft.buses().sataPort(on);
          drive(disk, port.controller(), 0, 0, Integer.toString(port.number()));
        }
      }
      case "fdc" -> {
        String unit = values.take("unit", "0");
        drive(disk, 0, 0, 0, unit);
        String boot = draft.takeFloppyBoot(unit.equals("0") ? 0 : 1);
        if (boot != null) {
          disk.add("boot").with("order", boot);
        }
      }
      case "scsi" -> scsi(draft, disk, on, base, values);
      default -> {
        // on PCI or USB, as other devices
      }
    }
  }

  /** Says where a device is that has no bus property of its own kind. */
  public static void onScsi(ParsedCommandLine draft, MutableElement device, Values values) {
    scsi(draft, device, values.take("bus"), "", values);
  }

  private static void scsi(
      ParsedCommandLine draft,
      MutableElement disk,
      @Nullable String on,
      String base,
      Values values) {
    String channel = values.take("channel");
    String id = values.take("scsi-id");
    String lun = values.take("lun");
    if (id == null && lun == null) {
      return;
    }
    int controller = on == null ? 0 : draft.buses().controller("scsi", on);
    boolean old = lun == null; // the LSI controller knows units only
    drive(
        disk,
        controller,
        channel == null ? 0 : Integer.parseInt(channel),
        old || id == null ? 0 : Integer.parseInt(id),
        lun == null ? String.valueOf(id) : lun);
  }

  private static void drive(MutableElement disk, int controller, int bus, int target, String unit) {
    disk.add("address")
        .with("type", "drive")
        .with("controller", controller)
        .with("bus", bus)
        .with("target", target)
        .with("unit", unit);
  }
}
