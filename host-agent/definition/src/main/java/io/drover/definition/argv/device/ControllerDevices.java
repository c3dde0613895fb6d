package io.drover.definition.argv.device;

import io.drover.contracts.definition.device.Controller;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The controllers: PCI's first, then the others. */
public final class ControllerDevices {
  /** libvirt's order of the types. */
  private static final List<String> ORDER =
      List.of("pci", "usb", "scsi", "ide", "sata", "virtio-serial", "ccid");

  private static final Map<String, String> USB =
      Map.ofEntries(
          Map.entry("piix3-uhci", "piix3-usb-uhci"),
          Map.entry("piix4-uhci", "piix4-usb-uhci"),
          Map.entry("ehci", "usb-ehci"),
          Map.entry("ich9-ehci1", "ich9-usb-ehci1"),
          Map.entry("ich9-uhci1", "ich9-usb-uhci1"),
          Map.entry("ich9-uhci2", "ich9-usb-uhci2"),
          Map.entry("ich9-uhci3", "ich9-usb-uhci3"),
          Map.entry("vt82c686b-uhci", "vt82c686b-usb-uhci"),
          Map.entry("pci-ohci", "pci-ohci"),
          Map.entry("nec-xhci", "nec-usb-xhci"),
          Map.entry("qemu-xhci", "qemu-xhci"));
  private static final Map<String, String> SCSI =
      Map.of(
          "lsilogic", "lsi",
          "lsisas1068", "mptsas1068",
          "lsisas1078", "megasas",
          "vmpvscsi", "pvscsi",
          "dc390", "dc390",
          "am53c974", "am53c974",
          "ibmvscsi", "spapr-vscsi");

  private ControllerDevices() {}

  /** The controllers in the order in which QEMU gets them. */
  public static List<Controller> ordered(ArgvContext placed) {
    List<Controller> controllers = new ArrayList<>(placed.definition().devices(Controller.class));
    controllers.sort(
        Comparator.comparingInt((Controller controller) -> order(controller))
            .thenComparing(ControllerDevices::dependentsLast));
    return controllers;
  }

  /** A controller; nothing for those that are part of the machine. */
  public static DevicePart part(ArgvContext placed, Controller controller) {
    Props device = device(placed, controller);
    return device == null ? DevicePart.NONE : DevicePart.of(JsonOption.device(device));
  }

  private static int order(Controller controller) {
    int order = ORDER.indexOf(controller.type());
    return order < 0 ? ORDER.size() : order;
  }

  /** What a controller hangs on must be there before it; otherwise the order stays. */
  private static int dependentsLast(Controller controller) {
    boolean depends = controller.type().equals("usb") || controller.type().equals("pci");
    if (!depends || controller.index() == null) {
      return 0;
    }
    return controller.index() * 2 + (controller.startPort() == null ? 0 : 1);
  }

  private static @Nullable Props device(ArgvContext placed, Controller controller) {
    return switch (controller.type()) {
      case "pci" -> pci(placed, controller);
      case "usb" -> usb(placed, controller);
      case "scsi" -> scsi(placed, controller);
      case "virtio-serial" -> virtioSerial(placed, controller);
      case "sata" -> {
        boolean chipset = placed.q35() && controller.is("sata", 0);
        yield chipset ? null : placed.at(named(Props.device("ahci"), controller), controller);
      }
      case "ide" -> {
        if (!controller.is("ide", 0)) {
          throw unsupported("Only a single IDE controller is supported for this machine type.");
        }
        yield null;
      }
      case "ccid" -> placed.at(named(Props.device("usb-ccid"), controller), controller);
      default -> null;
    };
  }

  private static Props named(Props device, Controller controller) {
    return device.put("id", ArgvContext.alias(controller));
  }

  private static @Nullable Props pci(ArgvContext placed, Controller controller) {
    Controller.PciTarget pci = controller.pci();
    if (pci == null || pci.modelName() == null) {
      return null;
    }
    Props device = Props.device(pci.modelName());
    boolean bridge = "pci-bridge".equals(controller.model());
    boolean port =
        "pcie-root-port".equals(controller.model())
            || "pcie-switch-downstream-port".equals(controller.model());
    if (bridge) {
      device.put("chassis_nr", pci.chassisNumber());
    }
    if (port) {
      device.put("port", pci.port()).put("chassis", pci.chassis());
    }
    if (pci.busNumber() != null) {
      device.put("bus_nr", pci.busNumber());
    }
    named(device, controller).put("numa_node", pci.node());
    device.onOff("hotplug", port ? pci.hotplug() : null);
    return placed.at(device, controller);
  }

  private static @Nullable Props usb(ArgvContext placed, Controller controller) {
    String model = controller.model() == null ? "" : controller.model();
    if (model.equals("none")) {
      return null;
    }
    String driver = USB.get(model);
    if (driver == null) {
      throw unsupported("There is no USB controller of model '" + model + "' here.");
    }
    Props device = Props.device(driver);
    String ports = controller.options().get("ports");
    if (ports != null) {
      device.number("p2", ports).number("p3", ports);
    }
    if (controller.startPort() == null) {
      named(device, controller);
    } else {
      int index = controller.index() == null ? 0 : controller.index();
      device
          .put("masterbus", placed.controllerAlias("usb", index) + ".0")
          .put("firstport", controller.startPort());
    }
    return placed.at(device, controller);
  }

  private static Props scsi(ArgvContext placed, Controller controller) {
    String model = controller.model() == null ? "lsilogic" : controller.model();
    if (!model.startsWith("virtio")) {
      String driver = SCSI.get(model);
      if (driver == null) {
        throw unsupported("There is no SCSI controller of model '" + model + "' here.");
      }
      Props device = named(Props.device(driver), controller);
      if (model.equals("ibmvscsi")) {
        return device.put("reg", 0x2000);
      }
      return placed.at(device, controller);
    }
    Map<String, String> options = controller.options();
    String thread = options.get("iothread");
    Props device = Props.device(ArgvContext.virtioName("virtio-scsi", model));
    ArgvContext.virtio(device, controller.virtio());
    device.put("iothread", thread == null ? null : "iothread" + thread);
    named(device, controller)
        .number("num_queues", options.get("queues"))
        .number("cmd_per_lun", options.get("cmd_per_lun"))
        .number("max_sectors", options.get("max_sectors"))
        .onOff("ioeventfd", options.get("ioeventfd"));
    return placed.at(device, controller);
  }

  private static Props virtioSerial(ArgvContext placed, Controller controller) {
    Props device = Props.device(ArgvContext.virtioName("virtio-serial", controller.model()));
    ArgvContext.virtio(device, controller.virtio());
    named(device, controller)
        .number("max_ports", controller.options().get("ports"))
        .number("vectors", controller.options().get("vectors"));
    return placed.at(device, controller);
  }

  private static ProblemException unsupported(String detail) {
    return new ProblemException(ErrorCode.INVALID_DEFINITION, detail);
  }
}
