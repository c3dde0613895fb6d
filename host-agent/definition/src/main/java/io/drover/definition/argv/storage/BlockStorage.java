package io.drover.definition.argv.storage;

import io.drover.contracts.definition.storage.DiskSource;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.definition.argv.option.ArgvContext;
import io.drover.definition.argv.option.Props;
import java.util.Locale;

/** How QEMU reaches the bytes of an image. */
public final class BlockStorage {
  private BlockStorage() {}

  /**
   * Where the bytes are.
   *
   * @param node the image's node, which the ids of objects that the storage needs begin with
   */
  public static Storage of(DiskSource source, String node, ArgvContext placed) {
    return source instanceof DiskSource.Network network
        ? new NetworkStorage(network, node, placed).storage()
        : Storage.of(local(source));
  }

  private static Props local(DiskSource source) {
    if (source instanceof DiskSource.File file) {
      return Props.device("file").put("filename", file.path());
    }
    if (source instanceof DiskSource.Block block) {
      return Props.device("host_device").put("filename", block.path());
    }
    if (source instanceof DiskSource.Directory directory) {
      return Props.device("vvfat").put("dir", directory.path()).put("rw", false);
    }
    if (source instanceof DiskSource.Nvme nvme) {
      return Props.device("nvme")
          .put(
              "device",
              String.format(
                  Locale.ROOT,
                  "%04x:%02x:%02x.%x",
                  nvme.address().domain(),
                  nvme.address().bus(),
                  nvme.address().slot(),
                  nvme.address().function()))
          .put("namespace", nvme.namespace());
    }
    if (source instanceof DiskSource.PooledVolume volume) {
      throw new ProblemException(
          ErrorCode.INVALID_DEFINITION,
          "The volume '"
              + volume.volume()
              + "' of the pool '"
              + volume.pool()
              + "' has no place here; only its host knows the path.");
    }
    throw new IllegalStateException("Served to the guest by another process: " + source);
  }
}
