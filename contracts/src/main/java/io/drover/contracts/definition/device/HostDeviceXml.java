package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.host.HostSource;
import io.drover.contracts.definition.host.HostSourceXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;

/** Reads and writes {@code <hostdev>}. */
final class HostDeviceXml {
  private HostDeviceXml() {}

  static HostDevice read(XmlElement element) {
    XmlValues values = element.values();
    String mode = values.text("mode");
    if ("capabilities".equals(mode)) {
      element.invalid("mode", "hostdev mode 'capabilities' is not supported by QEMU.");
    } else if (mode == null) {
      element.invalid("<hostdev> needs 'mode', which is subsystem.");
    } else {
      values.word("mode", "subsystem");
    }
    String type = values.word("type", "pci", "usb", "scsi", "scsi_host", "mdev");
    XmlElement source = element.child("source");
    HostSource read = HostSourceXml.NONE;
    if (source == null) {
      element.invalid("<hostdev> needs a <source>.");
    } else if (type != null) {
      read = HostSourceXml.read(type, source);
    } else {
      source.readWhole();
      if (values.text("type") == null) {
        element.invalid("<hostdev> needs 'type', as in type='pci'.");
      }
    }
    return new HostDevice(
        DeviceInfoXml.read(element),
        read,
        values.yesNo("managed"),
        options(element, type == null ? "" : type));
  }

  private static HostDevice.Options options(XmlElement element, String type) {
    XmlValues values = element.values();
    boolean mdev = type.equals("mdev");
    boolean scsi = type.equals("scsi");
    String model = null;
    if (mdev) {
      model = values.word("model", "vfio-pci", "vfio-ap", "vfio-ccw");
      if (model == null && values.text("model") == null) {
        element.invalid("A mediated <hostdev> needs 'model', as in model='vfio-pci'.");
      }
    } else if (type.equals("scsi_host")) {
      model = values.word("model", "virtio", "virtio-transitional", "virtio-non-transitional");
    }
    XmlElement driver = type.equals("pci") ? element.child("driver") : null;
    XmlElement teaming = type.equals("pci") ? element.child("teaming") : null;
    return new HostDevice.Options(
        model,
        driver == null ? null : driver.values().word("name", "vfio"),
        mdev ? values.onOff("display") : null,
        mdev ? values.onOff("ramfb") : null,
        scsi ? values.yesNo("rawio") : null,
        scsi ? values.word("sgio", "filtered", "unfiltered") : null,
        element.has("readonly"),
        element.has("shareable"),
        teaming == null ? null : HostSourceXml.persistent(teaming));
  }

  static void write(HostDevice device, XmlWriter out) {
    HostDevice.Options options = device.options();
    out.open("hostdev")
        .attribute("mode", "subsystem")
        .attribute("type", HostSourceXml.type(device.source()))
        .yesNo("managed", device.managed())
        .attribute("model", options.model())
        .attribute("display", options.display())
        .attribute("ramfb", options.ramfb())
        .yesNo("rawio", options.rawio())
        .attribute("sgio", options.sgio());
    if (options.driver() != null) {
      out.open("driver").attribute("name", options.driver()).close();
    }
    HostSourceXml.write(device.source(), out);
    out.flag("readonly", options.readonly()).flag("shareable", options.shareable());
    HostSourceXml.writeTeaming(options.persistentAlias(), out);
    DeviceInfoXml.write(device.info(), out);
    out.close();
  }
}
