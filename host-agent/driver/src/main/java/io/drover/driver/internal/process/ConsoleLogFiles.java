package io.drover.driver.internal.process;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import jnr.posix.POSIXFactory;

/**
 * Where the console that is shown is kept: QEMU writes it to a named pipe, and the process that
 * keeps QEMU's own output takes it from there, so that the log has a limit whether a driver runs or
 * not.
 *
 * @param pipe in the domain's folder; QEMU has it as the console's log file
 * @param log the newest, as far as it is not in the other
 */
public record ConsoleLogFiles(Path pipe, Path log) {
  private static final int FOR_THE_OWNER = 0600;

  /** What the log is set aside as when it is full; each then takes what the other has not. */
  public Path older() {
    return QemuLog.older(log);
  }

  /** All of them, for whoever gives them to QEMU's user. */
  public List<Path> all() {
    return List.of(pipe, log, older());
  }

  /** Makes the pipe, and room for a new log: that of the last run is kept as the older one. */
  public void make() {
    try {
      if (Files.exists(log) && Files.size(log) > 0) {
        Files.move(log, older(), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.deleteIfExists(pipe);
    } catch (IOException e) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The console's log " + log + " cannot be made; check space and rights.",
          e);
    }
    if (POSIXFactory.getNativePOSIX().mkfifo(pipe.toString(), FOR_THE_OWNER) != 0) {
      throw new ProblemException(
          ErrorCode.STORAGE_FAILED,
          "The named pipe " + pipe + " cannot be made; check space and rights.");
    }
  }
}
