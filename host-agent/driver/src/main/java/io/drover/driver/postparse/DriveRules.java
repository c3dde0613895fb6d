package io.drover.driver.postparse;

import io.drover.contracts.definition.Address;
import io.drover.contracts.definition.Controller;
import io.drover.contracts.definition.Disk;

/** Where a disk can be on its controller, and what a controller's settings refer to. */
final class DriveRules {
  private DriveRules() {}

  static void check(Rules rules, Draft draft) {
    for (Disk disk : draft.all(Disk.class)) {
      if (disk.info().address() instanceof Address.Drive drive) {
        place(rules, draft, disk, drive);
      }
    }
    for (Controller controller : draft.all(Controller.class)) {
      thread(rules, draft, controller);
    }
  }

  private static void place(Rules rules, Draft draft, Disk disk, Address.Drive at) {
    String bus = DiskPlacement.bus(disk);
    switch (bus) {
      case "fdc" -> {
        limit(rules, disk, at.controller(), "Only 1 fdc controller is supported.");
        limit(rules, disk, at.bus(), "Only 1 fdc bus is supported.");
        limit(rules, disk, at.target(), "target must be 0 for controller fdc.");
      }
      case "ide" -> limit(rules, disk, at.target(), "target must be 0 for ide controller.");
      case "sata" -> {
        limit(rules, disk, at.bus(), "bus must be 0 for sata controller.");
        limit(rules, disk, at.target(), "target must be 0 for sata controller.");
      }
      case "scsi" -> {
        limit(rules, disk, at.bus(), "SCSI controller only supports 1 bus.");
        if (draft
            .controller("scsi", at.controller())
            .filter(controller -> "lsilogic".equals(controller.model()))
            .isPresent()) {
          String detail = "target must be 0 for controller model 'lsilogic'.";
          limit(rules, disk, at.target(), detail);
        }
      }
      default -> {
        // the others have no drive addresses
      }
    }
  }

  private static void limit(Rules rules, Disk disk, int number, String detail) {
    if (number != 0) {
      rules.fault(disk, detail);
    }
  }

  private static void thread(Rules rules, Draft draft, Controller controller) {
    String thread = controller.options().get("iothread");
    if (thread != null && !draft.definition().vcpus().hasIothread(Integer.parseInt(thread))) {
      rules.fault(controller, "controller iothread '" + thread + "' not defined in iothreadid.");
    }
    if ("vt82c686b-uhci".equals(controller.model())) {
      rules.fault(controller, "USB controller model 'vt82c686b-uhci' is part of another machine.");
    }
  }
}
