package io.drover.driver;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A volume to be made.
 *
 * @param path where it shall be; its folder exists, the file does not
 * @param format the format of the payload; a raw volume with a key becomes a LUKS container
 * @param capacityBytes what the guest sees, a multiple of 512
 * @param image where its content comes from; empty for an empty volume
 */
public record NewVolume(
    Path path, ImageFormat format, long capacityBytes, Optional<ImageFile> image) {
  private static final int SECTOR = 512;

  public NewVolume {
    if (capacityBytes <= 0 || capacityBytes % SECTOR != 0) {
      throw new ProblemException(
          ErrorCode.INVALID_REQUEST,
          "A volume of "
              + capacityBytes
              + " bytes cannot be made; the size must be a positive multiple of 512.");
    }
  }
}
