package io.drover.contracts.definition;

import io.drover.contracts.definition.device.Device;
import io.drover.contracts.definition.device.DevicesXml;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlFaults;
import io.drover.contracts.definition.xml.XmlLimits;
import io.drover.contracts.definition.xml.XmlScan;
import io.drover.contracts.definition.xml.XmlWriter;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/** One device as libvirt's element, as attaching takes it. Pure; for any thread. */
public final class DeviceXml {
  private DeviceXml() {}

  /**
   * Reads one device.
   *
   * @throws ProblemException with a fault for each thing wrong; {@code INVALID_DEFINITION} for an
   *     element of another kind
   */
  public static <D extends Device> D read(String xml, Class<D> kind) {
    XmlFaults faults = new XmlFaults(XmlLimits.DOMAIN.faults());
    XmlElement root = XmlScan.scan(xml, XmlLimits.DOMAIN, faults);
    Device device = DevicesXml.readOne(root);
    root.refuseUnread();
    faults.throwIfAny();
    if (!kind.isInstance(device)) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The element <" + root.name() + "> is no " + kind.getSimpleName() + " here.");
    }
    return kind.cast(device);
  }

  /** Writes one device; reading it again gives an equal one. */
  public static String write(Device device) {
    XmlWriter out = new XmlWriter();
    DevicesXml.write(device, out);
    return out.toString();
  }
}
