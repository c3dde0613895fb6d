package io.drover.definition.argv.storage;

import io.drover.contracts.definition.device.Filesystem;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Chardev;
import io.drover.definition.argv.option.DevicePart;
import io.drover.definition.argv.option.JsonOption;
import io.drover.definition.argv.option.Props;
import io.drover.definition.argv.option.TextOption;

/** Directories of the host that the guest mounts. */
public final class SharedDirectories {
  private SharedDirectories() {}

  public static DevicePart part(ArgvContext placed, Filesystem filesystem) {
    String alias = ArgvContext.alias(filesystem);
    if (filesystem.byDaemon()) {
      return DevicePart.of(
          socket(placed, filesystem, alias),
          JsonOption.device(virtiofs(placed, filesystem, alias)));
    }
    Props device = Props.device(ArgvContext.virtioName("virtio-9p", filesystem.model()));
    ArgvContext.virtio(device, filesystem.virtio())
        .put("id", alias)
        .put("fsdev", "fsdev-" + alias)
        .put("mount_tag", filesystem.target());
    return DevicePart.of(
        new TextOption("-fsdev", backend(filesystem, "fsdev-" + alias)),
        JsonOption.device(placed.at(device, filesystem)));
  }

  private static Chardev socket(ArgvContext placed, Filesystem filesystem, String alias) {
    String own = placed.layout().channelFolder() + "/" + alias + "-fs.sock";
    String given = filesystem.socket();
    String path = given == null ? placed.layout().bindings().of(alias, own) : given;
    return new Chardev("socket", "chr-vu-" + alias, new Props().put("path", path));
  }

  private static Props virtiofs(ArgvContext placed, Filesystem filesystem, String alias) {
    Props device = Props.device("vhost-user-fs-pci");
    ArgvContext.virtio(device, filesystem.virtio())
        .put("id", alias)
        .put("chardev", "chr-vu-" + alias)
        .put("queue-size", filesystem.driver().queueSize())
        .put("tag", filesystem.target())
        .put("bootindex", filesystem.info().bootOrder());
    return placed.at(device, filesystem);
  }

  private static String backend(Filesystem filesystem, String id) {
    boolean handle = "handle".equals(filesystem.driver().type());
    String model = filesystem.accessMode().equals("squash") ? "none" : filesystem.accessMode();
    StringBuilder backend = new StringBuilder(handle ? "handle" : "local,security_model=" + model);
    String several = filesystem.multidevs();
    if (several != null && !several.equals("default")) {
      backend.append(",multidevs=").append(several);
    }
    if (filesystem.fileMode() != null) {
      backend.append(",fmode=").append(filesystem.fileMode());
    }
    if (filesystem.directoryMode() != null) {
      backend.append(",dmode=").append(filesystem.directoryMode());
    }
    if (filesystem.driver().writePolicy() != null) {
      backend.append(",writeout=").append(filesystem.driver().writePolicy());
    }
    backend.append(",id=").append(id).append(",path=");
    backend.append(TextOption.escape(filesystem.source()));
    return backend.append(filesystem.readonly() ? ",readonly=on" : "").toString();
  }
}
