package io.drover.driver.local;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.UnknownQemu;
import io.drover.driver.process.ProcessIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks through the host's processes for QEMUs whose sockets lie under one root. */
final class QemuScan {
  private final Path proc;

  QemuScan(Path proc) {
    this.proc = proc;
  }

  /**
   * The QEMUs under {@code state} that are none of {@code known}.
   *
   * @param known process ids of the journal's domains
   */
  List<UnknownQemu> unknown(Path state, Set<Long> known) {
    List<UnknownQemu> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(String.valueOf(process.getFileName()));
        if (!known.contains(pid)) {
          inspect(process, pid, state).ifPresent(found::add);
        }
      }
      return found;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The processes of this host cannot be listed", e);
    }
  }

  /** The QEMU that has, or is going to have, its monitor there. */
  Optional<ProcessIdentity> listeningOn(Path monitor) {
    String place = "=" + monitor.toString().replace(",", ",,");
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
      for (Path process : processes) {
        List<String> argv = argvOf(process);
        if (isQemu(argv) && argv.stream().anyMatch(arg -> arg.contains(place))) {
          return ProcessIdentity.of(Long.parseLong(String.valueOf(process.getFileName())));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The processes of this host cannot be listed", e);
    }
  }

  private static boolean isQemu(List<String> argv) {
    return argv.stream().anyMatch(arg -> arg.contains("qemu-system"));
  }

  private static Optional<UnknownQemu> inspect(Path process, long pid, Path state) {
    List<String> argv = argvOf(process);
    boolean ours =
        isQemu(argv)
            && argv.stream()
                .anyMatch(
                    arg -> arg.contains("=" + state + "/") || arg.contains(":\"" + state + "/"));
    return ours ? Optional.of(new UnknownQemu(pid, idOf(argv))) : Optional.empty();
  }

  private static List<String> argvOf(Path process) {
    try {
      String raw =
          new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
      return List.of(raw.split("\0", -1));
    } catch (IOException e) {
      // The process ended between listing and reading.
      return List.of();
    }
  }

  private static Optional<DomainId> idOf(List<String> argv) {
    int at = argv.indexOf("-uuid");
    if (at < 0 || at + 1 >= argv.size()) {
      return Optional.empty();
    }
    try {
      return Optional.of(DomainId.parse(argv.get(at + 1)));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }
}
