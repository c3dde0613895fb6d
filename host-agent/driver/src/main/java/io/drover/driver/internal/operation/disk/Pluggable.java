package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.DevicePart;
import java.util.Set;

/** Which disks can come and go while a machine runs. Pure. */
final class Pluggable {
  private static final Set<String> BUSES = Set.of("virtio", "scsi", "usb");

  private Pluggable() {}

  /** Refuses what QEMU or this driver takes at a start only. */
  static void require(Disk disk) {
    String target = disk.target().dev();
    if (!Set.of("disk", "lun").contains(disk.device())) {
      throw refused(target, "is a " + disk.device() + ", whose drive is there from the start");
    }
    requireBus(disk);
    if (!disk.ioTune().isEmpty()) {
      throw refused(target, "has limits in <iotune>, which are set at a start");
    }
    if (disk.transientChanges()) {
      throw refused(target, "is <transient/>, whose overlay is made at a start");
    }
  }

  /** Refuses a disk that stays until the machine ends. */
  static void requireRemovable(Disk disk) {
    requireBus(disk);
    if (disk.transientChanges()) {
      throw refused(disk.target().dev(), "is <transient/>, whose overlay is there until the end");
    }
  }

  private static void requireBus(Disk disk) {
    String bus = disk.target().bus();
    if (bus != null && !BUSES.contains(bus)) {
      throw refused(
          disk.target().dev(), "is on the bus " + bus + ", whose disks are there from the start");
    }
  }

  /** Refuses a completed disk that needs more than its nodes, secrets and one device. */
  static void require(Disk disk, DevicePart part) {
    requireBus(disk);
    boolean helper =
        part.objects().stream()
            .anyMatch(object -> "pr-manager-helper".equals(object.members().get("qom-type")));
    if (helper) {
      throw refused(
          disk.target().dev(), "has <reservations/>, whose helper is there from the start");
    }
    part.plug(); // says what QEMU takes at its start only
    if (part.devices().size() != 1 || !part.chardevs().isEmpty()) {
      throw refused(disk.target().dev(), "is more than one device");
    }
  }

  private static ProblemException refused(String target, String why) {
    return new ProblemException(
        ErrorCode.INVALID_STATE,
        "The disk "
            + target
            + " "
            + why
            + "; change the persistent definition and start the domain again.");
  }
}
