package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each disk its bus, its place among the disks and its place on its controller. */
public final class DiskPlacement {
  /** libvirt's default names fill a controller as if its bus were narrow, whatever it is. */
  private static final int SCSI_UNITS = 7;

  private static final int SATA_PORTS = 6;

  private DiskPlacement() {}

  public static void apply(DefinitionBuilder draft) {
    if (draft.fresh(Disk.class)) {
      draft.reorder(Disk.class, sorted(draft.all(Disk.class)));
    }
    draft.each(Disk.class, DiskPlacement::completed);
    draft.each(
        Disk.class,
        disk ->
            disk.info().address() == null
                ? disk.withInfo(disk.info().withAddress(drive(disk)))
                : disk);
  }

  private static Disk completed(Disk disk) {
    Disk complete = disk;
    if (disk.target().bus() == null) {
      String bus = disk.device().equals("floppy") ? "fdc" : DiskNames.bus(disk.target().dev());
      complete = complete.withBus(bus);
    }
    if (disk.device().equals("cdrom")) {
      complete = complete.withReadonly(true);
    }
    boolean open = "default".equals(disk.driver().getOrDefault("cache", "default"));
    if (disk.shareable()
        && !complete.readonly()
        && open
        && !disk.driver().containsValue("native")) {
      Map<String, String> driver = new LinkedHashMap<>(disk.driver());
      driver.put("cache", "none"); // several writers must not each have a cache
      complete = complete.withDriver(driver);
    }
    DiskImage image = complete.image();
    boolean unsaid =
        image != null
            && (image.format() == null || image.format().isEmpty())
            && !(image.source() instanceof DiskSource.PooledVolume);
    if (unsaid && image != null) {
      complete = complete.withImage(image.withFormat("raw"));
    }
    return complete;
  }

  /**
   * By bus in the order of first use, on each bus by name. Those that leave their bus open are
   * sorted as if they were on one, which is what libvirt does.
   */
  private static List<Disk> sorted(List<Disk> disks) {
    List<Disk> sorted = new ArrayList<>();
    for (Disk disk : disks) {
      int at = -1;
      for (int i = sorted.size() - 1; i >= 0; i--) {
        Disk other = sorted.get(i);
        if (bus(other).equals(bus(disk))) {
          if (DiskNames.index(other.target().dev()) > DiskNames.index(disk.target().dev())) {
            at = i;
          } else if (at < 0) {
            at = i + 1;
          }
        }
      }
      sorted.add(at < 0 ? sorted.size() : at, disk);
    }
    return sorted;
  }

  public static String bus(Disk disk) {
    String bus = disk.target().bus();
    return bus == null ? "" : bus;
  }

  private static @Nullable Address drive(Disk disk) {
    int index = DiskNames.index(disk.target().dev());
    return switch (bus(disk)) {
      case "ide" -> new Address.Drive(index / 4, index % 4 / 2, 0, index % 2);
      case "sata" -> new Address.Drive(index / SATA_PORTS, 0, 0, index % SATA_PORTS);
      case "fdc" -> new Address.Drive(index / 2, 0, 0, index % 2);
      case "scsi" -> new Address.Drive(index / SCSI_UNITS, 0, 0, index % SCSI_UNITS);
      default -> null;
    };
  }
}
