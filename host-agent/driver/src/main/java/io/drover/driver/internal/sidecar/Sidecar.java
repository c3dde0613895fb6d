package io.drover.driver.internal.sidecar;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process to run beside QEMU.
 *
 * @param alias of what it serves: a device, or an object of QEMU's
 * @param command the program and its arguments
 * @param mark the one argument that names the socket. No other process is called with it, so that
 *     the process is found again by it
 * @param socket where it listens; it makes the socket itself
 * @param log gets its output
 * @param ownLog that it writes besides, and whose owner must be its user
 * @param user whom it runs as; empty for this program's own
 */
public record Sidecar(
    String alias,
    List<String> command,
    String mark,
    Path socket,
    Path log,
    Optional<Path> ownLog,
    Optional<String> user) {
  /**
   * Checks the mark.
   *
   * @throws IllegalArgumentException when it is no argument, or does not name the socket
   */
  public Sidecar {
    command = List.copyOf(command);
    if (!command.contains(mark) || !mark.endsWith(socket.toString())) {
      throw new IllegalArgumentException("'" + mark + "' does not mark " + command);
    }
  }

  /** Without a log of its own, as this program's user. */
  Sidecar(String alias, List<String> command, String mark, Path socket, Path log) {
    this(alias, command, mark, socket, log, Optional.empty(), Optional.empty());
  }
}
