package io.drover.definition.complete.rule;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.Iommu;
import io.drover.contracts.definition.device.Video;
import io.drover.definition.complete.address.PciSlotKinds;
import io.drover.definition.complete.address.UsbCompanions;
import io.drover.definition.complete.address.UsbPorts;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import io.drover.definition.complete.emulator.EmulatorFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold between the parts of a definition; all that does not is reported at once. */
public final class Rules {
  private Rules() {}

  /** Rules of the definition as it was given. */
  public static void check(Faults faults, DomainDefinition definition) {
    faults.placedBy(device -> identical(definition.devices(), device));
    FirmwareRules.check(faults, definition);
    bootOrders(faults, definition.devices());
    MemoryRules.check(faults, definition);
    DomainRules.check(faults, definition);
    primaryVideo(faults, definition.devices());
    roms(faults, definition.devices());
    Set<String> aliases = new HashSet<>();
    for (Device device : definition.devices()) {
      String alias = device.info().alias();
      if (alias != null && alias.startsWith("ua-") && !aliases.add(alias)) {
        faults.fault(device, "The alias '" + alias + "' is used twice.");
      }
    }
    faults.throwIfAny();
  }

  /** Rules of the definition and its emulator. */
  public static void check(Faults faults, DomainDefinition definition, EmulatorFacts emulator) {
    EmulatorRules.check(faults, definition, emulator.path(), emulator.offer());
    faults.throwIfAny();
  }

  /** Rules of the disks and inputs once their buses are known. */
  public static void checkPlaced(Faults faults, DefinitionBuilder draft) {
    faults.placedBy(draft::origin);
    DiskRules.check(faults, draft);
    ControllerRules.check(faults, draft);
    iommus(faults, draft);
    UsbCompanions.check(faults, draft);
    CharacterRules.check(faults, draft);
    DisplayRules.check(faults, draft);
    HostDeviceRules.check(faults, draft);
    NetworkRules.check(faults, draft);
    FilesystemRules.check(faults, draft);
    MiscDeviceRules.check(faults, draft);
    addresses(faults, draft);
    faults.throwIfAny();
  }

  /** A device on PCI or USB has no other kind of address. */
  private static void addresses(Faults faults, DefinitionBuilder draft) {
    for (Device device : draft.definition().devices()) {
      Address address = device.info().address();
      boolean own = address == null || address instanceof Address.Pci;
      boolean pci = PciSlotKinds.of(device, draft.q35()) != null;
      if (address != null && !(address instanceof Address.Usb) && UsbPorts.isUsb(device)) {
        faults.fault(device, "Invalid address for a USB device.");
      }
      if (!own && pci) {
        faults.fault(device, "Unexpected address type: it is a PCI device.");
      }
    }
  }

  /** Rules of the places that the devices have got. */
  public static void checkAssigned(Faults faults, DefinitionBuilder draft) {
    for (Device device : draft.devices()) {
      Address address = device.info().address();
      boolean elsewhere = address != null && !(address instanceof Address.Pci);
      if (elsewhere && device.info().acpiIndex() != null) {
        faults.fault(device, "ACPI index is only supported for PCI devices.");
      }
    }
    faults.throwIfAny();
  }

  private static void iommus(Faults faults, DefinitionBuilder draft) {
    List<Iommu> iommus = draft.all(Iommu.class);
    for (Iommu iommu : iommus) {
      if (iommus.size() > 1) {
        faults.fault(iommu, "A machine has at most one IOMMU.");
      }
      if ("on".equals(iommu.extendedInterrupts()) && !"on".equals(iommu.interruptRemapping())) {
        faults.fault(iommu, "IOMMU eim requires interrupt remapping to be enabled.");
      }
      if (iommu.model().equals("intel") && !draft.q35()) {
        faults.fault(iommu, "IOMMU device: 'intel' is only supported with Q35 machines.");
      }
      if (iommu.model().equals("intel") && iommu.info().address() != null) {
        faults.fault(iommu, "iommu model 'intel' can't have address.");
      }
      Address.Pci at = iommu.info().pci();
      if (iommu.model().equals("virtio") && at != null && at.bus() != 0) {
        faults.fault(iommu, "IOMMU device: 'virtio' needs a PCI address on bus 0.");
      }
      if (iommu.model().equals("virtio") && !draft.q35()) {
        faults.fault(iommu, "IOMMU device: 'virtio' is only supported with Q35 machines.");
      }
      if ("on".equals(iommu.interruptRemapping())
          && !"qemu".equals(draft.definition().features().ioapic())) {
        faults.fault(
            iommu,
            "IOMMU interrupt remapping requires split I/O APIC; give <ioapic driver='qemu'/>.");
      }
      if (iommu.model().equals("virtio") && !draft.definition().features().acpi()) {
        faults.fault(iommu, "IOMMU device: 'virtio' requires ACPI.");
      }
    }
  }

  private static void primaryVideo(Faults faults, List<Device> devices) {
    devices.stream()
        .filter(device -> device instanceof Video video && Boolean.TRUE.equals(video.primary()))
        .skip(1)
        .limit(1)
        .forEach(second -> faults.fault(second, "Only one primary video device is supported."));
  }

  private static void roms(Faults faults, List<Device> devices) {
    for (Device device : devices) {
      DeviceInfo.Rom rom = device.info().rom();
      if (rom != null
          && Boolean.FALSE.equals(rom.enabled())
          && (rom.bar() != null || rom.file() != null)) {
        faults.fault(device, "ROM tuning is not supported when the ROM is disabled.");
      }
    }
  }

  private static void bootOrders(Faults faults, List<Device> devices) {
    Set<Integer> orders = new HashSet<>();
    for (Device device : devices) {
      Integer order = device.info().bootOrder();
      if (order != null && !orders.add(order)) {
        faults.fault(device, "boot order '" + order + "' is used for more than one device.");
      }
    }
  }

  private static int identical(List<Device> devices, Device wanted) {
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i) == wanted) {
        return i;
      }
    }
    return -1;
  }
}
