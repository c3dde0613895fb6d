package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Balloon;
import io.drover.contracts.definition.device.CharacterDevice;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Crypto;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.definition.device.HostDevice;
import io.drover.contracts.definition.device.Hub;
import io.drover.contracts.definition.device.Input;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.device.NetworkInterface;
import io.drover.contracts.definition.device.Panic;
import io.drover.contracts.definition.device.RedirectedDevice;
import io.drover.contracts.definition.device.Rng;
import io.drover.contracts.definition.device.SharedMemory;
import io.drover.contracts.definition.device.Smartcard;
import io.drover.contracts.definition.device.Sound;
import io.drover.contracts.definition.device.Tpm;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.definition.device.Vsock;
import io.drover.contracts.definition.device.Watchdog;
import io.drover.contracts.definition.network.NetworkSource;
import io.drover.definition.complete.builder.DefinitionBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names the devices as libvirt does; a user's own alias, {@code ua-...}, stays. */
public final class Aliases {
  /** The prefixes of the devices that are counted. */
  private static final Map<Class<? extends Device>, String> COUNTED =
      Map.ofEntries(
          Map.entry(Filesystem.class, "fs"),
          Map.entry(Video.class, "video"),
          Map.entry(Input.class, "input"),
          Map.entry(Rng.class, "rng"),
          Map.entry(Watchdog.class, "watchdog"),
          Map.entry(Panic.class, "panic"),
          Map.entry(Sound.class, "sound"),
          Map.entry(Tpm.class, "tpm"),
          Map.entry(Smartcard.class, "smartcard"),
          Map.entry(RedirectedDevice.class, "redir"),
          Map.entry(Hub.class, "hub"),
          Map.entry(Vsock.class, "vsock"),
          Map.entry(SharedMemory.class, "shmem"),
          Map.entry(Crypto.class, "crypto"));

  private final DefinitionBuilder draft;
  private final Set<String> taken;
  private final Map<String, Integer> counts = new HashMap<>();

  private Aliases(DefinitionBuilder draft, Set<String> taken) {
    this.draft = draft;
    this.taken = taken;
  }

  /** Names the devices that have no name, each by the first number that is free. */
  public static void assignOpen(DefinitionBuilder draft) {
    Set<String> taken = new HashSet<>();
    for (Device device : draft.devices()) {
      String alias = device.info().alias();
      if (alias != null) {
        taken.add(alias);
      }
    }
    Aliases aliases = new Aliases(draft, taken);
    for (Device device : draft.devices()) {
      String name = device.info().alias() == null ? aliases.name(device) : "";
      if (!name.isEmpty()) {
        draft.replace(device, device.withInfo(device.info().withAlias(name)));
      }
    }
  }

  public static void assign(DefinitionBuilder draft) {
    Aliases aliases = new Aliases(draft, Set.of());
    for (Device device : inOrder(draft)) {
      String own = device.info().alias();
      boolean keeps = own != null && own.matches("ua-[A-Za-z0-9_-]*"); // others are no user's
      if (keeps && numberedByUse(device)) {
        continue;
      }
      String generated = aliases.name(device);
      if (!keeps && !generated.isEmpty()) {
        draft.replace(device, device.withInfo(device.info().withAlias(generated)));
      }
    }
  }

  /** Network cards first: those that are host devices take the first numbers of these. */
  private static List<Device> inOrder(DefinitionBuilder draft) {
    List<Device> ordered = new ArrayList<>(draft.all(NetworkInterface.class));
    draft.devices().stream()
        .filter(device -> !(device instanceof NetworkInterface))
        .forEach(ordered::add);
    return ordered;
  }

  /** Whether a device's number is the next that no alias has, not its place among its kind. */
  private static boolean numberedByUse(Device device) {
    return device instanceof NetworkInterface
        || device instanceof CharacterDevice
        || device instanceof HostDevice;
  }

  private String name(Device device) {
    if (device instanceof Disk disk) {
      return disk(disk);
    }
    if (device instanceof Controller controller) {
      return controller(controller);
    }
    if (device instanceof NetworkInterface nic) {
      return counted(nic.source() instanceof NetworkSource.HostPci ? "hostdev" : "net");
    }
    if (device instanceof HostDevice) {
      return counted("hostdev");
    }
    if (device instanceof CharacterDevice character) {
      return counted(character.element());
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
    String prefix = COUNTED.get(device.getClass());
    return prefix == null ? "" : counted(prefix);
  }

  /** What has a slot is named by it. */
  private String memory(MemoryDevice memory) {
    if (memory.info().address() instanceof Address.Dimm dimm && memory.slotted()) {
      return memory.model() + dimm.slot();
    }
    return counted(memory.model().equals("sgx-epc") ? "epc" : memory.model().replace("-", ""));
  }

  private String counted(String prefix) {
    String name = prefix + (counts.merge(prefix, 1, Integer::sum) - 1);
    return taken.contains(name) ? counted(prefix) : name;
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
