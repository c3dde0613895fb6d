package io.drover.contracts.definition.device;

import io.drover.contracts.definition.common.DeviceInfoXml;
import io.drover.contracts.definition.common.Sizes;
import io.drover.contracts.definition.common.VirtioOptions;
import io.drover.contracts.definition.xml.XmlElement;
import io.drover.contracts.definition.xml.XmlValues;
import io.drover.contracts.definition.xml.XmlWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@code <filesystem>}. */
final class FilesystemXml {
  /** What containers have and QEMU does not. */
  private static final List<String> FOREIGN =
      List.of("template", "file", "block", "ram", "bind", "volume");

  private FilesystemXml() {}

  static Filesystem read(XmlElement element) {
    XmlValues values = element.values();
    XmlElement driver = element.child("driver");
    XmlElement source = element.child("source");
    XmlElement target = element.child("target");
    XmlElement daemon = element.child("binary");
    XmlElement hard = element.child("space_hard_limit");
    XmlElement soft = element.child("space_soft_limit");
    String type = values.text("type");
    if (type != null && FOREIGN.contains(type)) {
      element.invalid("type", "QEMU has filesystems of type='mount' only, not '" + type + "'.");
      element.readWhole();
    } else {
      values.word("type", "mount");
    }
    Filesystem.Driver how = driver == null ? Filesystem.Driver.NONE : driver(driver);
    boolean virtiofs = "virtiofs".equals(how.type());
    String directory = source == null ? null : source.values().text("dir");
    String socket = source == null ? null : source.values().text("socket");
    if (directory == null && (socket == null || !virtiofs)) {
      element.invalid("<filesystem> needs <source dir='...'/>.");
    }
    if (target == null) {
      element.invalid("<filesystem> needs <target dir='TAG'/>.");
    }
    return new Filesystem(
        DeviceInfoXml.read(element),
        values.wordOr("accessmode", "passthrough", "passthrough", "mapped", "squash"),
        values.word("model", "virtio", "virtio-transitional", "virtio-non-transitional"),
        values.word("multidevs", "default", "remap", "forbid", "warn"),
        mode(element, "fmode"),
        mode(element, "dmode"),
        how,
        driver == null ? VirtioOptions.NONE : VirtioOptions.read(driver.values()),
        virtiofs && socket != null ? null : directory,
        virtiofs ? socket : null,
        target == null ? "" : target.values().required("dir"),
        element.has("readonly"),
        daemon == null ? null : daemon(daemon),
        hard == null ? null : Sizes.bytes(hard, 0, "bytes"),
        soft == null ? null : Sizes.bytes(soft, 0, "bytes"));
  }

  private static Filesystem.Driver driver(XmlElement element) {
    XmlValues values = element.values();
    String type = values.text("type");
    if (type != null && List.of("loop", "nbd", "ploop").contains(type)) {
      element.invalid("type", "QEMU has no filesystem driver '" + type + "'; use virtiofs.");
      type = null;
    } else {
      type = values.word("type", "path", "handle", "virtiofs");
    }
    Integer queue = values.integer("queue", 0, 65_535);
    return new Filesystem.Driver(
        type,
        values.text("format"),
        values.word("wrpolicy", "immediate"),
        queue == null || queue == 0 ? null : queue);
  }

  private static Filesystem.Daemon daemon(XmlElement element) {
    XmlElement cache = element.child("cache");
    XmlElement lock = element.child("lock");
    XmlElement sandbox = element.child("sandbox");
    XmlElement pool = element.child("thread_pool");
    return new Filesystem.Daemon(
        element.values().text("path"),
        element.values().onOff("xattr"),
        lock == null ? null : lock.values().onOff("posix"),
        lock == null ? null : lock.values().onOff("flock"),
        cache == null ? null : cache.values().word("mode", "none", "always"),
        sandbox == null ? null : sandbox.values().word("mode", "namespace", "chroot"),
        pool == null ? null : pool.values().integer("size", 0, 65_535));
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

  static void write(Filesystem filesystem, XmlWriter out) {
    out.open("filesystem")
        .attribute("type", "mount")
        .attribute("accessmode", filesystem.accessMode())
        .attribute("model", filesystem.model())
        .attribute("multidevs", filesystem.multidevs())
        .attribute("fmode", filesystem.fileMode())
        .attribute("dmode", filesystem.directoryMode());
    Filesystem.Driver driver = filesystem.driver();
    if (!driver.equals(Filesystem.Driver.NONE) || !filesystem.virtio().none()) {
      out.open("driver")
          .attribute("type", driver.type())
          .attribute("format", driver.format())
          .attribute("wrpolicy", driver.writePolicy())
          .attribute("queue", driver.queueSize());
      filesystem.virtio().write(out);
      out.close();
    }
    out.part(filesystem.daemon(), daemon -> write(daemon, out));
    out.open("source")
        .attribute("dir", filesystem.source())
        .attribute("socket", filesystem.socket())
        .close();
    out.open("target").attribute("dir", filesystem.target()).close();
    out.flag("readonly", filesystem.readonly());
    limit("space_hard_limit", filesystem.hardLimitBytes(), out);
    limit("space_soft_limit", filesystem.softLimitBytes(), out);
    DeviceInfoXml.write(filesystem.info(), out);
    out.close();
  }

  private static void limit(String name, @Nullable Long bytes, XmlWriter out) {
    out.part(bytes, value -> out.open(name).attribute("unit", "bytes").closeWith(value));
  }

  private static void write(Filesystem.Daemon daemon, XmlWriter out) {
    out.open("binary").attribute("path", daemon.path()).attribute("xattr", daemon.xattr());
    out.part(daemon.cache(), mode -> out.open("cache").attribute("mode", mode).close());
    out.part(daemon.sandbox(), mode -> out.open("sandbox").attribute("mode", mode).close());
    out.part(daemon.threads(), size -> out.open("thread_pool").attribute("size", size).close());
    if (daemon.posixLocks() != null || daemon.flocks() != null) {
      out.open("lock")
          .attribute("posix", daemon.posixLocks())
          .attribute("flock", daemon.flocks())
          .close();
    }
    out.close();
  }
}
