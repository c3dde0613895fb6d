package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.Defaults;
import io.drover.contracts.definition.common.DeviceInfo;
import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * Memory that guests of one host share: {@code <shmem>}.
 *
 * @param name of the memory, and of its file under {@code /dev/shm}
 * @param model ivshmem-plain or ivshmem-doorbell; null for the old ivshmem
 * @param role master or peer
 * @param sizeBytes null for the default
 * @param server whether a server hands the memory out
 * @param serverPath the server's socket; null for the usual one of this name
 * @param msi interrupts between the guests
 */
public record SharedMemory(
    DeviceInfo info,
    String name,
    @Nullable String model,
    @Nullable String role,
    @Nullable Long sizeBytes,
    boolean server,
    @Nullable String serverPath,
    @Nullable Msi msi)
    implements Device {
  public SharedMemory {
    info = Defaults.or(info, DeviceInfo.NONE);
  }

  /** {@code ioeventfd} is on or off. */
  public record Msi(@Nullable Integer vectors, @Nullable String ioeventfd) {}

  @Override
  public SharedMemory withInfo(DeviceInfo value) {
    return new SharedMemory(value, name, model, role, sizeBytes, server, serverPath, msi);
  }

  public SharedMemory withDefaults(@Nullable Long newSize, @Nullable Msi newMsi) {
    return new SharedMemory(info, name, model, role, newSize, server, serverPath, newMsi);
  }

  static SharedMemory read(XmlElement element) {
    XmlValues values = element.values();
    String name = values.required("name");
    if (name.contains("/") || name.equals(".") || name.equals("..")) {
      element.invalid("name", "The name of a <shmem> is a plain file name.");
    }
    XmlElement model = element.child("model");
    XmlElement size = element.child("size");
    XmlElement server = element.child("server");
    XmlElement msi = element.child("msi");
    Msi interrupts = null;
    if (msi != null && !Boolean.FALSE.equals(msi.values().yesNo("enabled"))) {
      interrupts =
          new Msi(msi.values().integer("vectors", 1, 2048), msi.values().onOff("ioeventfd"));
    } else if (msi != null) {
      msi.readWhole();
    }
    return new SharedMemory(
        DeviceInfoXml.read(element),
        name,
        model == null
            ? null
            : model.values().word("type", "ivshmem", "ivshmem-plain", "ivshmem-doorbell"),
        values.word("role", "master", "peer"),
        size == null ? null : Sizes.bytes(size, 1, "B"),
        server != null,
        server == null ? null : server.values().text("path"),
        interrupts);
  }

  void write(XmlWriter out) {
    out.open("shmem").attribute("name", name).attribute("role", role);
    if (model != null) {
      out.open("model").attribute("type", model).close();
    }
    if (sizeBytes != null) {
      out.open("size").attribute("unit", "B").closeWith(sizeBytes);
    }
    if (server) {
      out.open("server").attribute("path", serverPath).close();
    }
    if (msi != null) {
      out.open("msi")
          .attribute("vectors", msi.vectors)
          .attribute("ioeventfd", msi.ioeventfd)
          .close();
    }
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
