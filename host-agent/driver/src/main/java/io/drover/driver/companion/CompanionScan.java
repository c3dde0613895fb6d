package io.drover.driver.companion;

import io.drover.driver.process.ProcessIdentity;
import io.drover.driver.process.QemuProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for processes by the argument that names the socket that they serve. */
final class CompanionScan {
  /** The kernel's mark of a socket that takes connections. */
  private static final String LISTENING = " 00010000 ";

  private final Path proc;

  CompanionScan(Path proc) {
    this.proc = proc;
  }

  /** Whether somebody takes connections there; between its making and that, a socket refuses. */
  boolean listens(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try {
      return Files.readAllLines(proc.resolve("net/unix"), StandardCharsets.UTF_8).stream()
          .anyMatch(line -> line.endsWith(" " + socket) && line.contains(LISTENING));
    } catch (IOException e) {
      throw new UncheckedIOException("The sockets of this host cannot be listed", e);
    }
  }

  /** The processes that were started with that argument. */
  List<QemuProcess> marked(String mark) {
    List<QemuProcess> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        if (arguments(process).contains(mark)) {
          long pid = Long.parseLong(String.valueOf(process.getFileName()));
          Optional<QemuProcess> server = ProcessIdentity.of(pid).flatMap(QemuProcess::find);
          server.ifPresent(found::add);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("The processes of this host cannot be listed", e);
    }
  }

  private static List<String> arguments(Path process) {
    try {
      byte[] raw = Files.readAllBytes(process.resolve("cmdline"));
      return List.of(new String(raw, StandardCharsets.UTF_8).split("\0", -1));
    } catch (IOException e) {
      return List.of(); // it ended between listing and reading
    }
  }
}
