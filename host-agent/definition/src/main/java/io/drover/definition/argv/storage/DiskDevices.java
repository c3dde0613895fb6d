package io.drover.definition.argv.storage;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.QemuOption;
import io.drover.definition.argv.option.TextOption;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The disks: their block nodes and what the guest sees of them. */
public final class DiskDevices {
  /** Controllers of a parallel bus: a device has a number on it and no more. */
  private static final Set<String> NARROW = Set.of("lsilogic", "dc390", "am53c974", "ncr53c90");

  private DiskDevices() {}

  /** All disks of the definition, as a domain starts with them. */
  public static List<DevicePart> parts(ArgvContext placed) {
    List<Disk> disks = placed.definition().devices(Disk.class);
    DiskNodes nodes = new DiskNodes(placed, NodeNumbers.atStart(placed.definition()));
    List<DevicePart> parts = new ArrayList<>();
    boolean reserving = false;
    for (Disk disk : disks) {
      if (Boolean.TRUE.equals(disk.shareBacking())) {
        continue; // plugged in once the running guest has an overlay of its own
      }
      parts.add(part(placed, disk, nodes, !reserving));
      reserving |= DiskNodes.reservesByHelper(disk);
    }
    return parts;
  }

  /** One disk that is plugged into the domain, or pulled out of it. */
  public static DevicePart part(ArgvContext placed, Disk disk, NodeNumbers numbers) {
    String alias = ArgvContext.alias(disk);
    boolean alone =
        placed.definition().devices(Disk.class).stream()
            .noneMatch(
                other -> !alias.equals(other.info().alias()) && DiskNodes.reservesByHelper(other));
    return part(placed, disk, new DiskNodes(placed, numbers), alone);
  }

  /**
   * A disk's part.
   *
   * @param first whether no other disk brings the helper for reservations, which all have together
   */
  private static DevicePart part(ArgvContext placed, Disk disk, DiskNodes nodes, boolean first) {
    if (bus(disk).equals("sd")) {
      return MemoryCards.part(placed, disk);
    }
    if (disk.image() != null && disk.image().source() instanceof DiskSource.VhostUser at) {
      return vhostUser(placed, disk, at);
    }
    DiskNodes.Chain chain = nodes.of(disk, first);
    List<QemuOption> options = new ArrayList<>(chain.options());
    options.add(JsonOption.device(device(placed, disk, chain.top())));
    return new DevicePart(options);
  }

  private static DevicePart vhostUser(ArgvContext placed, Disk disk, DiskSource.VhostUser source) {
    String character = "chr-vu-" + ArgvContext.alias(disk);
    return DevicePart.of(
        new Chardev(
            "socket",
            character,
            new Props().put("path", source.path()).put("reconnect", source.reconnectSeconds())),
        JsonOption.device(
            virtio(placed, disk, "vhost-user-blk")
                .put("chardev", character)
                .put("id", ArgvContext.alias(disk))
                .put("bootindex", placed.bootIndex(disk))));
  }

  /** The boot indexes of floppies, which belong to their controller. */
  public static DevicePart floppyController(ArgvContext placed) {
    Map<String, Integer> indexes = new HashMap<>();
    boolean any = false;
    for (Disk disk : placed.definition().devices(Disk.class)) {
      if (disk.info().address() instanceof Address.Drive drive && bus(disk).equals("fdc")) {
        any = true;
        Integer index = placed.bootIndex(disk);
        if (index != null) {
          indexes.put("bootindex" + (drive.unit() == 0 ? "A" : "B"), index);
        }
      }
    }
    if (placed.q35()) {
      Props controller = Props.device("isa-fdc");
      indexes.forEach(controller::put);
      return any ? DevicePart.of(JsonOption.device(controller)) : DevicePart.NONE;
    }
    List<QemuOption> options = new ArrayList<>();
    indexes.forEach(
        (name, index) -> options.add(new TextOption("-global", "isa-fdc." + name + "=" + index)));
    return new DevicePart(options);
  }

  private static String bus(Disk disk) {
    return disk.target().bus() == null ? "" : disk.target().bus();
  }

  private static Props device(ArgvContext placed, Disk disk, @Nullable String node) {
    Props device =
        switch (bus(disk)) {
          case "virtio" ->
              virtio(placed, disk, "virtio-blk").put("scsi", lun(disk) ? (Boolean) true : null);
          case "ide" -> ide(disk);
          case "sata" -> sata(placed, disk);
          case "scsi" -> scsi(placed, disk);
          case "fdc" ->
              Props.device("floppy")
                  .put("unit", disk.info().address() instanceof Address.Drive d ? d.unit() : 0);
          case "usb" -> placed.at(Props.device("usb-storage"), disk);
          default -> throw new IllegalStateException("Not a bus that was checked: " + bus(disk));
        };
    device.put("share-rw", disk.shareable() ? (Boolean) true : null);
    device.put("drive", node).put("id", ArgvContext.alias(disk));
    details(placed, disk, device);
    return device;
  }

