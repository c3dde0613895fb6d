package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.Numbers;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <controller>}. */
final class ControllerXml {
  private static final int MAX_INDEX = 255;
  private static final int MAX_NODE = 127;
  private static final Map<String, List<String>> MODELS =
      Map.of(
          "usb",
              List.of(
                  "piix3-uhci",
                  "piix4-uhci",
                  "ehci",
                  "ich9-ehci1",
                  "ich9-uhci1",
                  "ich9-uhci2",
                  "ich9-uhci3",
                  "vt82c686b-uhci",
                  "pci-ohci",
                  "nec-xhci",
                  "qemu-xhci",
                  "none"),
          "pci",
              List.of(
                  "pci-root",
                  "pcie-root",
                  "pci-bridge",
                  "dmi-to-pci-bridge",
                  "pcie-to-pci-bridge",
                  "pcie-root-port",
                  "pcie-switch-upstream-port",
                  "pcie-switch-downstream-port",
                  "pci-expander-bus",
                  "pcie-expander-bus"),
          "scsi",
              List.of(
                  "auto",
                  "buslogic",
                  "lsilogic",
                  "lsisas1068",
                  "vmpvscsi",
                  "ibmvscsi",
                  "virtio-scsi",
                  "lsisas1078",
                  "virtio-transitional",
                  "virtio-non-transitional",
                  "ncr53c90",
                  "dc390",
                  "am53c974"),
          "ide", List.of("piix3", "piix4", "ich6"),
          "virtio-serial", List.of("virtio", "virtio-transitional", "virtio-non-transitional"));
  private static final List<String> NUMBERS =
      List.of("queues", "cmd_per_lun", "max_sectors", "iothread");

  private ControllerXml() {}

  static Controller read(XmlElement element) {
    XmlValues values = element.values();
    String type =
        values.word("type", "usb", "pci", "ide", "sata", "scsi", "fdc", "virtio-serial", "ccid");
    if (type == null) {
      type = values.text("type") == null ? values.required("type") : "";
    }
    XmlElement master = "usb".equals(type) ? element.child("master") : null;
    return new Controller(
        DeviceInfoXml.read(element),
        type,
        values.integer("index", 0, MAX_INDEX),
        model(element, type),
        options(element),
        driver(element),
        master == null ? null : master.values().integer("startport", 0, 15),
        "pci".equals(type) ? target(element) : null);
  }

  private static @Nullable String model(XmlElement element, String type) {
    XmlValues values = element.values();
    List<String> models = MODELS.get(type);
    if (models == null && !type.isEmpty() && values.text("model") != null) {
      element.invalid("model", "Controllers of type '" + type + "' have no model to choose.");
    }
    return models == null ? null : values.word("model", models.toArray(String[]::new));
  }

  private static VirtioOptions driver(XmlElement element) {
    XmlElement driver = element.child("driver");
    return driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values());
  }

  private static Map<String, String> options(XmlElement element) {
    Map<String, String> found = new LinkedHashMap<>();
    put(found, "ports", element.values().integer("ports", 0, 255));
    put(found, "vectors", element.values().integer("vectors", 0, 2048));
    XmlElement driver = element.child("driver");
    if (driver != null) {
      for (String name : NUMBERS) {
        Integer value = driver.values().integer(name, 0, Integer.MAX_VALUE);
        put(found, name, value == null || value == 0 ? null : value); // zero says nothing
      }
      put(found, "ioeventfd", driver.values().onOff("ioeventfd"));
    }
    return found;
  }

  private static void put(Map<String, String> found, String name, @Nullable Object value) {
    if (value != null) {
      found.put(name, value.toString());
    }
  }

  private static Controller.PciTarget target(XmlElement element) {
    XmlElement model = element.child("model");
    XmlElement target = element.child("target");
    XmlElement hole = element.child("pcihole64");
    Long size = hole == null ? null : Sizes.kib(Sizes.bytes(hole, 0, "KiB"));
    boolean root =
        List.of("pci-root", "pcie-root").contains(String.valueOf(element.values().text("model")));
    Controller.PciTarget read =
        Controller.PciTarget.NONE
            .withModelName(model == null ? null : model.values().text("name"))
            .withHole64(root ? size : null); // the others have none: libvirt drops theirs
    if (target == null) {
      return read;
    }
    XmlValues values = target.values();
    XmlElement node = target.child("node");
    return new Controller.PciTarget(
        read.modelName(),
        values.integer("chassis", 0, 255),
        values.integer("port", 0, 255),
        values.integer("chassisNr", 1, 255),
        values.integer("busNr", 1, 254),
        node(node),
        values.onOff("hotplug"),
        read.hole64Kib());
  }

  static void write(Controller controller, XmlWriter out) {
    out.open("controller")
        .attribute("type", controller.type())
        .attribute("index", controller.index())
        .attribute("model", controller.model())
        .attribute("ports", controller.options().get("ports"))
        .attribute("vectors", controller.options().get("vectors"));
    Map<String, String> driver = new LinkedHashMap<>(controller.options());
    driver.keySet().removeAll(List.of("ports", "vectors"));
    if (!driver.isEmpty() || !controller.virtio().none()) {
      out.open("driver");
      driver.forEach(out::attribute);
      controller.virtio().write(out);
      out.close();
    }
    if (controller.startPort() != null) {
      out.open("master").attribute("startport", controller.startPort()).close();
    }
    out.part(controller.pci(), pci -> write(pci, out));
    DeviceInfoXml.write(controller.info(), out);
    out.close();
  }

  /** The NUMA cell of a bus. */
  private static @Nullable Integer node(@Nullable XmlElement element) {
    Long number = element == null ? null : Numbers.ofText(element, 0, MAX_NODE);
    return number == null ? null : number.intValue();
  }

  private static void write(Controller.PciTarget pci, XmlWriter out) {
    if (pci.modelName() != null) {
      out.open("model").attribute("name", pci.modelName()).close();
    }
    if (!pci.withModelName(null).withHole64(null).equals(Controller.PciTarget.NONE)) {
      out.open("target")
          .attribute("chassisNr", pci.chassisNumber())
          .attribute("chassis", pci.chassis())
          .attribute("port", pci.port() == null ? null : "0x" + Integer.toHexString(pci.port()))
          .attribute("busNr", pci.busNumber())
          .attribute("hotplug", pci.hotplug());
      out.element("node", pci.node());
      out.close();
    }
    if (pci.hole64Kib() != null) {
      out.open("pcihole64").attribute("unit", "KiB").closeWith(pci.hole64Kib());
    }
  }
}
