package io.drover.driver.internal.plan;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.DiskSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Starts a domain without the media that it can do without: {@code startupPolicy='optional'}. A
 * drive is then empty, and a disk is not there.
 */
final class MissingMedia {
  private MissingMedia() {}

  /**
   * @param there whether the host has this path
   */
  static DomainDefinition leaveOut(DomainDefinition definition, Predicate<Path> there) {
    List<Device> devices = new ArrayList<>();
    for (Device device : definition.devices()) {
      if (!(device instanceof Disk disk) || !optional(disk) || !missing(disk.image(), there)) {
        devices.add(device);
      } else if (maybeLeftOut(disk)) {
        devices.add(disk.withImage(null));
      }
    }
    return definition.withDevices(devices);
  }

  /** Whether it is a drive that may start empty. */
  static boolean maybeLeftOut(Disk disk) {
    boolean drive = disk.device().equals("cdrom") || disk.device().equals("floppy");
    return drive && optional(disk);
  }

  private static boolean optional(Disk disk) {
    DiskImage image = disk.image();
    return image != null && "optional".equals(image.options().get("startupPolicy"));
  }

  private static boolean missing(@Nullable DiskImage image, Predicate<Path> there) {
    DiskSource source = image == null ? null : image.source();
    if (source instanceof DiskSource.File file) {
      return file.fdGroup() == null && !there.test(Path.of(file.path()));
    }
    return source instanceof DiskSource.Block block && !there.test(Path.of(block.path()));
  }
}