  private static void details(ArgvContext placed, Disk disk, Props device) {
    boolean floppy = bus(disk).equals("fdc"); // its controller has its place in the boot order
    device.put("bootindex", floppy ? null : placed.bootIndex(disk));
    Disk.BlockIo block = disk.blockIo();
    if (block != null) {
      device
          .put("logical_block_size", positive(block.logical()))
          .put("physical_block_size", positive(block.physical()))
          .put("discard_granularity", block.discardGranularity());
    }
    device.put("rotation_rate", disk.target().rotationRate());
    Disk.Geometry geometry = disk.geometry();
    if (geometry != null) {
      device
          .put("cyls", positive(geometry.cylinders()))
          .put("heads", positive(geometry.heads()))
          .put("secs", positive(geometry.sectors()))
          .put("bios-chs-trans", geometry.translation());
    }
    String wwn = disk.labels().wwn();
    device.put("wwn", wwn == null ? null : new BigInteger(wwn, 16));
    device.put("vendor", disk.labels().vendor()).put("product", disk.labels().product());
    if (bus(disk).equals("usb")) {
      device.put("removable", "on".equals(disk.target().removable()));
    }
    String cache = disk.driver().get("cache");
    if (cache != null && !cache.equals("default") && !lun(disk)) {
      boolean through = cache.equals("writethrough") || cache.equals("directsync");
      device.put("write-cache", through ? "off" : "on");
    }
    String errors = disk.driver().get("error_policy");
    String readErrors = disk.driver().get("rerror_policy");
    boolean full = "enospace".equals(errors); // only writing runs out of space
    device.put("werror", full ? "enospc" : errors);
    device.put("rerror", readErrors == null && !full ? errors : readErrors);
    String serial = disk.labels().serial();
    device.put("serial", serial == null ? null : serial.replace(" ", "\\ "));
  }

  /** Zero and nothing said are the same to libvirt. */
  private static @Nullable Integer positive(@Nullable Integer number) {
    return number == null || number == 0 ? null : number;
  }

  private static boolean lun(Disk disk) {
    return disk.device().equals("lun");
  }

  private static Props virtio(ArgvContext placed, Disk disk, String driver) {
    String thread = disk.driver().get("iothread");
    Props device = Props.device(ArgvContext.virtioName(driver, disk.model()));
    ArgvContext.virtio(device, disk.virtio());
    device
        .put("iothread", thread == null ? null : "iothread" + thread)
        .onOff("ioeventfd", disk.driver().get("ioeventfd"))
        .onOff("event_idx", disk.driver().get("event_idx"))
        .number("num-queues", disk.driver().get("queues"))
        .number("queue-size", disk.driver().get("queue_size"));
    return placed.at(device, disk);
  }

  private static Address.Drive drive(Disk disk) {
    if (disk.info().address() instanceof Address.Drive drive) {
      return drive;
    }
    throw new IllegalStateException("A completed disk on this bus has a drive address: " + disk);
  }

  private static Props ide(Disk disk) {
    Address.Drive at = drive(disk);
    return Props.device(disk.device().equals("cdrom") ? "ide-cd" : "ide-hd")
        .put("bus", "ide." + at.bus())
        .put("unit", at.unit());
  }

  private static Props sata(ArgvContext placed, Disk disk) {
    Address.Drive at = drive(disk);
    boolean chipset = placed.q35() && at.controller() == 0;
    String bus = chipset ? "ide" : placed.controllerAlias("sata", at.controller());
    return Props.device(disk.device().equals("cdrom") ? "ide-cd" : "ide-hd")
        .put("bus", bus + "." + at.unit());
  }

  private static Props scsi(ArgvContext placed, Disk disk) {
    Address.Drive at = drive(disk);
    Controller controller = placed.controller("scsi", at.controller());
    String driver =
        switch (disk.device()) {
          case "cdrom" -> "scsi-cd";
          case "lun" -> "scsi-block";
          default -> "scsi-hd";
        };
    Props device =
        Props.device(driver).put("bus", placed.controllerAlias("scsi", at.controller()) + ".0");
    if (controller != null && NARROW.contains(String.valueOf(controller.model()))) {
      device.put("scsi-id", at.unit());
    } else {
      device.put("channel", at.bus()).put("scsi-id", at.target()).put("lun", at.unit());
    }
    String serial = disk.labels().serial();
    if (!driver.equals("scsi-block")) {
      device.put("device_id", serial == null ? "drive-" + ArgvContext.alias(disk) : serial);
    }
    return device;
  }
}
