package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives SCSI devices of the host their places and the controllers that they need. */
public final class ScsiPlacement {
  private static final int UNITS = 16;
  private static final int CONTROLLER_UNIT = 7;

  private ScsiPlacement() {}

  /** SCSI devices of the host have their controllers before the machine has any of its own. */
  public static void controllers(DefinitionBuilder draft) {
    int highest = -1;
    for (HostDevice device : draft.all(HostDevice.class)) {
      if (device.onScsi()) {
        Address address = device.info().address();
        highest = Math.max(highest, address instanceof Address.Drive at ? at.controller() : 0);
      }
    }
    String model = highest < 0 ? null : model(draft, highest);
    for (int index = 0; index <= highest; index++) {
      draft.ensureController("scsi", index, model);
    }
  }

  public static void apply(DefinitionBuilder draft) {
    Set<Address> used = new HashSet<>();
    for (Disk disk : draft.all(Disk.class)) {
      if (DiskPlacement.bus(disk).equals("scsi") && disk.info().address() != null) {
        used.add(disk.info().address());
      }
    }
    for (HostDevice device : draft.all(HostDevice.class)) {
      Address address = device.info().address();
      if (device.onScsi() && address != null && !used.add(address)) {
        throw PciBuses.invalid(
            "The place of a SCSI <hostdev> on its controller is used twice; give it another.");
      }
    }
    int highest = -1;
    String model = null;
    for (HostDevice device : draft.all(HostDevice.class)) {
      if (!device.onScsi()) {
        continue;
      }
      if (device.info().address() == null) {
        HostDevice placed = device.withInfo(device.info().withAddress(next(draft, used)));
        draft.replace(device, placed);
        device = placed;
      }
      if (device.info().address() instanceof Address.Drive drive && drive.controller() > highest) {
        highest = drive.controller();
        String own = model(draft, highest);
        model = own == null ? model : own;
      }
    }
    for (int index = 0; index <= highest; index++) {
      draft.ensureController("scsi", index, model);
    }
  }

  private static @Nullable String model(DefinitionBuilder draft, int controller) {
    return draft.controller("scsi", controller).map(Controller::model).orElse(null);
  }

  private static Address.Drive next(DefinitionBuilder draft, Set<Address> used) {
    int controller =
        draft.all(Controller.class).stream()
            .filter(each -> each.type().equals("scsi") && each.index() != null)
            .mapToInt(Controller::index)
            .min()
            .orElse(0);
    while (true) {
      for (int unit = 0; unit < UNITS; unit++) {
        Address.Drive place = new Address.Drive(controller, 0, 0, unit);
        if (unit != CONTROLLER_UNIT && used.add(place)) {
          return place;
        }
      }
      controller++;
    }
  }
}
