package io.drover.driver.internal.sidecar;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Disk;
import io.drover.contracts.definition.storage.DiskImage;
import io.drover.contracts.definition.storage.Reservations;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** The process that does the persistent reservations of a domain's disks: one for all of them. */
final class ReservationDaemon {
  private static final String PROGRAM = "qemu-pr-helper";

  private final Predicate<String> installed;
  private final boolean privileged;

  /**
   * @param installed tells the programs that this host has
   * @param privileged whether it runs as root; without it, it may not send such commands
   */
  ReservationDaemon(Predicate<String> installed, boolean privileged) {
    this.installed = installed;
    this.privileged = privileged;
  }

  /**
   * One, or none when no disk has {@code <reservations managed='yes'/>}.
   *
   * @param folder where its socket goes
   * @param logs the beginning of its log's path
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when this host cannot run it
   */
  List<Sidecar> of(DomainDefinition completed, Path folder, String logs) {
    if (completed.devices(Disk.class).stream().noneMatch(ReservationDaemon::needed)) {
      return List.of();
    }
    if (!privileged) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "qemu-pr-helper needs root; run the driver as root, or use <reservations managed='no'>"
              + " with the socket of one that runs already.");
    }
    if (!installed.test(PROGRAM)) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "This host cannot run <reservations managed='yes'/>: qemu-pr-helper is missing; install"
              + " it (on Debian the package qemu-system-common).");
    }
    Path socket = folder.resolve(Reservations.HELPER + ".sock");
    String mark = "--socket=" + socket;
    Path log = Path.of(logs + Reservations.HELPER + ".log");
    return List.of(new Sidecar(Reservations.HELPER, List.of(PROGRAM, mark), mark, socket, log));
  }

  private static boolean needed(Disk disk) {
    for (DiskImage image = disk.image(); image != null; image = image.backing()) {
      Reservations reservations = image.reservations();
      if (reservations != null && reservations.managed()) {
        return true;
      }
    }
    return false;
  }
}
