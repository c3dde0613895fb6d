package io.drover.definition.fromargv;

import io.drover.definition.fromargv.character.CharacterSources;
import io.drover.definition.fromargv.character.OldCharacters;
import io.drover.definition.fromargv.device.NetworkParser;
import io.drover.definition.fromargv.draft.LegacyNets;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.draft.TargetNames;
import io.drover.definition.fromargv.line.Values;
import io.drover.definition.fromargv.storage.DiskParser;
import io.drover.definition.fromargv.storage.DriveImage;
import java.util.Map;

/** QEMU's short options, which put up back end and device at once. */
final class ShortForms {
  private static final Map<String, String> CARDS =
      Map.of("std", "vga", "cirrus", "cirrus", "qxl", "qxl", "virtio", "virtio", "vmware", "vmvga");
  private static final Map<String, String> INPUTS =
      Map.of("tablet", "tablet", "mouse", "mouse", "keyboard", "keyboard");

  private ShortForms() {}

  static void vga(ParsedCommandLine draft, Values values) {
    draft.videoSaid();
    String type = values.take("type", "std");
    String model = CARDS.get(type);
    if (model != null) {
      draft.devices().add("video").add("model").with("type", model);
    } else if (!type.equals("none")) {
      values.keep("type", type);
    }
  }

  static void usbDevice(ParsedCommandLine draft, Values values) {
    String type = values.take("type", "");
    String input = INPUTS.get(type);
    if (input == null) {
      values.keep("type", type);
      return;
    }
    draft.devices().add("input").with("type", input).with("bus", "usb");
  }

  static void disk(ParsedCommandLine draft, int index, Values values) {
    DriveImage.whole(chipset(draft, "disk", index), values);
  }

  static void cdrom(ParsedCommandLine draft, Values values) {
    MutableElement disk = chipset(draft, "cdrom", 2);
    DriveImage.whole(disk, values);
    disk.add("readonly");
  }

  static void floppy(ParsedCommandLine draft, int unit, Values values) {
    DriveImage.whole(floppy(draft, unit), values);
  }

  private static MutableElement floppy(ParsedCommandLine draft, int unit) {
    MutableElement disk = draft.devices().add("disk").with("type", "file").with("device", "floppy");
    disk.add("target").with("dev", TargetNames.name("fd", unit)).with("bus", "fdc");
    return disk;
  }

  /** A disk on the chipset's own controller. */
  private static MutableElement chipset(ParsedCommandLine draft, String device, int index) {
    MutableElement disk = draft.devices().add("disk").with("type", "file").with("device", device);
    String bus = draft.q35() ? "sata" : "ide";
    draft.diskNames().reserve(DiskParser.prefix(bus), index);
    disk.add("target")
        .with("dev", TargetNames.name(DiskParser.prefix(bus), index))
        .with("bus", bus);
    return disk;
  }

  static void drive(ParsedCommandLine draft, Values values) {
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
    MutableElement disk;
    switch (bus) {
      case "ide" -> disk = chipset(draft, cdrom ? "cdrom" : "disk", number);
      case "floppy" -> disk = floppy(draft, number);
      case "virtio", "scsi", "sd" -> {
        String prefix = DiskParser.prefix(bus);
        draft.diskNames().reserve(prefix, number);
        disk =
            draft
                .devices()
                .add("disk")
                .with("type", "file")
                .with("device", cdrom ? "cdrom" : "disk");
        disk.add("target").with("dev", TargetNames.name(prefix, number)).with("bus", bus);
      }
      default -> {
        values.keep("if", bus);
        return;
      }
    }
    DriveImage.image(draft, disk, disk.part("driver").with("name", "qemu"), values);
    if (cdrom && !disk.has("readonly")) {
      disk.add("readonly");
    }
  }

  private static void flash(ParsedCommandLine draft, Values values) {
    Long unit = values.takeNumber("unit");
    MutableElement os = draft.domain().part("os");
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

  static void net(ParsedCommandLine draft, Values values) {
    if (values.is("type", "nic")) {
      values.take("type");
      draft.legacyNets().card(values);
    } else if (values.is("type", "none")) {
      values.take("type");
      draft.networkSaid();
    } else {
      values.take("name");
      MutableElement connection = new MutableElement("interface");
      MutableElement own = connection.part("driver");
      NetworkParser.connect(draft, connection, own, values);
      connection.dropIfEmpty(own);
      draft.legacyNets().connection(connection);
    }
  }

  static void nic(ParsedCommandLine draft, Values values) {
    draft.networkSaid();
    if (values.is("type", "none")) {
      values.take("type");
      return;
    }
    MutableElement nic = draft.devices().add("interface");
    String mac = values.take("mac");
    if (mac != null) {
      nic.add("mac").with("address", mac);
    }
    nic.add("model").with("type", LegacyNets.model(draft, values.take("model")));
    values.take("id");
    MutableElement own = nic.part("driver");
    NetworkParser.connect(draft, nic, own, values);
    nic.dropIfEmpty(own);
  }

  /** A port as {@code -serial} and {@code -parallel} write it. */
  static void character(ParsedCommandLine draft, String element, Values values) {
    String text = values.take("", "");
    if (text.equals("none")) {
      return;
    }
    MutableElement port = draft.devices().add(element);
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
