package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * A device that encrypts for the guest.
 *
 * @param backend builtin, which is QEMU itself, or lkcf, the host's kernel
 * @param queues how many requests go side by side; null for one
 */
public record Crypto(
    DeviceInfo info, String backend, @Nullable Integer queues, VirtioOptions virtio)
    implements Device {
  public Crypto {
    info = Defaults.or(info, DeviceInfo.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  @Override
  public Crypto withInfo(DeviceInfo value) {
    return new Crypto(value, backend, queues, virtio);
  }

  static Crypto read(XmlElement element) {
    required(element, "model", "virtio");
    required(element, "type", "qemu");
    XmlElement backend = element.child("backend");
    XmlElement driver = element.child("driver");
    if (backend == null) {
      element.invalid("<crypto> needs <backend model='builtin'/>.");
    }
    return new Crypto(
        DeviceInfoXml.read(element),
        backend == null
            ? "builtin"
            : backend.values().wordOr("model", "builtin", "builtin", "lkcf"),
        backend == null ? null : backend.values().integer("queues", 1, 1024),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()));
  }

  private static void required(XmlElement element, String attribute, String only) {
    if (element.values().word(attribute, only) == null
        && element.values().text(attribute) == null) {
      element.invalid("<crypto> needs '" + attribute + "', which is " + only + ".");
    }
  }

  void write(XmlWriter out) {
    out.open("crypto").attribute("model", "virtio").attribute("type", "qemu");
    out.open("backend").attribute("model", backend).attribute("queues", queues).close();
    if (!virtio.none()) {
      out.open("driver");
      virtio.write(out);
      out.close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
