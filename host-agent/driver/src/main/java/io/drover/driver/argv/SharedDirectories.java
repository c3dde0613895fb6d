package io.drover.driver.argv;

import io.drover.contracts.definition.Filesystem;

/** Directories of the host that the guest mounts. */
final class SharedDirectories {
  private SharedDirectories() {}

  static void add(Placed placed, Arguments out) {
    for (Filesystem filesystem : placed.definition().devices(Filesystem.class)) {
      String id = "fsdev-" + Placed.alias(filesystem);
      out.option("-fsdev", backend(filesystem, id));
      Props device = Props.device(Placed.virtioName("virtio-9p", filesystem.model()));
      Placed.virtio(device, filesystem.virtio())
          .put("id", Placed.alias(filesystem))
          .put("fsdev", id)
          .put("mount_tag", filesystem.target());
      out.device(placed.at(device, filesystem));
    }
  }

  private static String backend(Filesystem filesystem, String id) {
    String model = filesystem.accessMode().equals("squash") ? "none" : filesystem.accessMode();
    StringBuilder backend = new StringBuilder("local,security_model=").append(model);
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
    if (filesystem.writePolicy() != null) {
      backend.append(",writeout=").append(filesystem.writePolicy());
    }
    backend.append(",id=").append(id).append(",path=");
    backend.append(Arguments.escape(filesystem.source()));
    return backend.append(filesystem.readonly() ? ",readonly=on" : "").toString();
  }
}
