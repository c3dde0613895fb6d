package io.drover.driver.local;

import io.drover.contracts.id.DomainId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is decided before QEMU is started.
 *
 * @param argv the emulator and its arguments
 * @param environment of QEMU, besides the usual
 * @param definition libvirt domain XML as it is started, without an XML declaration
 * @param files that QEMU opens and its user must own
 */
record LaunchPlan(
    DomainId id,
    String name,
    DomainFolder folder,
    Path log,
    List<String> argv,
    Map<String, String> environment,
    String accelerator,
    String definition,
    Optional<Path> consoleSocket,
    Optional<Path> consoleLog,
    List<Path> files) {
  LaunchPlan {
    argv = List.copyOf(argv);
    environment = Map.copyOf(environment);
    files = List.copyOf(files);
  }
}
