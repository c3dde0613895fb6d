package io.drover.driver.internal.sidecar;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.error.ProblemException;
import io.drover.driver.internal.process.Programs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which processes domains need beside their QEMU on one host. */
public final class SidecarPlan {
  private final FilesystemDaemons filesystems;
  private final UserNetworks networks;
  private final ReservationDaemon reservations;

  /**
   * @param privileged whether this program runs as root
   * @param user whom QEMU runs as; empty for this program's own
   */
  public SidecarPlan(BackendDescriptors descriptors, boolean privileged, Optional<String> user) {
    this.filesystems = new FilesystemDaemons(descriptors, privileged);
    Predicate<String> installed = program -> Programs.find(program).isPresent();
    this.networks = new UserNetworks(installed, privileged, user);
    this.reservations = new ReservationDaemon(installed, privileged);
  }

  /**
   * Those of one domain, in the order of their start.
   *
   * @param folder where their sockets go
   * @param logs the beginning of their logs' paths
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when this host cannot run them, {@code
   *     INVALID_DEFINITION} when one of them cannot do what is asked
   */
  public List<Sidecar> of(DomainDefinition completed, Path folder, String logs) {
    return Stream.of(
            filesystems.of(completed, folder, logs),
            networks.of(completed, folder, logs),
            reservations.of(completed, folder, logs))
        .flatMap(List::stream)
        .toList();
  }
}
