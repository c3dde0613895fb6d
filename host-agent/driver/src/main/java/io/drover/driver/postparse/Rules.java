package io.drover.driver.postparse;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.Video;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.Problem;
import io.drover.contracts.error.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/** What must hold between the parts of a definition; all that does not is reported at once. */
final class Rules {
  private final List<Found> found = new ArrayList<>();
  private final boolean collecting;
  private ToIntFunction<Device> origin = device -> -1;

  private Rules(boolean collecting) {
    this.collecting = collecting;
  }

  /**
   * A fault, and the number of the device that it is in among those of the definition.
   *
   * @param device -1 where it is in none of them
   */
  record Found(Problem.Fault fault, int device) {}

  /** Rules that end a completion after the first step with faults. */
  static Rules stopping() {
    return new Rules(false);
  }

  /** Rules that let the completion go on as far as it can, to find all faults. */
  static Rules collecting() {
    return new Rules(true);
  }

  List<Found> found() {
    return found;
  }

  /** Does a step that may refuse; a refusal counts as a fault here. */
  void attempt(Runnable step) {
    if (!collecting) {
      step.run();
      return;
    }
    int known = found.size();
    try {
      step.run();
    } catch (ProblemException e) {
      if (known == 0) { // else it may only follow from what is known
        refused(e);
      }
    }
  }

  /** Does a step for one device that may refuse it. */
  void attempt(Device device, Runnable step) {
    if (!collecting) {
      step.run();
      return;
    }
    try {
      step.run();
    } catch (ProblemException e) {
      fault(device, e.problem().detail());
    }
  }

  /** What a host would have to be asked is no fault of the definition. */
  private void refused(ProblemException e) {
    if (e.code() == ErrorCode.HOST_RESOURCE_MISSING) {
      return;
    }
    if (e.problem().errors().isEmpty()) {
      fault("/domain/devices", e.problem().detail());
    }
    e.problem().errors().forEach(fault -> found.add(new Found(fault, -1)));
  }

  /** Rules of the definition as it was given. */
  static void check(Rules rules, DomainDefinition definition) {
    rules.origin = device -> identical(definition.devices(), device);
    FirmwareRules.check(rules, definition);
    rules.bootOrders(definition.devices());
    MemoryRules.check(rules, definition);
    DomainRules.check(rules, definition);
    rules.primaryVideo(definition.devices());
    rules.roms(definition.devices());
    Set<String> aliases = new HashSet<>();
    for (Device device : definition.devices()) {
      String alias = device.info().alias();
      if (alias != null && alias.startsWith("ua-") && !aliases.add(alias)) {
        rules.fault(device, "The alias '" + alias + "' is used twice.");
      }
    }
    rules.throwIfAny();
  }

  private static int identical(List<Device> devices, Device wanted) {
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Rules of the definition and its emulator. */
  static void check(Rules rules, DomainDefinition definition, EmulatorFacts emulator) {
    EmulatorRules.check(rules, definition, emulator.path(), emulator.offer());
    rules.throwIfAny();
  }

  /** Rules of the disks and inputs once their buses are known. */
  static void checkPlaced(Rules rules, Draft draft) {
    rules.origin = draft::origin;
    DiskRules.check(rules, draft);
    ControllerRules.check(rules, draft);
    iommus(rules, draft);
    UsbCompanions.check(rules, draft);
    CharacterRules.check(rules, draft);
    DisplayRules.check(rules, draft);
    HostDeviceRules.check(rules, draft);
    NetworkRules.check(rules, draft);
    FilesystemRules.check(rules, draft);
    SmallDeviceRules.check(rules, draft);
    addresses(rules, draft);
    rules.throwIfAny();
  }

  /** A device on PCI has no other kind of address. */
  private static void addresses(Rules rules, Draft draft) {
    for (Device device : draft.definition().devices()) {
      Address address = device.info().address();
      boolean own = address == null || address instanceof Address.Pci;
      if (!own && PciNeeds.of(device, draft.q35()) != null) {
        rules.fault(device, "Unexpected address type: it is a PCI device.");
      }
    }
  }

  private static void iommus(Rules rules, Draft draft) {
    List<Iommu> iommus = draft.all(Iommu.class);
    for (Iommu iommu : iommus) {
      if (iommus.size() > 1) {
        rules.fault(iommu, "A machine has at most one IOMMU.");
      }
      if ("on".equals(iommu.extendedInterrupts()) && !"on".equals(iommu.interruptRemapping())) {
        rules.fault(iommu, "IOMMU eim requires interrupt remapping to be enabled.");
      }
      if (iommu.model().equals("intel") && !draft.q35()) {
        rules.fault(iommu, "IOMMU device: 'intel' is only supported with Q35 machines.");
      }
      Address.Pci at = iommu.info().pci();
      if (iommu.model().equals("virtio") && at != null && at.bus() != 0) {
        rules.fault(iommu, "IOMMU device: 'virtio' needs a PCI address on bus 0.");
      }
      if (iommu.model().equals("virtio") && !draft.q35()) {
        rules.fault(iommu, "IOMMU device: 'virtio' is only supported with Q35 machines.");
      }
      if ("on".equals(iommu.interruptRemapping())
          && !"qemu".equals(draft.definition().features().ioapic())) {
        rules.fault(
            iommu,
            "IOMMU interrupt remapping requires split I/O APIC; give <ioapic driver='qemu'/>.");
      }
      if (iommu.model().equals("virtio") && !draft.definition().features().acpi()) {
        rules.fault(iommu, "IOMMU device: 'virtio' requires ACPI.");
      }
    }
  }

  private void primaryVideo(List<Device> devices) {
    devices.stream()
        .filter(device -> device instanceof Video video && Boolean.TRUE.equals(video.primary()))
        .skip(1)
        .limit(1)
        .forEach(second -> fault(second, "Only one primary video device is supported."));
  }

  private void roms(List<Device> devices) {
    for (Device device : devices) {
      DeviceInfo.Rom rom = device.info().rom();
      if (rom != null
          && Boolean.FALSE.equals(rom.enabled())
          && (rom.bar() != null || rom.file() != null)) {
        fault(device, "ROM tuning is not supported when the ROM is disabled.");
      }
    }
  }

  private void bootOrders(List<Device> devices) {
    Set<Integer> orders = new HashSet<>();
    for (Device device : devices) {
      Integer order = device.info().bootOrder();
      if (order != null && !orders.add(order)) {
        fault(device, "boot order '" + order + "' is used for more than one device.");
      }
    }
  }

  void fault(Device device, String detail) {
    found.add(
        new Found(
            new Problem.Fault(
                ErrorCode.INVALID_DEFINITION, "/domain/devices/" + Names.of(device), 0, 0, detail),
            origin.applyAsInt(device)));
  }

  void fault(String path, String detail) {
    found.add(new Found(new Problem.Fault(ErrorCode.INVALID_DEFINITION, path, 0, 0, detail), -1));
  }

  private void throwIfAny() {
    if (!found.isEmpty() && !collecting) {
      Problem.Fault first = found.get(0).fault();
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          first.path() + ": " + first.detail(),
          found.stream().map(Found::fault).toList());
    }
  }
}
