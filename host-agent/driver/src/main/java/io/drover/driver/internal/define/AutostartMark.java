package io.drover.driver.internal.define;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.folder.DomainFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Remembers the host's boot in which domains were started automatically: once a boot, however often
 * the driver is opened.
 */
public final class AutostartMark {
  private final Path file;
  private final String bootId;

  /**
   * @param state the folder of what runs
   * @param bootId of the host's boot now
   */
  public AutostartMark(Path state, String bootId) {
    this.file = state.resolve("autostarted");
    this.bootId = bootId;
  }

  /** Whether this boot is remembered. */
  public boolean set() {
    try {
      return Files.exists(file) && Files.readString(file).strip().equals(bootId);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Remembers this boot. */
  public void write() {
    if (set()) {
      return;
    }
    try {
      DomainFolder.privateFile(file);
      Files.writeString(file, bootId + "\n");
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private ProblemException failed(IOException cause) {
    return new ProblemException(
        ErrorCode.STORAGE_FAILED,
        "The autostart mark " + file + " cannot be read or written; check its rights.",
        cause);
  }
}
