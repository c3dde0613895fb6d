package io.drover.definition.argv;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.host.HostLayout;
import io.drover.definition.argv.host.SecretMaterial;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.storage.DiskDevices;
import io.drover.definition.argv.storage.NodeNumbers;

/**
 * What single devices of a running domain are for QEMU: the same values that {@link QemuArgv}
 * prints at a start. Pure; for any thread.
 */
public final class DeviceParts {
  private DeviceParts() {}

  /**
   * A disk that is plugged in or pulled out: the objects of its secrets, its block nodes in the
   * order in which they are added, its device.
   *
   * <p>The helper for reservations, which all disks have together, belongs to the part only if no
   * other disk of {@code running} uses it.
   *
   * @param running the completed definition, with or without the disk
   * @param disk completed: it has its alias and its address
   * @param numbers those of {@code running} with the disk's own
   * @throws ProblemException {@code INVALID_DEFINITION} when the host has not provided for the disk
   */
  public static DevicePart disk(
      DomainDefinition running,
      Disk disk,
      NodeNumbers numbers,
      HostLayout layout,
      SecretMaterial secrets) {
    ArgvContext placed = new ArgvContext(running, layout, secrets);
    UnsupportedOnHost.check(placed, disk);
    return DiskDevices.part(placed, disk, numbers).overridden(running.qemu().overrides());
  }
}
