package io.drover.definition.complete.address;

import io.drover.contracts.definition.device.Controller;
import java.util.Map;

/** QEMU's names of the PCI controllers that libvirt knows by what they do. */
final class PciModelNames {
  private static final Map<String, String> NAMES =
      Map.of(
          "pci-bridge", "pci-bridge",
          "dmi-to-pci-bridge", "i82801b11-bridge",
          "pcie-to-pci-bridge", "pcie-pci-bridge",
          "pcie-root-port", "pcie-root-port",
          "pcie-switch-upstream-port", "x3130-upstream",
          "pcie-switch-downstream-port", "xio3130-downstream",
          "pci-expander-bus", "pxb",
          "pcie-expander-bus", "pxb-pcie");

  private PciModelNames() {}

  /** QEMU's name of a PCI controller's model; null for the roots, which have no device. */
  static Controller named(Controller controller) {
    String model = controller.model();
    String name = model == null ? null : NAMES.get(model);
    Controller.PciTarget pci =
        controller.pci() == null ? Controller.PciTarget.NONE : controller.pci();
    if (name == null || pci.modelName() != null) {
      return controller.withPci(pci);
    }
    return controller.withPci(pci.withModelName(name));
  }
}
