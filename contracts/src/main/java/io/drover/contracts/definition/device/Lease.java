package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a lock manager holds while the domain runs. It is not a device of the guest.
 *
 * @param path the file that the lease is in
 * @param offset of the lease in the file, in bytes; null for 0
 */
public record Lease(String key, @Nullable String lockspace, String path, @Nullable Long offset)
    implements Device {
  @Override
  public DeviceInfo info() {
    return DeviceInfo.NONE;
  }

  @Override
  public Lease withInfo(DeviceInfo info) {
    return this;
  }

  static Lease read(XmlElement element) {
    XmlElement target = element.child("target");
    String key = element.childText("key");
    if (target == null || key == null || key.isEmpty()) {
      element.invalid("<lease> needs <key> and <target path='...'/>.");
    }
    XmlValues values = target == null ? null : target.values();
    return new Lease(
        key == null ? "" : key,
        element.childText("lockspace"),
        values == null ? "" : values.required("path"),
        values == null ? null : values.number("offset", 0, Long.MAX_VALUE));
  }

  void write(XmlWriter out) {
    out.open("lease").element("lockspace", lockspace).element("key", key);
    out.open("target").attribute("path", path).attribute("offset", offset).close();
    out.close();
  }
}
