package io.drover.driver.nativeform;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** QEMU's short options, which put up back end and device at once. */
final class ShortForms {
  private static final Map<String, String> CARDS =
      Map.of("std", "vga", "cirrus", "cirrus", "qxl", "qxl", "virtio", "virtio", "vmware", "vmvga");
  private static final Map<String, String> INPUTS =
      Map.of("tablet", "tablet", "mouse", "mouse", "keyboard", "keyboard");
  private static final List<String> COMPANIONS = List.of("ich9-uhci1", "ich9-uhci2", "ich9-uhci3");
  private static final Map<String, String> FORMATS =
      Map.of("qcow2", "qcow2", "qcow", "qcow", "vmdk", "vmdk", "vdi", "vdi", "vhd", "vpc");
  private static final int DISKS_ON_A_CABLE = 2;

  /** What QEMU takes for a protocol and not for a file. */
  private static final Pattern PROTOCOL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:");

  private ShortForms() {}

  static void vga(NativeDraft draft, Values values) {
    draft.videoSaid();
    String type = values.take("type", "std");
    String model = CARDS.get(type);
    if (model != null) {
      draft.devices().add("video").add("model").with("type", model);
    } else if (!type.equals("none")) {
      values.keep("type", type);
    }
  }

  /** The chipset's own USB controllers. */
  static void usb(NativeDraft draft, Values values) {
    values.takeLeft("");
    int index = draft.buses().add("usb", "usb");
    if (!draft.q35()) {
      usbController(draft, index, "piix3-uhci");
      return;
    }
    usbController(draft, index, "ich9-ehci1");
    for (int i = 0; i < COMPANIONS.size(); i++) {
      usbController(draft, index, COMPANIONS.get(i))
          .add("master")
          .with("startport", i * DISKS_ON_A_CABLE);
    }
  }

  private static Markup usbController(NativeDraft draft, int index, String model) {
    return draft
        .devices()
        .add("controller")
        .with("type", "usb")
        .with("index", index)
        .with("model", model);
  }

  static void usbDevice(NativeDraft draft, Values values) {
    String type = values.take("type", "");
    String input = INPUTS.get(type);
    if (input == null) {
      values.keep("type", type);
      return;
    }
    draft.devices().add("input").with("type", input).with("bus", "usb");
  }

  static void disk(NativeDraft draft, int index, Values values) {
    whole(chipset(draft, "disk", index), values);
  }

  static void cdrom(NativeDraft draft, Values values) {
    Markup disk = chipset(draft, "cdrom", 2);
    whole(disk, values);
    disk.add("readonly");
  }

  static void floppy(NativeDraft draft, int unit, Values values) {
    whole(floppy(draft, unit), values);
  }

  private static Markup floppy(NativeDraft draft, int unit) {
    Markup disk = draft.devices().add("disk").with("type", "file").with("device", "floppy");
    disk.add("target").with("dev", DiskNames.name("fd", unit)).with("bus", "fdc");
    return disk;
  }

  /** A disk on the chipset's own controller. */
  private static Markup chipset(NativeDraft draft, String device, int index) {
    Markup disk = draft.devices().add("disk").with("type", "file").with("device", device);
    String bus = draft.q35() ? "sata" : "ide";
    draft.diskNames().reserve(DiskReading.prefix(bus), index);
    disk.add("target").with("dev", DiskNames.name(DiskReading.prefix(bus), index)).with("bus", bus);
    return disk;
  }

  /** The whole value is the file. */
  private static void whole(Markup disk, Values values) {
    String path = values.take("", "");
    if (PROTOCOL.matcher(path).lookingAt()) {
      values.keep("", path);
    } else {
      file(disk, path, null);
    }
  }

  /** QEMU would look at the image; here the ending of its name tells the format. */
  private static void file(
      Markup disk, String path, @org.jspecify.annotations.Nullable String format) {
    if (path.isEmpty()) {
      return;
    }
    boolean block = path.startsWith("/dev/");
    disk.with("type", block ? "block" : "file");
    disk.part("source").with(block ? "dev" : "file", path);
    String ending = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    disk.part("driver")
        .with("name", "qemu")
        .with("type", format == null ? FORMATS.getOrDefault(ending, "raw") : format);
  }

