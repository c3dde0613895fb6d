package io.drover.driver.postparse;

import io.drover.contracts.definition.Address;
import io.drover.contracts.definition.Balloon;
import io.drover.contracts.definition.CharacterDevice;
import io.drover.contracts.definition.Controller;
import io.drover.contracts.definition.Device;
import io.drover.contracts.definition.Disk;
import io.drover.contracts.definition.Filesystem;
import io.drover.contracts.definition.Graphics;
import io.drover.contracts.definition.Input;
import io.drover.contracts.definition.Iommu;
import io.drover.contracts.definition.MemoryDevice;
import io.drover.contracts.definition.NetworkInterface;
import io.drover.contracts.definition.Panic;
import io.drover.contracts.definition.Rng;
import io.drover.contracts.definition.Video;
import io.drover.contracts.definition.Watchdog;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names the devices as libvirt does; a user's own alias, {@code ua-...}, stays. */
final class Aliases {
  private final Draft draft;
  private final Map<String, Integer> counts = new HashMap<>();

  private Aliases(Draft draft) {
    this.draft = draft;
  }

  static void assign(Draft draft) {
    Aliases aliases = new Aliases(draft);
    for (Device device : draft.devices()) {
      String generated = aliases.name(device);
      String own = device.info().alias();
      boolean keeps = own != null && own.startsWith("ua-");
      if (!keeps && !generated.isEmpty()) {
        draft.replace(device, device.withInfo(device.info().withAlias(generated)));
      }
    }
  }

  private String name(Device device) {
    if (device instanceof Disk disk) {
      return disk(disk);
    }
    if (device instanceof Controller controller) {
      return controller(controller);
    }
    if (device instanceof NetworkInterface) {
      return counted("net");
    }
    if (device instanceof CharacterDevice character) {
      return counted(character.element());
    }
    if (device instanceof Graphics) {
      return "";
    }
    if (device instanceof Filesystem) {
      return counted("fs");
    }
    if (device instanceof MemoryDevice memory) {
      return memory(memory);
    }
    if (device instanceof Iommu) {
      return "iommu0";
    }
    if (device instanceof Balloon) {
      return "balloon0";
    }
    if (device instanceof Video
        || device instanceof Input
        || device instanceof Rng
        || device instanceof Watchdog
        || device instanceof Panic) {
      return counted(device.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    }
    return "";
  }

  /** What has a slot is named by it. */
  private String memory(MemoryDevice memory) {
    if (memory.info().address() instanceof Address.Dimm dimm && memory.slotted()) {
      return memory.model() + dimm.slot();
    }
    return counted(memory.model().equals("sgx-epc") ? "epc" : memory.model().replace("-", ""));
  }

  private String counted(String prefix) {
    return prefix + (counts.merge(prefix, 1, Integer::sum) - 1);
  }

  private String disk(Disk disk) {
    String bus = DiskPlacement.bus(disk);
    if (disk.info().address() instanceof Address.Drive drive) {
      boolean lun = bus.equals("scsi") && !lsi(drive.controller());
      return bus
          + drive.controller()
          + "-"
          + drive.bus()
          + (lun ? "-" + drive.target() : "")
          + "-"
          + drive.unit();
    }
    return bus + "-disk" + DiskNames.index(disk.target().dev());
  }

  private boolean lsi(int controller) {
    return draft
        .controller("scsi", controller)
        .map(found -> "lsilogic".equals(found.model()))
        .orElse(false);
  }

  private String controller(Controller controller) {
    int index = controller.index() == null ? 0 : controller.index();
    String model = controller.model() == null ? "" : controller.model();
    return switch (controller.type()) {
      case "pci" -> model.equals("pcie-root") ? "pcie." + index : "pci." + index;
      case "ide" -> index == 0 && !draft.q35() ? "ide" : "ide" + index;
      case "sata" -> index == 0 && draft.q35() ? "ide" : "sata" + index;
      case "usb" -> index == 0 ? "usb" : "usb" + index;
      default -> controller.type() + index;
    };
  }
}
