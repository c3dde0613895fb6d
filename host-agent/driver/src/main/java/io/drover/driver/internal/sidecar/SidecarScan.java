package io.drover.driver.internal.sidecar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Looks for sockets in the kernel's list, whose names are any bytes that any user chooses. */
public final class SidecarScan {
  /** The kernel's mark of a socket that takes connections. */
  private static final String LISTENING = " 00010000 ";

  private final Path proc;

  /**
   * @param proc the folder of the list: that of all, or of a process, which may be in another
   *     network
   */
  public SidecarScan(Path proc) {
    this.proc = proc;
  }

  /** Whether somebody takes connections there; between its making and that, a socket refuses. */
  public boolean listens(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    String name = " " + new String(socket.toString().getBytes(UTF_8), ISO_8859_1);
    try (Stream<String> lines = Files.lines(proc.resolve("net/unix"), ISO_8859_1)) {
      return lines.anyMatch(line -> line.endsWith(name) && line.contains(LISTENING));
    } catch (IOException | UncheckedIOException e) {
      throw new ProblemException(
          ErrorCode.UNAVAILABLE, "The sockets of this host cannot be listed.", e);
    }
  }
}