  static void drive(NativeDraft draft, Values values) {
    String bus = values.take("if", "ide");
    if (bus.equals("pflash")) {
      flash(draft, values);
      return;
    }
    boolean cdrom = values.is("media", "cdrom");
    values.take("media");
    Long index = values.takeNumber("index");
    int number = index == null ? draft.nextDrive(bus) : index.intValue();
    values.take("id");
    Markup disk;
    switch (bus) {
      case "ide" -> disk = chipset(draft, cdrom ? "cdrom" : "disk", number);
      case "floppy" -> disk = floppy(draft, number);
      case "virtio", "scsi", "sd" -> {
        String prefix = DiskReading.prefix(bus);
        draft.diskNames().reserve(prefix, number);
        disk =
            draft
                .devices()
                .add("disk")
                .with("type", "file")
                .with("device", cdrom ? "cdrom" : "disk");
        disk.add("target").with("dev", DiskNames.name(prefix, number)).with("bus", bus);
      }
      default -> {
        values.keep("if", bus);
        return;
      }
    }
    image(draft, disk, disk.part("driver").with("name", "qemu"), values);
    if (cdrom && !disk.has("readonly")) {
      disk.add("readonly");
    }
  }

  /** The image of a drive. */
  static void image(NativeDraft draft, Markup disk, Markup form, Values drive) {
    drive.take("if");
    String path = drive.take("file", "");
    String format = drive.take("format");
    if (path.isEmpty() && drive.hasInside("file")) {
      BlockSources.read(draft, disk, disk.part("source"), drive.inside("file"));
      form.with("type", format == null ? "raw" : format);
    } else if (path.startsWith("fat:/")) {
      disk.with("type", "dir").part("source").with("dir", path.substring("fat:".length()));
      form.with("type", "fat");
    } else if (PROTOCOL.matcher(path).lookingAt()) {
      drive.keep("file", path);
    } else {
      file(disk, path, format);
    }
    String reading = drive.take("rerror");
    String writing = drive.take("werror");
    form.with("cache", drive.take("cache"))
        .with("io", drive.take("aio"))
        .with("discard", drive.take("discard"))
        .with("detect_zeroes", drive.take("detect-zeroes"))
        .with("copy_on_read", drive.takeOnOff("copy-on-read"))
        .with("error_policy", "enospc".equals(writing) ? "enospace" : writing)
        .with("rerror_policy", reading == null || reading.equals(writing) ? null : reading);
    if (drive.takeOn("readonly") || drive.takeOn("read-only")) {
      disk.add("readonly");
    }
  }

  private static void flash(NativeDraft draft, Values values) {
    Long unit = values.takeNumber("unit");
    Markup os = draft.domain().part("os");
    boolean code = unit == null ? !os.has("loader") : unit == 0;
    boolean readonly = values.takeOn("readonly") || values.takeOn("read-only");
    if (values.is("format", "raw")) {
      values.take("format");
    }
    String file = values.take("file", "");
    if (code) {
      os.part("loader")
          .with("type", "pflash")
          .with("readonly", readonly ? "yes" : "no")
          .holding(file);
    } else {
      os.part("nvram").holding(file);
    }
  }

  static void net(NativeDraft draft, Values values) {
    if (values.is("type", "nic")) {
      values.take("type");
      draft.legacyNets().card(values);
    } else if (values.is("type", "none")) {
      values.take("type");
      draft.networkSaid();
    } else {
      values.take("name");
      draft.legacyNets().backend(draft, values);
    }
  }

  static void nic(NativeDraft draft, Values values) {
    draft.networkSaid();
    if (values.is("type", "none")) {
      values.take("type");
      return;
    }
    Markup nic = draft.devices().add("interface");
    String mac = values.take("mac");
    if (mac != null) {
      nic.add("mac").with("address", mac);
    }
    nic.add("model").with("type", card(draft, values.take("model")));
    values.take("id");
    Markup own = nic.part("driver");
    NetworkReading.connect(draft, nic, own, values);
    nic.dropIfEmpty(own);
  }

  /** libvirt's word for a card's model; the machine's own when none is said. */
  static String card(NativeDraft draft, @org.jspecify.annotations.Nullable String model) {
    if (model == null) {
      return draft.q35() ? "e1000e" : "e1000";
    }
    return model.startsWith("virtio") ? "virtio" : model;
  }

  /** A port as {@code -serial} and {@code -parallel} write it. */
  static void character(NativeDraft draft, String element, Values values) {
    String text = values.take("", "");
    if (text.equals("none")) {
      return;
    }
    Markup port = draft.devices().add(element);
    if (text.startsWith("chardev:")) {
      CharacterSources.read(draft, port, text.substring("chardev:".length()));
    } else {
      Values backend = OldCharacters.of(text);
      CharacterSources.read(port, backend);
      backend.takeLeft().forEach((key, value) -> values.keep(key, value));
    }
    if (element.equals("serial")) {
      port.add("target").with("type", "isa-serial").add("model").with("name", "isa-serial");
    }
  }
}
