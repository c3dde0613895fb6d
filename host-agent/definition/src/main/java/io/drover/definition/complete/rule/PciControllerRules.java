package io.drover.definition.complete.rule;

import io.drover.contracts.definition.cpu.CpuModel;
import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Controller.PciTarget;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a PCI controller may say of itself; each model knows a few of the options only. */
final class PciControllerRules {
  private static final List<String> ROOTS = List.of("pci-root", "pcie-root");
  private static final List<String> PORTS =
      List.of("pcie-root-port", "pcie-switch-downstream-port");
  private static final List<String> EXPANDERS = List.of("pci-expander-bus", "pcie-expander-bus");
  private static final Map<String, List<String>> MODEL_NAMES =
      Map.of(
          "pci-root", List.of(),
          "pcie-root", List.of(),
          "pci-bridge", List.of("pci-bridge"),
          "dmi-to-pci-bridge", List.of("i82801b11-bridge"),
          "pcie-to-pci-bridge", List.of("pcie-pci-bridge"),
          "pcie-root-port", List.of("pcie-root-port", "ioh3420"),
          "pcie-switch-upstream-port", List.of("x3130-upstream"),
          "pcie-switch-downstream-port", List.of("xio3130-downstream"),
          "pci-expander-bus", List.of("pxb"),
          "pcie-expander-bus", List.of("pxb-pcie"));

  private PciControllerRules() {}

  static void check(Faults faults, DefinitionBuilder draft, Controller controller) {
    String model = controller.model();
    List<String> names = model == null ? null : MODEL_NAMES.get(model);
    if (model == null || names == null) {
      faults.fault(controller, "A PCI controller needs a 'model', such as pci-bridge.");
      return;
    }
    if (ROOTS.contains(model)) {
      root(faults, controller);
    }
    PciTarget pci = controller.pci() == null ? PciTarget.NONE : controller.pci();
    if (pci.modelName() != null && !names.contains(pci.modelName())) {
      faults.fault(
          controller, "The <model name='" + pci.modelName() + "'> is none of a " + model + ".");
    }
    boolean port = PORTS.contains(model);
    boolean expander = EXPANDERS.contains(model);
    option(faults, controller, "chassis", pci.chassis(), port);
    option(faults, controller, "port", pci.port(), port);
    option(faults, controller, "chassisNr", pci.chassisNumber(), model.equals("pci-bridge"));
    option(faults, controller, "busNr", pci.busNumber(), expander);
    option(faults, controller, "node", pci.node(), expander);
    option(faults, controller, "hotplug", pci.hotplug(), port || model.equals("pci-root"));
    CpuModel cpu = draft.definition().cpu();
    if (expander && draft.q35() != model.equals("pcie-expander-bus")) {
      faults.fault(controller, "A " + model + " is none of this machine type's controllers.");
    }
    int cells = cpu == null ? 0 : cpu.numa().size();
    if (expander && pci.node() != null && pci.node() >= cells) {
      faults.fault(
          controller,
          "It is configured for the NUMA node "
              + pci.node()
              + ", but <cpu><numa> has "
              + cells
              + " cells.");
    }
  }

  private static void root(Faults faults, Controller controller) {
    if (controller.index() != null && controller.index() != 0) {
      faults.fault(controller, "pci-root and pcie-root controllers have index 0.");
    }
    if (controller.info().address() != null) {
      faults.fault(controller, "pci-root and pcie-root controllers have no <address>.");
    }
  }

  private static void option(
      Faults faults, Controller controller, String name, @Nullable Object value, boolean known) {
    if (value != null && !known) {
      faults.fault(
          controller, "The option '" + name + "' is not one of a " + controller.model() + ".");
    }
  }
}
