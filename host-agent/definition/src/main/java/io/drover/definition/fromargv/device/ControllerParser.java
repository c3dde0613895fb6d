package io.drover.definition.fromargv.device;

import io.drover.definition.fromargv.draft.GuestDeviceProps;
import io.drover.definition.fromargv.draft.MutableElement;
import io.drover.definition.fromargv.draft.ParsedCommandLine;
import io.drover.definition.fromargv.line.Values;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Controllers; they come before what sits on them. */
public final class ControllerParser {
  private static final List<String> COMPANIONS = List.of("ich9-uhci1", "ich9-uhci2", "ich9-uhci3");
  private static final int PORTS_OF_A_COMPANION = 2;

  private static final Map<String, String> PCI =
      Map.of(
          "pcie-root-port", "pcie-root-port",
          "ioh3420", "pcie-root-port",
          "pci-bridge", "pci-bridge",
          "pcie-pci-bridge", "pcie-to-pci-bridge",
          "i82801b11-bridge", "dmi-to-pci-bridge",
          "x3130-upstream", "pcie-switch-upstream-port",
          "xio3130-downstream", "pcie-switch-downstream-port",
          "pxb", "pci-expander-bus",
          "pxb-pcie", "pcie-expander-bus");
  private static final Map<String, String> USB =
      Map.ofEntries(
          Map.entry("piix3-usb-uhci", "piix3-uhci"),
          Map.entry("piix4-usb-uhci", "piix4-uhci"),
          Map.entry("usb-ehci", "ehci"),
          Map.entry("ich9-usb-ehci1", "ich9-ehci1"),
          Map.entry("ich9-usb-uhci1", "ich9-uhci1"),
          Map.entry("ich9-usb-uhci2", "ich9-uhci2"),
          Map.entry("ich9-usb-uhci3", "ich9-uhci3"),
          Map.entry("vt82c686b-usb-uhci", "vt82c686b-uhci"),
          Map.entry("pci-ohci", "pci-ohci"),
          Map.entry("nec-usb-xhci", "nec-xhci"),
          Map.entry("qemu-xhci", "qemu-xhci"));
  private static final Map<String, String> SCSI =
      Map.of(
          "virtio-scsi-pci", "virtio-scsi",
          "lsi", "lsilogic",
          "lsi53c895a", "lsilogic",
          "mptsas1068", "lsisas1068",
          "megasas", "lsisas1078",
          "pvscsi", "vmpvscsi",
          "dc390", "dc390",
          "dc-390", "dc390",
          "am53c974", "am53c974");
  private static final List<String> OTHERS = List.of("ich9-ahci", "virtio-serial-pci", "usb-ccid");

  public static final Set<String> DRIVERS = drivers();

  private ControllerParser() {}

  private static Set<String> drivers() {
    Set<String> all = new TreeSet<>(OTHERS);
    all.addAll(PCI.keySet());
    all.addAll(USB.keySet());
    all.addAll(SCSI.keySet());
    return all;
  }

  public static void read(ParsedCommandLine draft, String driver, Values values) {
    String base = GuestDeviceProps.base(driver);
    MutableElement controller = draft.devices().add("controller");
    String id = values.peek("id");
    if (PCI.containsKey(base)) {
      pci(draft, controller, base, values, id);
    } else if (USB.containsKey(base)) {
      usb(draft, controller, base, values, id);
    } else if (SCSI.containsKey(base)) {
      scsi(draft, controller, driver, values, id);
    } else {
      String type =
          base.equals("ich9-ahci") ? "sata" : base.equals("usb-ccid") ? "ccid" : "virtio-serial";
      index(draft, controller, type, id);
      if (type.equals("virtio-serial")) {
        model(controller, driver, "virtio");
        controller.with("ports", values.take("max_ports")).with("vectors", values.take("vectors"));
      }
      GuestDeviceProps.virtio(controller, values);
    }
    GuestDeviceProps.common(draft, controller, values);
  }

  private static void index(
      ParsedCommandLine draft, MutableElement controller, String type, @Nullable String id) {
    controller.with("type", type).with("index", draft.buses().add(type, id));
  }

  /** Only a transitional model is said: the other one is what there is without. */
  private static void model(MutableElement controller, String driver, String plain) {
    if (!GuestDeviceProps.base(driver).equals(driver)) {
      controller.with("model", GuestDeviceProps.virtioModel(driver).replace("virtio", plain));
    }
  }

  private static void pci(
      ParsedCommandLine draft,
      MutableElement controller,
      String driver,
      Values values,
      @Nullable String id) {
    index(draft, controller, "pci", id);
    controller.with("model", PCI.get(driver));
    controller.add("model").with("name", driver);
    MutableElement target = controller.add("target");
    Long port = values.takeNumber("port");
    target
        .with("chassisNr", values.take("chassis_nr"))
        .with("chassis", values.take("chassis"))
        .with("port", port == null ? null : "0x" + Long.toHexString(port))
        .with("busNr", values.take("bus_nr"))
        .with("hotplug", values.takeOnOff("hotplug"))
        .element("node", values.take("numa_node"));
    controller.dropIfEmpty(target);
  }

  private static void usb(
      ParsedCommandLine draft,
      MutableElement controller,
      String driver,
      Values values,
      @Nullable String id) {
    String master = values.take("masterbus");
    controller.with("type", "usb");
    if (master == null) {
      controller.with("index", draft.buses().add("usb", id));
    } else {
      controller.with("index", draft.buses().controller("usb", master));
      controller.add("master").with("startport", values.take("firstport", "0"));
    }
    controller.with("model", USB.get(driver));
    String ports = values.take("p2");
    if (ports != null && ports.equals(values.peek("p3"))) {
      controller.with("ports", ports);
      values.take("p3");
    }
  }

  private static void scsi(
      ParsedCommandLine draft,
      MutableElement controller,
      String driver,
      Values values,
      @Nullable String id) {
    index(draft, controller, "scsi", id);
    String base = GuestDeviceProps.base(driver);
    controller.with("model", SCSI.get(base));
    if (base.startsWith("virtio")) {
      model(controller, driver, "virtio");
      MutableElement own = controller.part("driver");
      own.with("queues", values.take("num_queues"))
          .with("cmd_per_lun", values.take("cmd_per_lun"))
          .with("max_sectors", values.take("max_sectors"))
          .with("ioeventfd", values.takeOnOff("ioeventfd"))
          .with("iothread", draft.ioThread(values));
      controller.dropIfEmpty(own);
      GuestDeviceProps.virtio(controller, values);
    }
  }

  /** The chipset's own USB controllers. */
  public static void usb(ParsedCommandLine draft, Values values) {
    values.takeLeft("");
    int index = draft.buses().addOfMachine("usb");
    if (!draft.q35()) {
      usbController(draft, index, "piix3-uhci");
      return;
    }
    usbController(draft, index, "ich9-ehci1");
    for (int i = 0; i < COMPANIONS.size(); i++) {
      usbController(draft, index, COMPANIONS.get(i))
          .add("master")
          .with("startport", i * PORTS_OF_A_COMPANION);
    }
  }

  private static MutableElement usbController(ParsedCommandLine draft, int index, String model) {
    return draft
        .devices()
        .add("controller")
        .with("type", "usb")
        .with("index", index)
        .with("model", model);
  }
}
