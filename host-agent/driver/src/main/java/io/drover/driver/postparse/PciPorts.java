package io.drover.driver.postparse;

import io.drover.contracts.definition.common.Address;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Device;

/** What follows from the addresses: multifunction bits, chassis and port numbers. */
final class PciPorts {
  private PciPorts() {}

  static void finish(Draft draft, PciBuses buses) {
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
        draft.replace(controller, numbered(controller));
      }
    }
  }

  private static Controller numbered(Controller controller) {
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
              new Controller.PciTarget(
                  pci.modelName(),
                  null,
                  null,
                  pci.chassisNumber() == null ? controller.index() : pci.chassisNumber(),
                  null,
                  null,
                  pci.hotplug()));
      default -> controller;
    };
  }

  private static Controller.PciTarget with(
      Controller.PciTarget pci, @org.jspecify.annotations.Nullable Integer chassis, int port) {
    return new Controller.PciTarget(
        pci.modelName(),
        pci.chassis() == null ? chassis : pci.chassis(),
        pci.port() == null ? (Integer) port : pci.port(),
        null,
        null,
        null,
        pci.hotplug());
  }
}
