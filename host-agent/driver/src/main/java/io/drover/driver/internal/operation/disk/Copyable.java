package io.drover.driver.internal.operation.disk;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.contracts.operation.CopyDisk;
import java.util.Map;
import java.util.Objects;

/** Which disks can be copied, and where to. Pure. */
final class Copyable {
  private Copyable() {}

  /** The image to copy to, which the operation has for sure. */
  static DiskImage destination(CopyDisk operation) {
    return Objects.requireNonNull(operation.destination().image(), "destination");
  }

  static void require(Disk disk) {
    String target = disk.target().dev();
    if (!disk.device().equals("disk") || disk.readonly()) {
      throw refused(target, "is no disk that a guest writes to");
    }
    if (disk.transientChanges()) {
      throw refused(target, "is <transient/>, and what is written to it goes with the domain");
    }
    if ("on".equals(disk.driver().get("copy_on_read"))) {
      throw refused(target, "has copy_on_read='on', whose node cannot be exchanged");
    }
  }

  /** Refuses an image that the domain has open. */
  static void requireUnused(DomainDefinition running, DiskImage image) {
    for (Disk disk : running.devices(Disk.class)) {
      for (DiskImage at = disk.image(); at != null; at = at.backing()) {
        if (at.source() != null && at.source().equals(image.source())) {
          throw new ProblemException(
              ErrorCode.IN_USE,
              "The destination is an image of the disk "
                  + disk.target().dev()
                  + " already; name another one.");
        }
      }
    }
  }

  static void requireRoom(long sizeBytes, Map<String, Long> nodes, String node) {
    long room = nodes.getOrDefault(node, 0L);
    if (room < sizeBytes) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The destination holds "
              + room
              + " bytes of the disk's "
              + sizeBytes
              + "; make it at least as large.");
    }
  }

  private static ProblemException refused(String target, String why) {
    return new ProblemException(
        ErrorCode.INVALID_STATE, "The disk " + target + " cannot be copied: it " + why + ".");
  }
}
