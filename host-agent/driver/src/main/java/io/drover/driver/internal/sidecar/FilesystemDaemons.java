package io.drover.driver.internal.sidecar;

import io.drover.contracts.definition.DomainDefinition;
import io.drover.contracts.definition.device.Filesystem;
import io.drover.contracts.error.ErrorCode;
import io.drover.contracts.error.ProblemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The daemons that a domain's virtiofs need, each for one directory. */
final class FilesystemDaemons {
  private final BackendDescriptors descriptors;
  private final boolean privileged;

  /**
   * @param privileged whether daemons run as root; without it they cannot act for the guest's users
   */
  FilesystemDaemons(BackendDescriptors descriptors, boolean privileged) {
    this.descriptors = descriptors;
    this.privileged = privileged;
  }

  /**
   * One for each virtiofs that has no socket of somebody else's.
   *
   * @param folder where their sockets go
   * @param logs the beginning of their logs' paths
   * @throws ProblemException {@code HOST_RESOURCE_MISSING} when this host cannot run them
   */
  List<Sidecar> of(DomainDefinition completed, Path folder, String logs) {
    List<Sidecar> found = new ArrayList<>();
    for (Filesystem filesystem : completed.devices(Filesystem.class)) {
      boolean limited = filesystem.hardLimitBytes() != null || filesystem.softLimitBytes() != null;
      if (filesystem.byDaemon() && filesystem.socket() == null && !limited) {
        // A number, for an alias may be too long for the path of a socket.
        Path socket = folder.resolve("fs" + found.size() + ".sock");
        String alias = String.valueOf(filesystem.info().alias());
        Path log = Path.of(logs + "fs" + found.size() + "-virtiofsd.log");
        String mark = "--socket-path=" + socket;
        List<String> command = command(filesystem, mark);
        found.add(new Sidecar(alias, command, mark, socket, log));
      }
    }
    return found;
  }

  private List<String> command(Filesystem filesystem, String mark) {
    if (!privileged) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "A virtiofs daemon needs root; run the driver as root, or name the socket of one that"
              + " runs already by <source socket='...'/>.");
    }
    Filesystem.Daemon daemon = filesystem.daemon();
    String given = daemon == null ? null : daemon.path();
    String program = given == null ? descriptors.program("fs").orElse(null) : given;
    if (program == null) {
      throw new ProblemException(
          ErrorCode.HOST_RESOURCE_MISSING,
          "No descriptor in /usr/share/qemu/vhost-user or /etc/qemu/vhost-user names a virtiofs"
              + " daemon; install virtiofsd.");
    }
    List<String> command =
        new ArrayList<>(List.of(program, mark, "-o", options(filesystem, daemon)));
    if (daemon != null && daemon.threads() != null) {
      command.add("--thread-pool-size=" + daemon.threads());
    }
    return command;
  }

  private static String options(Filesystem filesystem, Filesystem.@Nullable Daemon daemon) {
    StringBuilder options = new StringBuilder("source=");
    options.append(String.valueOf(filesystem.source()).replace(",", ",,"));
    if (daemon != null) {
      options.append(daemon.cache() == null ? "" : ",cache=" + daemon.cache());
      options.append(daemon.sandbox() == null ? "" : ",sandbox=" + daemon.sandbox());
      flag(options, "xattr", daemon.xattr());
      flag(options, "flock", daemon.flocks());
      flag(options, "posix_lock", daemon.posixLocks());
    }
    return options.toString();
  }

  private static void flag(StringBuilder options, String name, @Nullable String state) {
    if (state != null) {
      options.append(state.equals("on") ? "," : ",no_").append(name);
    }
  }
}
