package io.drover.driver.internal.domain;

import io.drover.contracts.error.ProblemException;
import io.drover.contracts.id.DomainId;
import io.drover.driver.UnknownQemu;
import io.drover.driver.internal.folder.DomainFolder;
import io.drover.driver.internal.process.HostProcesses;
import io.drover.driver.internal.process.ProcessIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks through the host's processes for QEMUs whose sockets lie under one root. */
final class QemuScan {
  private final HostProcesses processes;

  QemuScan(HostProcesses processes) {
    this.processes = processes;
  }

  /**
   * The QEMUs under {@code state} that are none of {@code known}.
   *
   * @param known process ids of the journal's domains
   */
  List<UnknownQemu> unknown(Path state, Set<Long> known) {
    List<UnknownQemu> found = new ArrayList<>();
    processes.each(
        (pid, argv) -> {
          if (!known.contains(pid) && under(state, argv)) {
            found.add(new UnknownQemu(pid, idOf(argv)));
          }
        });
    return found;
  }

  /** The QEMU that has, or is going to have, its monitor there. */
  Optional<ProcessIdentity> listeningOn(Path monitor) {
    String place = "=" + monitor.toString().replace(",", ",,");
    List<Long> found = new ArrayList<>();
    processes.each(
        (pid, argv) -> {
          if (argv.stream().anyMatch(arg -> arg.contains(place))) {
            found.add(pid);
          }
        });
    return found.stream().findFirst().flatMap(ProcessIdentity::of);
  }

  /** By its program's usual name or, as emulators may have any, by a monitor of this driver's. */
  private static boolean under(Path state, List<String> argv) {
    String place = "=" + state.toString().replace(",", ",,") + "/";
    Pattern monitor =
        Pattern.compile(Pattern.quote(place) + "[0-9a-f]{8}/" + DomainFolder.MONITOR + "\\b");
    boolean named = argv.stream().anyMatch(arg -> arg.contains("qemu-system"));
    return argv.stream()
        .anyMatch(
            arg ->
                monitor.matcher(arg).find()
                    || (named
                        && (arg.contains("=" + state + "/") || arg.contains(":\"" + state + "/"))));
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
