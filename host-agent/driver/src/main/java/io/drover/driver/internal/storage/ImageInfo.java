package io.drover.driver.internal.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;

/**
 * What {@code qemu-img info} says of an image, and whether it is safe to read.
 *
 * @param virtualSizeBytes the size that a guest would see
 */
record ImageInfo(long virtualSizeBytes) {
  /**
   * Refuses an image that would make QEMU open other files of this host: a backing file, an
   * external data file, or anything behind the one protocol node.
   */
  static ImageInfo requireSelfContained(JsonNode info) {
    refuseIf(info.hasNonNull("backing-filename"), "names a backing file");
    refuseIf(info.hasNonNull("full-backing-filename"), "names a backing file");
    JsonNode specific = info.path("format-specific").path("data");
    refuseIf(specific.hasNonNull("data-file"), "names an external data file");
    refuseIf(specific.path("data-file-raw").asBoolean(), "names an external data file");
    refuseIf(info.path("encrypted").asBoolean(), "is encrypted");
    return new ImageInfo(info.path("virtual-size").asLong());
  }

  private static void refuseIf(boolean unsafe, String what) {
    if (unsafe) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "The image " + what + "; flatten it with `qemu-img convert` and import it again.");
    }
  }
}
