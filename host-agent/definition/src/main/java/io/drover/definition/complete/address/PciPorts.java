package io.drover.definition.complete.address;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.DeviceNames;

/** What follows from the addresses: multifunction bits, chassis and port numbers. */
final class PciPorts {
  private PciPorts() {}

  static void finish(DefinitionBuilder draft, PciBuses buses) {
    for (Device device : draft.devices()) {
      Address.Pci address = device.info().pci();
      if (address != null
          && address.function() == 0
          && address.multifunction() == null
          && (buses.bus(address.bus()).functionsOf(address.slot()) & ~1) != 0) {
        draft.replace(
            device, device.withInfo(device.info().withAddress(address.withMultifunction("on"))));
      }
    }
    for (Controller controller : draft.all(Controller.class)) {
      if (controller.type().equals("pci")) {
        draft.replace(controller, numbered(draft, controller));
      }
    }
  }

  private static Controller numbered(DefinitionBuilder draft, Controller controller) {
    Controller.PciTarget pci =
        controller.pci() == null ? Controller.PciTarget.NONE : controller.pci();
    Address.Pci address = controller.info().pci();
    String model = controller.model() == null ? "" : controller.model();
    int slot = address == null ? 0 : address.slot();
    int function = address == null ? 0 : address.function();
    return switch (model) {
      case "pcie-root-port" ->
          controller.withPci(with(pci, controller.index(), slot << 3 | function));
      case "pcie-switch-downstream-port" -> controller.withPci(with(pci, controller.index(), slot));
      case "pci-bridge" ->
          controller.withPci(
              pci.chassisNumber() == null ? pci.withChassisNumber(controller.index()) : pci);
      case "pci-expander-bus", "pcie-expander-bus" ->
          controller.withPci(
              pci.busNumber() == null ? pci.withBusNumber(freeNumber(draft, controller)) : pci);
      default -> controller;
    };
  }

  /** An expander takes two numbers at least: its own and that of the bridge within. */
  private static int freeNumber(DefinitionBuilder draft, Controller controller) {
    int lowest = 256;
    for (Controller other : draft.all(Controller.class)) {
      Integer number = other.pci() == null ? null : other.pci().busNumber();
      lowest = number == null ? lowest : Math.min(lowest, number);
    }
    if (lowest <= 2) {
      throw PciBuses.invalid(
          DeviceNames.of(controller)
              + ": No free busNr lower than the lowest one is available; give it <target busNr=>.");
    }
    return lowest - 2;
  }

  private static Controller.PciTarget with(
      Controller.PciTarget pci, @org.jspecify.annotations.Nullable Integer chassis, int port) {
    return pci.withPort(
        pci.chassis() == null ? chassis : pci.chassis(),
        pci.port() == null ? (Integer) port : pci.port());
  }
}
