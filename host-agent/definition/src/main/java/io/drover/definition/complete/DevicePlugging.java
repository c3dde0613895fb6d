package io.drover.definition.complete;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.MemoryDevice;
import io.drover.contracts.definition.memory.MemorySize;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.complete.address.Aliases;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.address.MemoryPlacement;
import io.drover.definition.complete.address.PciAddresses;
import io.drover.definition.complete.address.SerialPorts;
import io.drover.definition.complete.address.UsbPorts;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.DeviceNames;
import io.drover.definition.complete.builder.Faults;
import io.drover.definition.complete.defaults.Characters;
import io.drover.definition.complete.defaults.DefaultModels;
import io.drover.definition.complete.defaults.ImplicitDevices;
import io.drover.definition.complete.emulator.EmulatorFacts;
import io.drover.definition.complete.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Completes one device in a definition that is complete and stays as it is. */
final class DevicePlugging {
  /** Controllers that QEMU takes while it runs. */
  private static final Set<String> PLUGGABLE = Set.of("scsi", "virtio-serial");

  private final DomainDefinition running;
  private final Device given;

  DevicePlugging(DomainDefinition running, Device given) {
    this.running = running;
    this.given = named(given) ? given : given.withInfo(unnamed(given.info()));
  }

  /** Whether the user has named it; other aliases are given anew. */
  private static boolean named(Device device) {
    String alias = device.info().alias();
    return alias != null && alias.startsWith("ua-");
  }

  private static DeviceInfo unnamed(DeviceInfo info) {
    return new DeviceInfo(null, info.address(), info.bootOrder(), info.acpiIndex(), info.rom());
  }

  PluggedDevice complete(EmulatorFacts emulator) {
    Faults faults = Faults.stopping();
    DomainDefinition grown = grown();
    Rules.check(faults, grown);
    Rules.check(faults, grown, emulator);
    DefinitionBuilder draft = new DefinitionBuilder(MemoryPlacement.apply(grown));
    DiskPlacement.apply(draft);
    Characters.apply(draft);
    ImplicitDevices.apply(draft);
    DefaultModels.apply(draft);
    Rules.checkPlaced(faults, draft);
    SerialPorts.assign(draft);
    PciAddresses.assignPlugged(draft, faults);
    UsbPorts.assign(draft);
    Rules.checkAssigned(faults, draft);
    Aliases.assignOpen(draft);
    return result(draft);
  }

  private DomainDefinition grown() {
    List<Device> devices = new ArrayList<>(running.devices());
    devices.add(given);
    DomainDefinition grown = running.withDevices(devices);
    if (!(given instanceof MemoryDevice memory)) {
      return grown;
    }
    MemorySize size = running.memory();
    long kib = memory.target().sizeKib();
    return grown.withMemory(
        new MemorySize(
            size.kib() + kib,
            size.currentKib() == null ? null : (Long) (size.currentKib() + kib),
            size.maxKib(),
            size.maxSlots(),
            size.dumpCore(),
            size.backing()));
  }

  private PluggedDevice result(DefinitionBuilder draft) {
    int number = running.devices().size();
    Device completed = given;
    List<Controller> brought = new ArrayList<>();
    for (Device device : draft.devices()) {
      int origin = draft.origin(device);
      if (origin == number) {
        completed = plugged(device);
      } else if (origin < 0) {
        brought.add(plugged(pluggable(device)));
      }
    }
    List<Device> devices = new ArrayList<>(running.devices());
    devices.addAll(brought);
    devices.add(completed);
    DomainDefinition definition = running.withDevices(devices);
    return new PluggedDevice(
        given instanceof MemoryDevice
            ? definition.withMemory(draft.definition().memory())
            : definition,
        completed,
        brought);
  }

  /** The root bus of PCI Express takes nothing from a running QEMU; that of PCI needs ACPI. */
  private <T extends Device> T plugged(T device) {
    Address.Pci address = device.info().pci();
    boolean express = running.os().q35Machine();
    if (address != null && address.bus() == 0 && (express || !running.features().acpi())) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          DeviceNames.of(device)
              + " would be on PCI bus 0, which takes no device while this machine runs; "
              + (express
                  ? "give it an address on a pcie-root-port."
                  : "add <features><acpi/></features> to the definition and start the domain"
                      + " again."));
    }
    return device;
  }

  private Controller pluggable(Device brought) {
    if (brought instanceof Controller controller && PLUGGABLE.contains(controller.type())) {
      return controller;
    }
    throw new ProblemException(
        ErrorCode.INVALID_DEFINITION,
        DeviceNames.of(given)
            + " needs "
            + DeviceNames.of(brought)
            + ", which the running domain lacks and QEMU takes at its start only; add it to the"
            + " definition and start the domain again, or use another bus.");
  }
}
