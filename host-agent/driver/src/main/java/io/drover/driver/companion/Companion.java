package io.drover.driver.companion;

import java.nio.file.Path;
import java.util.List;

/**
 * A process to run beside QEMU.
 *
 * @param alias of the device that it serves
 * @param command the program and its arguments; one of them is {@link #socketArgument}
 * @param socket where it listens; it makes the socket itself
 * @param log gets its output
 */
public record Companion(String alias, List<String> command, Path socket, Path log) {
  public Companion {
    command = List.copyOf(command);
  }

  /** The argument that names the socket, by which the process is found again. */
  static String socketArgument(String socket) {
    return "--socket-path=" + socket;
  }
}
