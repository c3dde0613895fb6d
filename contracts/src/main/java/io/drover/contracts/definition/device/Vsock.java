package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Sockets between host and guest.
 *
 * @param model virtio, virtio-transitional or virtio-non-transitional
 * @param automatic whether the host picks the guest's number at each start
 * @param contextId the guest's number, from 3; null when it is still to pick
 */
public record Vsock(
    DeviceInfo info,
    String model,
    @Nullable Boolean automatic,
    @Nullable Long contextId,
    VirtioOptions virtio)
    implements Device {
  private static final long FIRST_GUEST = 3;
  private static final long LAST = 0xffff_ffffL;

  public Vsock {
    info = Defaults.or(info, DeviceInfo.NONE);
    virtio = Defaults.or(virtio, VirtioOptions.NONE);
  }

  @Override
  public Vsock withInfo(DeviceInfo value) {
    return new Vsock(value, model, automatic, contextId, virtio);
  }

  public Vsock withContext(boolean picked, @Nullable Long newId) {
    return new Vsock(info, model, picked, newId, virtio);
  }

  static Vsock read(XmlElement element) {
    XmlElement cid = element.child("cid");
    XmlElement driver = element.child("driver");
    XmlValues values = cid == null ? null : cid.values();
    Boolean automatic = values == null ? null : values.yesNo("auto");
    Long address = values == null ? null : values.number("address", FIRST_GUEST, LAST);
    if (cid != null && Boolean.FALSE.equals(automatic) && address == null) {
      cid.invalid("<cid auto='no'> needs 'address', a number from 3.");
    }
    return new Vsock(
        DeviceInfoXml.read(element),
        element
            .values()
            .wordOr("model", "virtio", "virtio", "virtio-transitional", "virtio-non-transitional"),
        automatic,
        address,
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()));
  }

  void write(XmlWriter out) {
    out.open("vsock").attribute("model", model);
    if (automatic != null || contextId != null) {
      out.open("cid").yesNo("auto", automatic).attribute("address", contextId).close();
    }
    if (!virtio.none()) {
      out.open("driver");
      virtio.write(out);
      out.close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
