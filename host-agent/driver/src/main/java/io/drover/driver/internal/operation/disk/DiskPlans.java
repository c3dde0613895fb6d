package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.definition.argv.option.DevicePart;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What this host makes of a disk for a machine that runs. */
public interface DiskPlans {
  /**
   * The disk with address, alias and what else it needs in this machine.
   *
   * @throws io.drover.contracts.error.ProblemException {@code INVALID_STATE} says what the machine
   *     lacks for it, {@code INVALID_DEFINITION} what is wrong with it
   */
  Disk complete(DomainDefinition running, Disk disk);

  /** The image with the places of volumes in their stead. */
  DiskImage resolve(Disk disk, DiskImage image);

  /**
   * What QEMU is told to open and plug the disk, with its keys.
   *
   * @param folder the domain's own
   */
  Opening opening(DomainDefinition running, Disk disk, Path folder);

  /** What QEMU has of the disk, without its keys: enough to remove it. */
  DevicePart parts(DomainDefinition running, Disk disk, Path folder);

  /**
   * What opens a disk.
   *
   * @param part its options, in order
   * @param keys the objects that its secrets are sealed with; they and the secrets are removed once
   *     the images are open
   */
  record Opening(DevicePart part, List<Map<String, Object>> keys) {
    public Opening {
      keys = List.copyOf(keys);
    }
  }
}
