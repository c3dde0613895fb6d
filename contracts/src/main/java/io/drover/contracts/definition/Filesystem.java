package io.drover.contracts.definition;

import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the host that the guest mounts by a tag, over 9p.
 *
 * @param accessMode passthrough, mapped or squash
 * @param multidevs what happens to files of several host devices: remap, forbid or warn
 * @param fileMode of new files, octal; for mapped only
 * @param directoryMode of new directories, octal
 */
public record Filesystem(
    DeviceInfo info,
    String accessMode,
    @Nullable String model,
    @Nullable String multidevs,
    @Nullable String fileMode,
    @Nullable String directoryMode,
    @Nullable String writePolicy,
    String source,
    String target,
    boolean readonly,
    VirtioOptions virtio)
    implements Device {
  public Filesystem {
    info = Given.or(info, DeviceInfo.NONE);
    virtio = Given.or(virtio, VirtioOptions.NONE);
  }

  @Override
  public Filesystem withInfo(DeviceInfo value) {
    return new Filesystem(
        value,
        accessMode,
        model,
        multidevs,
        fileMode,
        directoryMode,
        writePolicy,
        source,
        target,
        readonly,
        virtio);
  }

  static Filesystem read(XmlElement element) {
    XmlValues values = element.values();
    XmlElement driver = element.child("driver");
    XmlElement source = element.child("source");
    XmlElement target = element.child("target");
    if (source == null || target == null) {
      element.invalid("<filesystem> needs <source dir='...'/> and <target dir='TAG'/>.");
    }
    values.word("type", "mount");
    String kind = driver == null ? null : driver.values().word("type", "path", "handle");
    if ("handle".equals(kind)) {
      element.invalid("The driver 'handle' is gone from QEMU; use path.");
    }
    return new Filesystem(
        DeviceInfoXml.read(element),
        values.wordOr("accessmode", "passthrough", "passthrough", "mapped", "squash"),
        values.word("model", "virtio", "virtio-transitional", "virtio-non-transitional"),
        values.word("multidevs", "default", "remap", "forbid", "warn"),
        mode(element, "fmode"),
        mode(element, "dmode"),
        driver == null ? null : driver.values().word("wrpolicy", "immediate"),
        source == null ? "" : source.values().required("dir"),
        target == null ? "" : target.values().required("dir"),
        element.has("readonly"),
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()));
  }

  private static @Nullable String mode(XmlElement element, String attribute) {
    String mode = element.values().text(attribute);
    if (mode == null) {
      return null;
    }
    if (!mode.matches("0?[0-7]{1,3}")) {
      element.invalid(attribute, "'" + mode + "' is not an octal mode such as 0644.");
      return null;
    }
    return mode.startsWith("0") ? mode : "0" + mode;
  }

  void write(XmlWriter out) {
    out.open("filesystem")
        .attribute("type", "mount")
        .attribute("accessmode", accessMode)
        .attribute("model", model)
        .attribute("multidevs", multidevs)
        .attribute("fmode", fileMode)
        .attribute("dmode", directoryMode);
    if (writePolicy != null || !virtio.none()) {
      out.open("driver").attribute("type", "path").attribute("wrpolicy", writePolicy);
      virtio.write(out);
      out.close();
    }
    out.open("source").attribute("dir", source).close();
    out.open("target").attribute("dir", target).close();
    out.flag("readonly", readonly);
    DeviceInfoXml.write(info, out);
    out.close();
  }
}
