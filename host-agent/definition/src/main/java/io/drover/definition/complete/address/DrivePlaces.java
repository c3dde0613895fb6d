package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Disk;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.Locale;

/** Where a disk may sit on its controller. */
public final class DrivePlaces {
  private DrivePlaces() {}

  public static void check(Faults faults, DefinitionBuilder draft, Disk disk) {
    Address address = disk.info().address();
    if (address == null) {
      return;
    }
    String bus = DiskPlacement.bus(disk);
    boolean fits =
        switch (bus) {
          case "virtio" -> address instanceof Address.Pci;
          case "usb" -> address instanceof Address.Usb;
          case "ide", "sata", "scsi", "fdc" -> address instanceof Address.Drive;
          default -> true;
        };
    if (!fits) {
      String kind = address.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      faults.fault(disk, "Unexpected address type '" + kind + "' for a " + bus + " disk.");
    } else if (address instanceof Address.Drive drive) {
      drive(faults, draft, disk, drive);
    }
  }

  private static void drive(Faults faults, DefinitionBuilder draft, Disk disk, Address.Drive at) {
    switch (DiskPlacement.bus(disk)) {
      case "ide" -> {
        zero(faults, disk, "controller", at.controller(), "An IDE disk");
        zero(faults, disk, "target", at.target(), "An IDE disk");
      }
      case "sata" -> {
        zero(faults, disk, "bus", at.bus(), "A SATA disk");
        zero(faults, disk, "target", at.target(), "A SATA disk");
      }
      case "fdc" -> {
        zero(faults, disk, "controller", at.controller(), "A floppy");
        zero(faults, disk, "bus", at.bus(), "A floppy");
        zero(faults, disk, "target", at.target(), "A floppy");
      }
      case "scsi" -> {
        zero(faults, disk, "bus", at.bus(), "A SCSI disk");
        boolean one =
            draft
                .controller("scsi", at.controller())
                .map(Controller::model)
                .filter("lsilogic"::equals)
                .isPresent();
        if (one) {
          zero(faults, disk, "target", at.target(), "A disk on a controller of model 'lsilogic'");
        }
      }
      default -> {
        // no place to check
      }
    }
  }

  private static void zero(Faults faults, Disk disk, String part, int value, String who) {
    if (value != 0) {
      faults.fault(disk, who + " has the " + part + " 0 in its address, not " + value + ".");
    }
  }
}
