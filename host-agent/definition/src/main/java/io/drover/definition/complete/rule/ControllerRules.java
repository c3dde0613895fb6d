package io.drover.definition.complete.rule;

import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.definition.device.Disk;
import io.drover.definition.complete.address.DiskPlacement;
import io.drover.definition.complete.builder.DefinitionBuilder;
import io.drover.definition.complete.builder.Faults;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What controllers may be, those of disks above all. */
final class ControllerRules {
  private static final List<String> VIRTIO_SCSI =
      List.of("queues", "cmd_per_lun", "max_sectors", "ioeventfd", "iothread");

  private static final int MAX_XHCI_PORTS = 15;

  private ControllerRules() {}

  static void check(Faults faults, DefinitionBuilder draft) {
    Set<String> seen = new HashSet<>();
    for (Controller controller : draft.all(Controller.class)) {
      boolean companions = controller.type().equals("usb"); // several make one
      if (!companions && !seen.add(controller.type() + controller.index())) {
        faults.fault(controller, "There are several controllers of this type and index.");
      }
      check(faults, draft, controller);
    }
    root(faults, draft);
  }

  private static void root(Faults faults, DefinitionBuilder draft) {
    String model = draft.q35() ? "pcie-root" : "pci-root";
    draft
        .controller("pci", 0)
        .filter(root -> root.model() != null && !root.model().equals(model))
        .ifPresent(
            root ->
                faults.fault(
                    root,
                    "The PCI controller with index='0' must be model='"
                        + model
                        + "' for this machine type, but model='"
                        + root.model()
                        + "' was found instead."));
  }

  private static void check(Faults faults, DefinitionBuilder draft, Controller controller) {
    if (controller.type().equals("pci")) {
      PciControllerRules.check(faults, draft, controller);
    }
    boolean used =
        draft.all(Disk.class).stream().anyMatch(disk -> DiskPlacement.bus(disk).equals("ide"));
    if (controller.type().equals("ide") && draft.q35() && !used) { // else its disks are refused
      faults.fault(controller, "IDE controllers are unsupported for this machine type; use sata.");
    }
    String model = controller.model() == null ? "" : controller.model();
    boolean virtio = controller.type().equals("scsi") && model.startsWith("virtio");
    for (String name : VIRTIO_SCSI) {
      if (controller.options().containsKey(name) && !virtio) {
        faults.fault(controller, "'" + name + "' is only supported by virtio-scsi controllers.");
      }
    }
    if (model.equals("vt82c686b-uhci")) {
      faults.fault(controller, "USB controller model 'vt82c686b-uhci' is part of another machine.");
    }
    if (controller.type().equals("usb")) {
      ports(faults, controller, model);
    }
    String thread = controller.options().get("iothread");
    if (virtio
        && thread != null
        && !draft.definition().vcpus().hasIothread(Integer.parseInt(thread))) {
      faults.fault(controller, "iothread " + thread + " does not exist; add it to <iothreads>.");
    }
  }

  private static void ports(Faults faults, Controller controller, String model) {
    String ports = controller.options().get("ports");
    if (ports == null) {
      return;
    }
    if (!model.endsWith("-xhci")) {
      faults.fault(
          controller, "A USB controller of model '" + model + "' has no 'ports' to choose.");
    } else if (Integer.parseInt(ports) > MAX_XHCI_PORTS) {
      faults.fault(controller, "A '" + model + "' has at most " + MAX_XHCI_PORTS + " ports.");
    }
  }
}
