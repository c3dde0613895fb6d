package io.drover.standalone.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the process that listens on a TCP port of this machine, from {@code /proc}. */
final class PortHolder {
  private static final String LISTEN = "0A";
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int MAX_COMMAND_CHARS = 60;

  private PortHolder() {}

  /** As in {@code "process 4711 (nginx: master process)"}; empty when it cannot be seen. */
  static Optional<String> of(int port) {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      sockets.addAll(listening(Path.of(table), port));
    }
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), sockets))
        .findFirst()
        .map(process -> "process " + process.pid() + " (" + command(process.pid()) + ")");
  }

  private static Set<String> listening(Path table, int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    Set<String> sockets = new HashSet<>();
    for (String line : lines(table)) {
      String[] words = line.strip().split("\\s+");
      if (words.length > INODE
          && words[LOCAL_ADDRESS].endsWith(suffix)
          && words[STATE].equals(LISTEN)) {
        sockets.add("socket:[" + words[INODE] + "]");
      }
    }
    return sockets;
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      // A kernel without IPv6 has no second table.
      return List.of();
    }
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return descriptors.anyMatch(descriptor -> sockets.contains(target(descriptor)));
    } catch (IOException e) {
      // It has ended, or it is another user's.
      return false;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String command(long pid) {
    try {
      String text =
          Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).replace('\0', ' ');
      return text.substring(0, Math.min(text.length(), MAX_COMMAND_CHARS)).strip();
    } catch (IOException e) {
      return "?";
    }
  }
}
